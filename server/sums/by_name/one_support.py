"""What one support comes to for a class, with the figures of the question that it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from indexer.entitlements.quantities import MONEY
from server.sums.beside import held_to
from server.sums.by_name.offers import Offer, Offers
from server.sums.facts import Fact
from server.sums.kinds import of_kind
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.working import Working

__all__ = ["Case", "worth"]

#: 120亩全种了绿肥: all of what was counted before.
_ALL = re.compile(r"[全都均]")
#: As much of an amount's words is said of what a rate is of.
_SPOKEN = 0.1
#: A figure is of the support that holds this much more of its words than another one.
_MORE = 0.1


@dataclass(slots=True)
class Case:
    """What a question states, with what was taken of it and the working so far."""

    question: str
    facts: Sequence[Fact]
    likeness: Likeness
    used: list[Fact] = field(default_factory=list)
    working: Working = field(default_factory=Working)
    assumed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def worth(offers: Offers, one: Offer, others: Sequence[Offers], case: Case) -> Decimal | None:
    """What a class gets of a support; None where that takes more than the question states, or a figure
    may be of another support. What is to be asked is left in ``missing``."""
    if one.rate:
        cost = _cost(offers, one, case)
        value = case.working.share(cost.value, one.rate) if cost else None
    elif one.units:
        value = _by_unit(offers, one, others, case)
    else:
        value = case.working.times([(Decimal(1), "个")], one.figure)
    if value is None:
        return None
    for cap, yearly in one.caps:
        value = case.working.capped(value, cap.value, "每年上限" if yearly else "上限", cap.span)
    return held_to(value, offers.limits, case.facts, case.working, case.assumed)


def _cost(offers: Offers, one: Offer, case: Case) -> Fact | None:
    """The one amount that a rate is of."""
    money = [f for f in case.facts if f.unit == MONEY and f not in case.used]
    if not money:
        case.missing.append(f"{one.base}是多少？")
    if len(money) != 1 or money[0].part or money[0].vague or money[0].of_one or one.rate is None:
        return None
    fact, row = money[0], one.row
    kind = of_kind(fact.words, row.base if row else None)
    spoken = case.likeness.share(fact.words, f"{offers.text}{one.base}{offers.name}")
    if (
        one.rate.unit != "%"
        or kind is False
        or not (kind or spoken >= _SPOKEN or one.base[:2] in fact.words)
    ):
        return None
    case.used.append(fact)
    return fact


def _by_unit(offers: Offers, one: Offer, others: Sequence[Offers], case: Case) -> Decimal | None:
    """An amount for each of something as often as the question counts it."""
    if len(one.units) != 1:
        return None
    (unit,) = one.units
    facts = [f for f in case.facts if f.unit == unit]
    fact = _counted(offers, facts, others, case)
    if fact is None:
        return None
    case.used += [f for f in facts if f.value == fact.value]
    if unit != "月":
        return case.working.times([(fact.value, unit)], one.figure)
    if offers.longest and fact.value > offers.longest.value:
        return None
    outcome = one.figure.value * fact.value
    line = f"{written(one.figure.value, MONEY)}/月 × {plain(fact.value)}个月"
    case.working.says(f"{line} = {written(outcome, MONEY)}", one.figure.span)
    return outcome


def _counted(
    offers: Offers, facts: Sequence[Fact], others: Sequence[Offers], case: Case
) -> Fact | None:
    """The number that is of a support: all are the same, or one is called so more than any other."""
    whole = [f for f in facts if not f.left_out]
    if not whole or len(whole) < len(facts):
        return None
    if len({f.value for f in whole}) == 1:
        # One area is that of both supports only where that is said.
        both = len(whole) > 1 or not others or _ALL.search(case.question)
        return whole[0] if both else None
    names = [offers, *others]
    texts = {id(one): one.text for one in names}
    own = []
    for fact in whole:
        near = {key: case.likeness.share(fact.words, text) for key, text in texts.items()}
        rest = max((value for key, value in near.items() if key != id(offers)), default=0.0)
        own += [fact] if near[id(offers)] >= rest + _MORE else []
    return own[0] if len(own) == 1 else None
