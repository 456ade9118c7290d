"""One more of the things counted that goes into no measure: 1个创新药、2个类似药，还有一款佐剂."""

from __future__ import annotations

import re

from server.sums.uses import Matched

__all__ = ["misses_counted"]

#: One more of the things counted: 1个创新药、2个类似药，还有一款佐剂.
_THINGS = re.compile(r"还有|还拿|外加|另有|另外|以及|加上|[和及、]\s*$")
_GOES_ON = re.compile(r"(?:[、和及与]|，?(?:还有|外加|另有|以及|加上))[^，。]{0,4}$")
#: What counts the asker: 一家企业, 一个公司.
_ASKER = re.compile(r"[一1][家个](?:企业|公司|单位|机构|医院|平台|人)|一家$|[一1]家")


def misses_counted(matched: Matched) -> bool:
    """Whether of several things counted one is in no measure."""
    used = any(use.role == "count" for use in matched.uses)
    open_ = [f for f in matched.unused if f.is_count and not f.part and not _ASKER.search(f.words)]
    return used and any(
        _THINGS.search(fact.words.split(fact.written)[0]) or _GOES_ON.search(fact.region)
        for fact in open_
    )
