"""Whether what is counted stands behind each number: 2个博士3个硕士."""

from __future__ import annotations

import re

from indexer.entitlements.quantities import Measured
from server.sums.fact import COUNTED

__all__ = ["DOES", "names_behind"]

#: Behind a count that a phrase begins with: what the things counted before do, no other things.
DOES = re.compile(r"走|是|通过|已|用|经|拿|获|进(?!口)|在|为|属|享|没|未|按|做|卖|完成|实现")
#: Behind a count, what is asked or done rather than what is counted.
_NO_NAME = re.compile(
    rf"{DOES.pattern}|奖|补|给|能|可|拿|领|报|共|一|总|合|多少|该|会|都|呢|分别|各"
)


#: What an area is of, up to the next one: 1500平方米的GMP车间和.
_AREA_OF = re.compile(r"的?[\u4e00-\u9fffA-Za-z\d（）()]{2,16}(?:[、和及与]|以及)")


def names_behind(phrase: str, before: Measured, q: Measured, end: int) -> bool:
    """Whether what is counted follows both of two counts with nothing between them (2个博士3个硕士),
    or what an area is of both of two areas (1500平方米车间和2000平方米仓库)."""
    between, after = phrase[before.end : q.start], phrase[q.end : end]
    named = re.match(r"的?[\u4e00-\u9fffA-Za-z]{2}", after) and not _NO_NAME.match(after)
    if before.unit == q.unit == "平方米":
        return bool(named and _AREA_OF.fullmatch(between))
    counts = {before.unit, q.unit} <= {*COUNTED, "人"}
    return bool(
        counts
        and named
        and re.fullmatch(r"[\u4e00-\u9fffA-Za-z\d（）()]{2,20}", between)
        and not re.search("[和及与]", between)
    )
