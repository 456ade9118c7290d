"""What lies below the first part of a cost paid in parts: 不足300万元的部分按8%一并计算."""

from __future__ import annotations

import re

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import find_quantities

__all__ = ["counts_below", "goes_on_below", "is_read_one_way"]

_RATE = r"按照?\s?\d{1,3}(?:\.\d{1,4})?%"
_BELOW_TOO = re.compile(
    rf"(?:不足|低于)\d[\d.]{{0,9}}\s?[万亿]?元的?[^，。；\d]{{0,8}}部分，?(?:一并|也|同样)?{_RATE}"
    rf"|\d[\d.]{{0,9}}\s?[万亿]?元(?:（含）)?以[下内]的?[^，。；\d]{{0,6}}部分，?(?:一并|也|同样){_RATE}"
)
_NOTHING_BELOW = re.compile(
    r"(?:以下|以内|不超过[^，。；]{1,10})的?部分[，]?(?:不予|不再?给予|不享受|不补)"
)


def is_read_one_way(row: Entitlement, text: str) -> bool:
    """Whether a clause leaves no doubt what becomes of what lies below its first part."""
    first = row.tiers[0].low
    doubtful = first is not None and first.value and len(row.tiers) > 1
    told = counts_below(row, text) or goes_on_below(row) or _NOTHING_BELOW.search(text)
    return not doubtful or bool(told)


def counts_below(row: Entitlement, text: str) -> bool:
    """Whether a clause says that what lies below the first part counts with it."""
    match, first = _BELOW_TOO.search(text), row.tiers[0]
    if match is None or first.low is None or goes_on_below(row):
        return False
    known = [(q.value, q.unit) for q in find_quantities(match[0])]
    rate = first.rate
    return known == [(first.low.value, first.low.unit), (rate.value, rate.unit)]


def goes_on_below(row: Entitlement) -> bool:
    """Whether a part said last goes up to where the first one begins."""
    first = row.tiers[0].low
    ends = [tier.high.value for tier in row.tiers[1:] if tier.high and not tier.low]
    return first is not None and first.value in ends
