"""What one support comes to for a class, with the figures of the question that it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from indexer.entitlements.quantities import MONEY
from server.sums.beside import held_to
from server.sums.by_name.given import Offer, Offers
from server.sums.facts import Fact
from server.sums.kinds import of_kind
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.working import Working

__all__ = ["Case", "worth"]

#: 120亩全种了绿肥: all of what was counted before.
_ALL = re.compile(r"[全都均]")
#: 每人每月, and not 每吸纳1人.
_OF_ONE = re.compile(r"[每/]?(?:人|名|位)")
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
    measured = [unit for unit in one.units if unit != "人"]
    if len(measured) > 1:
        return None
    persons = _persons(one, others, case) if "人" in one.units else Decimal(1)
    if persons is None:
        return None
    factors = [(persons, "人")] if "人" in one.units and (persons > 1 or not measured) else []
    if not measured:
        return case.working.times(factors, one.figure)
    facts = _in_months(case.facts) if measured == ["月"] else case.facts
    facts = [f for f in facts if f.unit == measured[0]]
    fact = _counted(offers, facts, _rivals(others, measured[0]), case)
    if fact is None or (
        offers.longest and measured == ["月"] and fact.value > offers.longest.value
    ):
        return None
    case.used += [
        f for f in case.facts if f.start in {x.start for x in facts if x.value == fact.value}
    ]
    if measured != ["月"]:
        return case.working.times([*factors, (fact.value, fact.unit)], one.figure)
    value = case.working.times(factors, one.figure) if factors else one.figure.value
    count = f"{plain(fact.value)}个月" if fact in case.facts else f"{plain(fact.value)}个月/年"
    outcome = value * fact.value
    line = f"{written(value, MONEY)}/月 × {count} = {written(outcome, MONEY)}"
    case.working.says(line, one.figure.span)
    return outcome


def _in_months(facts: Sequence[Fact]) -> list[Fact]:
    """The times of a question in months; of one year, for others are told by the month as often."""
    return [
        replace(f, unit="月", value=Decimal(12)) if f.unit == "年" and f.value == 1 else f
        for f in facts
    ]


def _rivals(others: Sequence[Offers], unit: str) -> list[Offers]:
    return [one for one in others if any(unit in offer.units for offer in one.each)]


def _persons(one: Offer, others: Sequence[Offers], case: Case) -> Decimal | None:
    """How many persons an amount for each is for: as many as are stated, else the one who asks."""
    stated = [f for f in case.facts if f.unit == "人" and f.value > 1 and not f.past]
    own = not one.row or not one.row.each or _OF_ONE.match(one.row.each.text)
    if not stated:
        return Decimal(1) if own else None
    if len(stated) > 1 or stated[0].part or _rivals(others, "人"):
        return None
    case.used += stated
    return stated[0].value


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
