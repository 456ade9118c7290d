"""A measure with what another article changes of it in the case that a question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.answer import Calculation
from server.sums.bounds import is_money
from server.sums.chapters.raises import Raise, raises_of
from server.sums.outcome import Outcome
from server.sums.result import STOPPED, Sum
from server.sums.uses import Use
from server.sums.working import Working

__all__ = ["raise_outcomes", "the_raise", "with_limits_raised", "without_raise_left_out"]

#: A limit that was passed.
_CUT = re.compile(r" 超过\S{0,6}上限")


def the_raise(address: Address, question: str, index: ClauseIndex) -> Raise | None:
    """The one change of what a clause gives that a question names the case of."""
    found = raises_of(address, question, index)
    one = found[0][0] if len(found) == 1 and found[0][1] == "given" else None
    return one if one and (one.by.unit == "%") != one.of_limit else None


def with_limits_raised(row: Entitlement, question: str, index: ClauseIndex) -> Entitlement:
    """A measure with the rate and the limit that take the place of its own where they are raised."""
    one = the_raise(row.address, question, index)
    if one is None:
        return row
    if one.to and one.by.unit == "%" and row.rate and not row.tiers and row.rate.low is None:
        row = replace(row, rate=one.by)
    money = [cap for cap in row.caps if is_money(cap)]
    limit = one.by if one.of_limit else one.cap.quantity if one.cap and one.of_any else None
    if limit and len(money) == 1 and (one.to or not one.of_limit):
        new = replace(money[0], quantity=limit)
        return replace(row, caps=tuple(new if cap is money[0] else cap for cap in row.caps))
    if one.cap is None or one.of_limit:
        return row
    others = [c for c in row.caps if not is_money(c) or c.scope != one.cap.scope]
    return replace(row, caps=(*others, one.cap))


def raise_outcomes(
    outcomes: Sequence[Outcome],
    uses: Sequence[Use],
    asked: str,
    index: ClauseIndex,
    working: Working,
) -> None:
    """Raise what measures come to in the case that a question names, where each is one amount.

    It stays as it is where points are added to no rate, or nobody knows whether a limit that would
    be passed is still one: then no line says what the other article does.
    """
    for outcome in outcomes:
        one = the_raise(outcome.row.address, asked, index)
        bases = [
            u.fact.value for u in uses if u.row.address == outcome.row.address and u.role == "base"
        ]
        if (
            one is None
            or one.to
            or one.of_limit
            or outcome.failed
            or len(outcome.low) != 1
            or outcome.low != outcome.high
        ):
            continue
        if one.points and (len(bases) != 1 or outcome.row.rate is None):
            continue
        value = _raised(outcome.low[0], bases[0] if one.points else None, one, outcome.row, working)
        outcome.low, outcome.high = [value], [value]
        outcome.assumptions.append(f"属于“{one.who}”的情形")


def _raised(
    value: Decimal, of: Decimal | None, one: Raise, row: Entitlement, working: Working
) -> Decimal:
    base = value if of is None else of
    caps = [cap for cap in row.caps if is_money(cap)]
    more = value + base * one.by.value / 100
    told = one.points or one.kept or one.cap or one.less
    if not told and any(more > cap.quantity.value for cap in caps):
        return value
    change = working.share(base, one.by)
    value = working.minus(value, change) if one.less else working.plus([value, change])
    for cap in caps if not one.less else ():
        if cap.scope == "item":
            value = working.capped(value, cap.quantity.value, "上限", cap.quantity.span)
    return value


def without_raise_left_out(found: Sum, question: str, index: ClauseIndex) -> Sum:
    """A sum, or none where another article changes what a clause of it gives in a case that the
    question names, and no line of the sum does; a case that it may name is asked back."""
    if not found.calculation.result:
        return found
    read, open_ = set(found.sources), list[Raise]()
    cut = any(_CUT.search(step.text) for step in found.calculation.steps)
    for address in dict.fromkeys(span.address for span in found.sources):
        for one, given in raises_of(address, question, index):
            if one.by.span in read or (one.of_limit and not cut):
                continue
            if given == "given":
                return STOPPED
            open_.append(one)
    if not open_:
        return found
    missing = tuple(dict.fromkeys(f"是否属于“{one.who}”的情形？" for one in open_))[:2]
    return Sum(Calculation(None, MONEY, "", (), missing=missing), found.sources)
