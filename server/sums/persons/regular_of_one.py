"""What one person, or one recipient, gets of an amount for each month or year over all the time that it is given:
博士、硕士分别每月1500元、1000元，最长3年; 硕士领满一共多少."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text
from server.sums.persons.regular_listed import GRADE, listed_for_one
from server.sums.result import Sum, worked_alone
from server.sums.span_of import held_to_span, in_months, whole_span
from server.sums.working import Working

__all__ = ["regular_of_one"]

_OFTEN = {"月": re.compile(r"每个?月|按月"), "年": re.compile(r"每年")}
_GOT = re.compile(r"领|拿|补|享受|发|给")
#: What stands between the sentence before, or the amount before, and an amount.
_CUT = re.compile(r"[。；;\n]")
_SPOKEN = 0.1


def regular_of_one(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The amount of the grade that a question names, over the time that it asks for.

    None where it names none or several of those that the clause tells apart, or no time, or counts
    anything beside.
    """
    question, index = retrieval.understanding.text, likeness.retriever.index
    if listed := listed_for_one(retrieval, index, facts):
        return _worked(listed.amount, listed.unit, listed.longest, listed.times, question)
    times = [f for f in facts if f.unit in _OFTEN and not f.past]
    if not retrieval.hits or len(times) > 1 or any(f not in times and f.value != 1 for f in facts):
        return None
    if any(f.unit in _OFTEN and f not in times for f in facts) or (
        times and not _GOT.search(times[0].words)
    ):
        return None
    rows = [r for r in index.measures(retrieval.hits[0].passage.address) if r.amount or r.rate]
    row = _meant(rows, question, index, likeness)
    unit = _unit(row, index) if row else ""
    if row is None or row.amount is None or not unit:
        return None
    most = "最高" if row.at_most else ""
    return _worked(row.amount, unit, row.years, times, question, most)


def _worked(
    amount: Quantity,
    unit: str,
    longest: Quantity | None,
    times: Sequence[Fact],
    question: str,
    most: str = "",
) -> Sum | None:
    """An amount for each month or year over the time that is asked for."""
    working = Working()
    many = _time(longest, unit, times, question, working)
    if many is None:
        return None
    return worked_alone(working.times([(many, unit)], amount), MONEY, most, working)


def _meant(
    rows: Sequence[Entitlement], question: str, index: ClauseIndex, likeness: Likeness
) -> Entitlement | None:
    """The only measure of a clause that is spoken of, or the one of the grade that is named."""
    grades = set(GRADE.findall(question))
    if len(rows) == 1:
        own = set(GRADE.findall(_label(rows[0], rows, index)))
        spoken = likeness.share(event_text(rows[0]), question) >= _SPOKEN
        return rows[0] if spoken and (not own or (len(grades) == 1 and grades <= own)) else None
    named = [r for r in rows if set(GRADE.findall(_label(r, rows, index))) == grades]
    return named[0] if len(grades) == 1 and len(named) == 1 else None


def _label(row: Entitlement, rows: Sequence[Entitlement], index: ClauseIndex) -> str:
    """What an amount is for by itself: a piece of its occasion that no other has, else the words
    right before it."""
    pieces = [span.text for span in row.event]
    others = {span.text for other in rows if other is not row for span in other.event}
    own = "".join(piece for piece in pieces if piece not in others)
    if GRADE.search(own) or row.amount is None:
        return own
    text = index.clause(row.address)[1].text
    before = [
        r.amount.span.end for r in rows if r.amount and r.amount.span.end < row.amount.span.end
    ]
    return _CUT.split(text[max(before, default=0) : row.amount.span.start])[-1]


def _unit(row: Entitlement, index: ClauseIndex) -> str:
    """Whether a plain amount is for each month or year; nothing where neither is said."""
    amount = row.amount
    # Who it is for is told by the grade.
    more = set(row.unread) - {"subject"} or row.caps or row.increments or row.tiers or row.bounds
    if amount is None or amount.unit != MONEY or amount.low is not None or more or not row.years:
        return ""
    said = f"{row.each.text if row.each else ''}{row.frequency.text if row.frequency else ''}"
    if re.search("次|天|日|平方米|亩|项|个(?!月)", said):
        return ""
    return next((unit for unit, often in _OFTEN.items() if often.search(said)), "")


def _time(
    longest: Quantity | None, unit: str, times: Sequence[Fact], question: str, working: Working
) -> Decimal | None:
    """For how many months or years it is asked, no longer than it is given."""
    if not times:
        return whole_span(longest, unit, times, question, working)
    fact = times[0]
    if fact.unit == unit:
        return held_to_span(fact.value, unit, longest, working)
    return in_months(fact.value, longest, working) if unit == "月" else None
