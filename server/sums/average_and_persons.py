"""Months of what one person gets on average, for all persons insured: 按6个月的当地月人均失业保险金和参保职工
人数返还."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, read_number
from retriever.query import Retrieval
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.working import Working

__all__ = ["average_and_persons"]

_RULE = re.compile(
    r"(?P<months>(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})个月)(?:的|，)?[^，。；\d]{0,12}?"
    r"(?:月人均|人均每?月)(?P<what>[^，。；、\d]{2,10}?)(?:的?标准)?(?:和|与|及|以及|、|乘以)[^，。；\d]{0,16}?人数"
)
_EACH = re.compile(r"人均|每人|平均")
_PAID_BACK = re.compile(r"返|退|补|奖|领|拿")
#: Of the clauses found, those that are looked at.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class _Rule:
    """How many months of what, with the characters that say so."""

    months: Quantity
    what: str


def average_and_persons(
    retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]
) -> Sum | None:
    """What months of an average come to for all persons, where a clause near gives that and the
    question states the average; no sum where it does not state the persons, or states more."""
    index, question = likeness.retriever.index, retrieval.understanding.text
    money = [fact for fact in facts if fact.unit == MONEY]
    if len(money) != 1 or not _EACH.search(money[0].words) or not _PAID_BACK.search(question):
        return None
    for hit in retrieval.hits[:_NEAR]:
        address = hit.passage.address
        rule = _rule(index.clause(address)[1].text, address)
        if rule and _pairs(rule.what) & _pairs(money[0].words):
            return _worked(rule, money[0], facts)
    return None


def _worked(rule: _Rule, average: Fact, facts: Sequence[Fact]) -> Sum:
    persons = [fact for fact in facts if fact.unit == "人" and not fact.past]
    others = [
        fact
        for fact in facts
        if fact not in (average, *persons)
        and fact.value != 1
        and (fact.value, fact.unit) != (rule.months.value, "月")
    ]
    if len(persons) != 1 or others:
        return STOPPED
    working, span = Working(), rule.months.span
    each = working.times([(rule.months.value, "月")], Quantity(average.value, f"{MONEY}/月", span))
    value = working.times([(persons[0].value, "人")], Quantity(each, f"{MONEY}/人", span))
    return worked_alone(value, MONEY, "", working)


def _rule(text: str, address: Address) -> _Rule | None:
    match = _RULE.search(text)
    if match is None:
        return None
    span = Span(address, match.start("months"), match.end("months"), match["months"])
    return _Rule(Quantity(read_number(match["n"]), "月", span), match["what"])


def _pairs(text: str) -> set[str]:
    return {text[at : at + 4] for at in range(len(text) - 3)}
