"""Times that somebody has behind them, held against those that a clause demands: 大学毕业三年, 毕业5年内; 合同签了三年,
签订3年以上劳动合同."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements.quantities import Measured, find_quantities
from server.sums.facts import Fact

__all__ = ["MONTHS", "times_met"]

#: Units of time that are compared, in months.
MONTHS = {"年": 12, "月": 1}
_CUT = re.compile(r"[，。；、\n]|并")
_WITHIN = re.compile(r"(?:[（(]含[）)])?(?:之|以)?内|(?:及|或)?以下")
_AT_LEAST = re.compile(r"(?:[（(]含[）)])?(?:及|或)?以上")
_REACHES = re.compile(r"(?:满|不少于|不低于|不短于|达到?)$")
_NOT_QUITE = re.compile(r"不[到满足]|未满|没满|还差|快")


def times_met(times: Sequence[Fact], text: str) -> list[int] | None:
    """Where a clause demands each of some times; None where it demands one of them not at all, in no
    way that is read, or more than that."""
    figures = [q for q in find_quantities(text) if q.unit in MONTHS]
    found = []
    for fact in times:
        worth = [(_called(fact, q, text), q) for q in figures]
        best = max((value for value, _ in worth), default=0)
        named = [q for value, q in worth if value == best]
        if not best or len(named) != 1 or not _holds(fact, named[0], text):
            return None
        found.append(named[0].start)
    return found


def _called(fact: Fact, q: Measured, text: str) -> int:
    """How nearly a time is said of what a demand is of: what stands before a figure comes first."""
    before, behind = _CUT.split(text[: q.start])[-1], _CUT.split(text[q.end :])[0]
    return 2 if _alike(before, fact.words) else int(_alike(behind, fact.words))


def _alike(left: str, right: str) -> bool:
    return any(left[at : at + 2] in right for at in range(len(left) - 1))


def _holds(fact: Fact, q: Measured, text: str) -> bool:
    value, limit = fact.value * MONTHS[fact.unit], q.value * MONTHS[q.unit]
    if _NOT_QUITE.search(fact.words) or q.low is not None:
        return False
    if _WITHIN.match(text, q.end):
        return value <= limit
    return bool(_AT_LEAST.match(text, q.end) or _REACHES.search(text[: q.start])) and value >= limit
