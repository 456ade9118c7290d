"""An amount for each month or year that an item of a list gives to one grade, where the line above the items says for
how long: 按月发放生活补贴，最长36个月：（一）硕士研究生，每人每月1500元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity
from retriever.query import Retrieval
from server.sums.beside import Limits, limits_of
from server.sums.facts import Fact
from server.sums.listing import Listing, listings_near
from server.sums.times_met import times_met
from server.sums.unit_amounts import UnitAmount, unit_amounts

__all__ = ["GRADE", "Regular", "listed_for_one"]

#: 高级工班毕业生 are no 高级工, 博士后 no 博士.
GRADE = re.compile(
    r"博士(?!后)|硕士|本科|大专|专科|中专|高中|高级技师|技师|高级工(?!班)|中级工|初级工"
)
_OFTEN = {"月": re.compile(r"每个?月|按月"), "年": re.compile(r"每年|按年")}
_GOT = re.compile(r"领|拿|补|享受|发|给")
_MORE_THAN_ONE = re.compile(
    r"我[和跟与]|[和跟与]我|夫妻|两口子|俩|都是(?:博士|硕士|本科|大专|专科)"
)
_PART_TIME = re.compile(r"非全日制|在职")


@dataclass(frozen=True, slots=True)
class Regular:
    """So much for each month or year, no longer than that; ``times`` are those asked for."""

    amount: Quantity
    unit: str
    longest: Quantity
    times: tuple[Fact, ...]


def listed_for_one(
    retrieval: Retrieval, index: ClauseIndex, facts: Sequence[Fact]
) -> Regular | None:
    """What the list that fits best gives to the one grade that a question names.

    None where anything limits it beside the time, more persons are meant, or a time stated is
    neither that asked for nor one that the line above demands.
    """
    listing = next((one for one in listings_near(retrieval, index, near=1) if one.best), None)
    question = retrieval.understanding.text
    if listing is None or _MORE_THAN_ONE.search(question) or _PART_TIME.search(question):
        return None
    leads = [row for row in index.measures(listing.lead.address) if row.years]
    amount = _of_grade(listing, question)
    if len(leads) != 1 or amount is None or amount.unit != "人":
        return None
    lead = leads[0]
    if lead.amount or lead.rate or _is_limited(limits_of(listing, index)):
        return None
    asked = _asked(facts, listing.lead.words)
    if asked is None:
        return None
    words = next(i.words for i in listing.items if i.address == amount.amount.span.address)
    often = [unit for unit, said in _OFTEN.items() if said.search(words)]
    often = often or [unit for unit, said in _OFTEN.items() if said.search(listing.lead.words)]
    if len(often) != 1 or lead.years is None:
        return None
    return Regular(amount.amount, often[0], lead.years, asked)


def _of_grade(listing: Listing, question: str) -> UnitAmount | None:
    """The one amount of the one item that names the grade of a question."""
    grades, found = set(GRADE.findall(question)), list[list[UnitAmount]]()
    for item in listing.items:
        own = unit_amounts(item.address, item.words)
        named = set(GRADE.findall(item.words[: own[0].amount.span.start])) if own else set()
        found += [own] if len(grades) == 1 and grades <= named else []
    return found[0][0] if len(found) == 1 and len(found[0]) == 1 else None


def _is_limited(limits: Limits) -> bool:
    """Whether more than a time that somebody must have behind them is said beside a list."""
    least = [one for one in limits.least if one.quantity.unit not in _OFTEN]
    return bool(limits.unread or limits.caps or limits.shares or limits.counts or least)


def _asked(facts: Sequence[Fact], lead: str) -> tuple[Fact, ...] | None:
    """The time asked for, if any; None where another figure is none that is demanded, or not met."""
    times = [f for f in facts if f.unit in _OFTEN]
    asked = [f for f in times if not f.past and _GOT.search(f.words)]
    others = any(f.value != 1 for f in facts if f not in times)
    met = times_met([f for f in times if f not in asked], lead)
    return None if len(asked) > 1 or others or met is None else tuple(asked)
