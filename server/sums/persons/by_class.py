"""What somebody of a class gets by a list of classes: within a share of a cost, over months, for two spouses, as
it is paid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.beside import held_to
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.monthly import over_months
from server.sums.persons.class_instalments import first_paid, instalments_of
from server.sums.persons.class_lists import (
    ClassAmount,
    ClassList,
    classes_in,
    degrees_in,
    list_meant,
)
from server.sums.persons.couples import own_standards
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["by_class"]

_COUPLE = re.compile(r"夫妻|老婆|老公|爱人|妻子|丈夫|媳妇|配偶|我俩|我两个|两口子")
_TOGETHER = re.compile(r"加起来|加一?[起块]|一共|总共|合计|共[能可拿领]")
_HOME = re.compile(r"一[起同]买|共同[买购]|合[买购]|一起[^，。；\d]{0,2}[买购]")
_TWO = re.compile(r"夫妻|配偶")
#: What the other one of two spouses gets.
_OTHER = re.compile(
    r"(?:夫妻|配偶)双方[^。；\d]{0,30}?较高[^。；\d]{0,12}?，(?:另一方|较低[^，。；\d]{0,6}?)按[^，。；\d]{0,12}(?=\d)"
)
_QUARTER = re.compile(r"(?:一个?|每个?|1个?)季度?(?!末|初)")
#: A part of what is paid in several.
_PART = re.compile(r"[笔期]|年后|[每首次头]年|第[一二三四五][年次]|分几|到手")


def by_class(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The sum of one class, or of two spouses; None where the question takes no more than the line
    of its class, STOPPED where something beside the list is not read."""
    question, index = retrieval.understanding.text, likeness.retriever.index
    labels = classes_in(question)
    by_degree = not labels
    labels = labels or degrees_in(question)
    if not retrieval.hits or not (2 if by_degree else 1) <= len(labels) <= 2:
        return None
    couple, together = len(labels) == 2, by_degree or _TOGETHER.search(question)
    if couple and not (_COUPLE.search(question) and together):
        return None
    listed, address = list_meant(retrieval, index, by_degree)
    own = [one for label in labels if listed and (one := listed.of(label))]
    if listed is None or len(own) < len(labels):
        return None
    if by_degree and not _HOME.search(question):
        # Two of two degrees are no two persons at the amount of one of them.
        return STOPPED
    others = [f for f in facts if f.unit not in (MONEY, "年", "月") and f.value != 1
              and not (couple and f.value == 2)]  # fmt: skip
    costs = [cost for one in listed.limits.shares if (cost := one.cost(facts))]
    money = [f for f in facts if f.unit == MONEY]
    if others or any(f not in costs for f in money):
        return None
    said = retrieval.query.text
    if not (costs or couple or _PART.search(said) or own[0].monthly):
        return None
    if listed.limits.unread or listed.limits.least or len({one.monthly for one in own}) > 1:
        return STOPPED
    return _worked(own, listed, address, facts, said, index)


def _worked(
    own: Sequence[ClassAmount], listed: ClassList, address: Address, facts: Sequence[Fact],
    question: str, index: ClauseIndex,
) -> Sum:  # fmt: skip
    working, assumed = Working(), list[str]()
    if len(own) == 2:
        rule = own_standards(address, index)
        value = _each(own, rule, working) if rule else _both(own, listed, working)
    else:
        value = _one(own[0], working)
    if value is None:
        return STOPPED
    if own[0].monthly:
        value = _over(value, own, facts, question, working)
        if value is None:
            return STOPPED
    value = held_to(value, listed.limits, facts, working, assumed)
    whole = f"{'最高' if working.caps else ''}{written(value, MONEY)}"
    display = whole
    if _PART.search(question) and not own[0].monthly:
        plan = instalments_of(own[0].label, listed.name, address, index)
        paid = first_paid(value, plan, question, working)
        if paid is None:
            return STOPPED
        value, display = paid, f"{written(paid, MONEY)}（按期拨付，全部为{whole}）"
    return Sum(
        Calculation(
            value, MONEY, display, tuple(working.steps), tuple(dict.fromkeys(working.caps)),
            tuple(dict.fromkeys(assumed)),
        ),
        unique(working.sources),
    )  # fmt: skip


def _one(one: ClassAmount, working: Working) -> Decimal:
    return working.times([(Decimal(1), "个")], one.amount)


def _each(own: Sequence[ClassAmount], rule: Span, working: Working) -> Decimal:
    """What two spouses get together who each get what is their own."""
    return working.plus([_one(one, working) for one in own], [rule])


def _both(own: Sequence[ClassAmount], listed: ClassList, working: Working) -> Decimal | None:
    """What two spouses get together: the higher one, and of the other what the article leaves."""
    high, low = sorted(own, key=lambda one: -one.amount.value)
    said = [piece for piece in listed.beside if _TWO.search(piece.words)]
    shares: list[Quantity] = []
    for piece in said:
        for match in _OTHER.finditer(piece.words):
            q = next((q for q in find_quantities(piece.words) if q.start == match.end()), None)
            shares += (
                [quantity_at(piece.address, piece.words, q, piece.at)]
                if q and q.unit == "%"
                else []
            )
    if len(said) != 1 or len(shares) != 1:
        return None
    first = _one(high, working)
    working.sources.append(low.amount.span)
    return working.plus([first, working.share(low.amount.value, shares[0])], [shares[0].span])


def _over(
    value: Decimal,
    own: Sequence[ClassAmount],
    facts: Sequence[Fact],
    question: str,
    working: Working,
) -> Decimal | None:
    """A monthly amount over the time that is asked for; None where none is said, or it runs out."""
    spans = [f for f in facts if f.unit in ("年", "月") and not f.past]
    months = sum((f.value * (12 if f.unit == "年" else 1) for f in spans), Decimal(0))
    if any(one.longest and months > one.longest.value for one in own):
        return None
    if not spans and _QUARTER.search(question):
        total = value * 3
        working.says(f"{written(value, MONEY)}/月 × 3个月/季度 = {written(total, MONEY)}")
        return total
    return over_months(value, [True], facts, question, "", working)
