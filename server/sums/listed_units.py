"""Things counted at the amounts that a list states, each item one: （一）高温库每立方米80元；（二）低温库….

What limits them stands in the line that the list hangs on, or in a paragraph beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.beside import Limits, held_to, limits_of
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.listing import Listing, listings_near
from server.sums.money import written
from server.sums.monthly import over_months
from server.sums.result import STOPPED, Sum, unique, worked_held
from server.sums.unit_amounts import UnitAmount, unit_amounts
from server.sums.unit_kinds import (
    MEASURED,
    Scaled,
    amount_of,
    scaled_for,
    scaled_in,
    several_kinds,
    units_of_amount,
)
from server.sums.working import Working

__all__ = ["listed_units"]


def listed_units(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What things counted come to at the amounts of the list that fits best.

    None where single measures do. Which kind is meant is asked back where one number is stated.
    """
    index, question = likeness.retriever.index, retrieval.understanding.text
    listing = next((one for one in listings_near(retrieval, index, near=1) if one.best), None)
    amounts = _amounts(listing) if listing else []
    if listing is None or len(amounts) < 2:
        return None
    limits = limits_of(listing, index)
    counted = [f for f in facts if f.unit in units_of_amount(amounts[0]) and not f.past]
    beside = bool(limits.caps) and not any(index.measures(one.address) for one in listing.items)
    if not counted or not (beside or _is_for_a_list(amounts, counted, limits)):
        return None
    if _left(facts, counted, limits):
        return None
    if limits.unread or any(f.part for f in counted):
        return STOPPED
    own = [amount_of(fact, amounts, question if len(counted) == 1 else "") for fact in counted]
    known = [amount for amount in own if amount]
    if len(known) < len(own):
        return _asked(amounts) if len(own) == 1 else STOPPED
    cases = list(scaled_in(listing.beside))
    words = [question] if len(counted) == 1 else [fact.words for fact in counted]
    lead = listing.lead.words
    scaled = [scaled_for(w, a, cases, likeness, lead) for w, a in zip(words, known, strict=True)]
    number = sum((fact.value for fact in counted), Decimal(0))
    if any(one is False for one in scaled) or any(number > q.value for q in limits.counts):
        return STOPPED
    lines = list(zip(counted, known, scaled, strict=True))
    return _worked(lines, listing, limits, facts, question)


def _amounts(listing: Listing) -> list[UnitAmount]:
    """The amount of each item; none unless each has just one, all for one of the same thing."""
    found = []
    for item in listing.items:
        own = unit_amounts(item.address, item.words)
        if len(own) != 1 or own[0].added or not own[0].label:
            return []
        found += own
    same = len({(one.unit, one.monthly) for one in found}) == 1
    return found if same else []


def _is_for_a_list(amounts: Sequence[UnitAmount], counted: Sequence[Fact], limits: Limits) -> bool:
    """Whether the figures of a question take more than one measure by itself."""
    measured = amounts[0].unit in MEASURED
    return measured or bool(limits.shares) or several_kinds(amounts, counted)


def _left(facts: Sequence[Fact], counted: Sequence[Fact], limits: Limits) -> bool:
    """Whether the question states something that neither an amount nor a limit takes."""
    costs = [one.cost(facts) for one in limits.shares]
    rest = [f for f in facts if f not in counted and f.unit not in ("年", "月") and f.value != 1]
    return any(f not in costs for f in rest)


def _asked(amounts: Sequence[UnitAmount]) -> Sum:
    names = "，还是".join(amount.label for amount in amounts)
    spans = unique([amount.amount.span for amount in amounts])
    return Sum(Calculation(None, MONEY, "", (), missing=(f"您说的是哪一种：{names}？",)), spans)


def _worked(
    lines: Sequence[tuple[Fact, UnitAmount, Scaled | Literal[False] | None]],
    listing: Listing,
    limits: Limits,
    facts: Sequence[Fact],
    question: str,
) -> Sum:
    working, assumed, values = Working(), list[str](), []
    unit = lines[0][0].unit
    number = sum((fact.value for fact, _, _ in lines), Decimal(0))
    for one in (one for one in limits.least if one.quantity.unit == unit):
        if number < one.quantity.value or (one.over and number == one.quantity.value):
            least = written(one.quantity.value, unit)
            working.says(f"{written(number, unit)} 未达到{least}，不能享受", one.quantity.span)
            return worked_held(Decimal(0), working, assumed)
    for fact, amount, case in lines:
        value = working.times([(fact.value, fact.unit)], amount.amount)
        values.append(working.share(value, case.share) if isinstance(case, Scaled) else value)
    total: Decimal | None = working.plus(values)
    text = "\n".join(piece.words for piece in (listing.lead, *listing.beside))
    monthly = [amount.monthly for _, amount, _ in lines]
    total = over_months(total, monthly, facts, question, text, working)
    if total is None:
        return STOPPED
    total = held_to(total, limits, facts, working, assumed)
    return worked_held(total, working, assumed)
