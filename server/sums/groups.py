"""Measures added up: what was received taken off, each total held to the caps that hold for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.entitlements.entitlement import Cap, Span
from server.sums.bounds import is_money
from server.sums.outcome import Outcome
from server.sums.uses import Use
from server.sums.working import Working

__all__ = ["Group", "caps_of", "merged"]


_BEFORE = re.compile(r"[去前上往]一?年|以前年度|早年|20\d\d年")
_THIS_YEAR = re.compile(r"当年|本年|同一?年")


@dataclass(slots=True)
class Group:
    """Measures that are added up, with their values: two lists where there are two readings."""

    outcomes: list[Outcome]
    low: list[Decimal]
    high: list[Decimal]

    @property
    def one(self) -> tuple[Decimal, Decimal]:
        """Both values once they are added up."""
        return sum(self.low, Decimal(0)), sum(self.high, Decimal(0))

    def take_off(self, received: Sequence[Use], working: Working) -> None:
        """Take off what was received; what was in years before, only where the clause says so."""
        for use in [use for use in received if _of_years_before(use)]:
            said = f"{use.fact.written} 是以前年度享受的，条文扣除的是当年度的，不扣除"
            working.says(said, *use.row.deductions)
        received = [use for use in received if not _of_years_before(use)]
        if not received:
            return
        taken = working.plus([use.fact.value for use in received])
        spans = [span for use in received for span in use.row.deductions]
        low, high = self.one
        less = working.minus(low, taken, *spans)
        self.high = [less if high == low else working.minus(high, taken, *spans)]
        self.low = [less]

    def hold(self, most: Decimal, name: str, working: Working, *spans: Span) -> None:
        """Hold to a cap."""
        low, high = self.one
        held = working.capped(low, most, name, *spans)
        self.high = [held if high == low else working.capped(high, most, name, *spans)]
        self.low = [held]


def _of_years_before(use: Use) -> bool:
    texts = [span.text for span in use.row.deductions]
    return bool(_BEFORE.search(use.fact.words)) and any(map(_THIS_YEAR.search, texts))


def merged(groups: Sequence[Group], working: Working) -> Group:
    """Add up groups: one line of the working for each reading."""
    lows = [value for group in groups for value in group.low]
    highs = [value for group in groups for value in group.high]
    low = working.plus(lows)
    high = low if lows == highs else working.plus(highs)
    return Group([o for group in groups for o in group.outcomes], [low], [high])


def caps_of(outcomes: Sequence[Outcome]) -> list[tuple[Cap, list[Outcome]]]:
    """The caps of a recipient with the measures each holds for, those of fewest first."""
    found: dict[Span, tuple[Cap, list[Outcome]]] = {}
    for outcome in outcomes:
        if outcome.failed or outcome.over_years:
            continue
        for cap in outcome.row.caps:
            if cap.scope == "recipient" and is_money(cap):
                found.setdefault(cap.quantity.span, (cap, []))[1].append(outcome)
    return sorted(found.values(), key=lambda pair: len(pair[1]))
