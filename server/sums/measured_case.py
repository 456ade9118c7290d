"""Cases told by a measure that is no amount, count or time: 其中工艺节点为28纳米及以下的, asked with 22nm."""

from __future__ import annotations

import re
from decimal import Decimal

from indexer.entitlements.quantities import find_quantities

__all__ = ["case_holds"]

_BOUND = re.compile(
    r"(?<![\d.])(?P<value>\d{1,6}(?:\.\d{1,4})?)\s?(?P<unit>[a-zA-Z]{1,6}|[\u4e00-\u9fff]{1,3}?)(?:（含）|\(含\))?(?P<side>及?以[上下内]|或以[上下]|以内)"
)
_SAME = {"nm": "纳米", "NM": "纳米", "Nm": "纳米", "寸": "英寸"}


def case_holds(case: str, question: str) -> bool | None:
    """Whether a question's figure is one of a case; None where either states none.

    >>> case_holds("工艺节点为28纳米及以下", "一款22nm芯片"), case_holds("工艺节点为28纳米及以下", "40纳米的")
    (True, False)
    """
    bound = _BOUND.search(case)
    # Amounts, counts and times are thresholds of their own.
    if bound is None or any(q.start <= bound.start() < q.end for q in find_quantities(case)):
        return None
    names = {bound["unit"], _SAME.get(bound["unit"], bound["unit"])}
    names |= {short for short, name in _SAME.items() if name in names}
    units = "|".join(re.escape(name) for name in sorted(names))
    stated = re.search(rf"(?<![\d.])(\d+(?:\.\d+)?)\s?(?:{units})(?![a-zA-Z])", question)
    if stated is None:
        return None
    value, limit = Decimal(stated[1]), Decimal(bound["value"])
    return value >= limit if bound["side"].endswith("上") else value <= limit
