"""Measures added up: what was received taken off, each total held to the caps that hold for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.entitlements.entitlement import Cap, Quantity, Span
from indexer.entitlements.quantities import find_quantities
from server.sums.bounds import is_money
from server.sums.clause_figures import quantity_at
from server.sums.outcome import Outcome
from server.sums.stages import years_apart
from server.sums.uses import Use
from server.sums.working import Working

__all__ = ["share_in", "together"]

_BEFORE = re.compile(r"[去前上往]一?年|以前年度|早年|20\d\d年")
_THIS_YEAR = re.compile(r"当年|本年|同一?年")


@dataclass(frozen=True, slots=True)
class _Limit:
    """A limit with the measures that it holds for."""

    most: Decimal
    name: str
    spans: tuple[Span, ...]
    members: Sequence[Outcome]
    yearly: bool = False
    #: The limit is this share of ``most``.
    share: Quantity | None = None

    def holds(self, outcome: Outcome) -> bool:
        """Whether it holds for a measure."""
        return any(one is outcome for one in self.members)

    def worked(self, working: Working) -> Decimal:
        """What it comes to: 实际投入的30%."""
        return working.share(self.most, self.share) if self.share else self.most


@dataclass(slots=True)
class _Group:
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


def _merged(groups: Sequence[_Group], working: Working) -> _Group:
    """Add up groups: one line of the working for each reading."""
    lows = [value for group in groups for value in group.low]
    highs = [value for group in groups for value in group.high]
    low = working.plus(lows)
    high = low if lows == highs else working.plus(highs)
    return _Group([o for group in groups for o in group.outcomes], [low], [high])


def together(
    outcomes: Sequence[Outcome], uses: Sequence[Use], question: str, working: Working
) -> tuple[Decimal, Decimal] | None:
    """Add up measures, take off what was received, and hold each total to what limits it: both
    readings. None where a limit on some of them would hold others too, or is stated twice."""
    groups = [_Group([o], list(o.low), list(o.high)) for o in outcomes]
    received = [use for use in uses if use.role == "deduction"]
    limits = _limits_of(outcomes, [use for use in uses if use.role == "ceiling"])
    twice = len({limit.spans for limit in limits}) < len(limits)
    if twice or any(_is_open(u, outcomes) for u in uses if u.role == "ceiling"):
        return None
    if received:
        groups = _less_received(groups, received, working)
    elif not limits:
        groups = [_merged(groups, working)]
    for limit in limits:
        inside = [g for g in groups if any(map(limit.holds, g.outcomes))]
        if not all(limit.holds(o) or o.failed for g in inside for o in g.outcomes):
            return None
        apart = limit.yearly and years_apart(question)
        if not (apart and len(inside) == len(limit.members) > 1):
            groups = [_merged(inside, working), *(g for g in groups if g not in inside)]
            inside = groups[:1]
        for group in inside:
            group.hold(limit.worked(working), limit.name, working, *limit.spans)
    low, high = _merged(groups, working).one
    return min(low, high), max(low, high)


def _less_received(
    groups: Sequence[_Group], received: Sequence[Use], working: Working
) -> list[_Group]:
    """Groups with what was received taken off those whose clause says that it is."""
    taken = {span for use in received for span in use.row.deductions}
    inside = [g for g in groups if any(taken & set(o.row.deductions) for o in g.outcomes)]
    inside = inside or list(groups)
    group = _merged(inside, working)
    group.take_off(received, working)
    return [group, *(g for g in groups if g not in inside)]


def _limits_of(outcomes: Sequence[Outcome], stated: Sequence[Use]) -> list[_Limit]:
    """What limits a recipient, and what was really paid where no more than that is given, with the
    measures that each holds for, those of fewest first."""
    found: dict[Span, tuple[Cap, list[Outcome]]] = {}
    for outcome in outcomes:
        if outcome.failed or outcome.over_years:
            continue
        for cap in outcome.row.caps:
            if cap.scope == "recipient" and is_money(cap):
                found.setdefault(cap.quantity.span, (cap, []))[1].append(outcome)
    limits = [
        _Limit(
            cap.quantity.value,
            "每年上限" if cap.yearly else "上限",
            (cap.quantity.span,),
            members,
            cap.yearly,
        )
        for cap, members in found.values()
    ]
    for use in stated:
        own = [o for o in outcomes if set(use.row.ceilings) & set(o.row.ceilings)]
        share = share_in(use.row.ceilings)
        name = "上限" if share else "实际费用"
        if own:
            spans = use.row.ceilings[:1]
            limits.append(_Limit(use.fact.value, name, spans, own, share=share))
    return sorted(limits, key=lambda limit: len(limit.members))


def _is_open(use: Use, outcomes: Sequence[Outcome]) -> bool:
    """Whether a cost may be what either of two ceilings is of: one of them a share, or of a
    measure that is none of those added up."""
    own = set(use.row.ceilings)
    others = [o for o in outcomes if o.row.ceilings]
    beside = others and not any(own & set(o.row.ceilings) for o in others)
    return bool(beside) or (len(own) > 1 and bool(share_in(use.row.ceilings)))


def share_in(ceilings: Sequence[Span]) -> Quantity | None:
    """The share of a cost that support may not exceed: 30% of 实际投入的30%."""
    for span in ceilings:
        for q in find_quantities(span.text):
            if q.unit == "%":
                return quantity_at(span.address, span.text, q, span.start)
    return None
