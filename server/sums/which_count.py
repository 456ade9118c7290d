"""How many of those stated count: no more than a measure is for (最多5人), or only those above a number:
年度累计组织1000人次以上部分，按每人次30元; 超过300吨的部分，每吨40元."""

from __future__ import annotations

import re
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from server.sums.clause_figures import quantity_at
from server.sums.money import plain, written
from server.sums.outcome import Outcome
from server.sums.working import Working

__all__ = ["above_in", "held_above", "held_to_most", "part_above"]

_BEHIND = re.compile(
    r"(?:[（(][^（）()]{1,4}[）)])?(?P<above>以上|以外|之外)?的?(?:超[过出额])?部分"
)
_OVER = re.compile(r"(?:超过|超出|高于|多于|超)[^，,。；;\d]{0,4}$")
_CUT = re.compile(r"[。；;\n]")


def part_above(row: Entitlement, unit: str, text: str) -> Quantity | None:
    """The number above which a measure counts each one, as stands before its amount in its clause."""
    return above_in(row.amount, unit, text) if row.amount else None


def above_in(amount: Quantity, unit: str, text: str) -> Quantity | None:
    """As part_above, of an amount of a clause."""
    end = amount.span.start
    begin = max((m.end() for m in _CUT.finditer(text, 0, end)), default=0)
    words = text[begin:end]
    figures = find_quantities(words)
    # What stands before another amount is said of that.
    since = max((q.end for q in figures if q.unit.split("/")[0] == MONEY), default=0)
    for q in reversed([q for q in figures if q.start >= since and q.unit == unit]):
        behind = _BEHIND.match(words, q.end)
        if behind and (behind["above"] or _OVER.search(words[: q.start])):
            return quantity_at(amount.span.address, words, q, begin)
    return None


def held_above(
    row: Entitlement, value: Decimal, unit: str, text: str, outcome: Outcome, working: Working
) -> Decimal:
    """What of a number counts; a measure that gives nothing for it is barred."""
    above = part_above(row, unit, text)
    if above is None:
        return value
    if value > above.value:
        return working.minus(value, above.value, above.span, unit=unit)
    least = written(above.value, unit)
    working.says(f"{written(value, unit)} 未超过{least}，不能享受", above.span)
    outcome.bar()
    return Decimal(0)


def held_to_most(row: Entitlement, value: Decimal, unit: str, working: Working) -> Decimal:
    """No more persons or times than a measure is for: 单个企业最多申报5人."""
    for limit in (cap.quantity for cap in row.caps):
        if limit.unit == unit and value > limit.value:
            most = f"{plain(limit.value)}{unit}"
            working.says(f"{plain(value)}{unit} 超过上限{most}，按{most}", limit.span)
            value = limit.value
    return value
