"""Amounts for each person that rise with a time reached, for groups that each reached another: 12个人干满一年，5个人
干满半年; or how much more as many get for the longer time: 20个人干一年比干半年能多拿多少."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.bounds import NOT_REACHED, as_written, is_money
from server.sums.facts import Fact
from server.sums.likeness import Likeness, own_pieces
from server.sums.money import written
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.units import units_of
from server.sums.working import Working

__all__ = ["by_time"]

_MONTHS = {"年": Decimal(12), "月": Decimal(1)}
_PERSON = "人"
#: Of a time that was not reached nobody knows how long it was.
_SHORT = re.compile(r"(?:不|未|没|差|离)[^，,。；;\d]{0,4}$|还[没差]")
_MORE = re.compile(r"多(?:拿|领|得|给|补|发|奖|享受)[到出了]?(?:多少|几|好多)")
#: 都满了半年，要是再干半年 compares no two times.
_THAN = re.compile(r"比|[和跟与]")
_BREAK = re.compile(r"[，,。；;：:、！!？?]")


def by_time(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What groups of persons come to, each at the amount of the time that it reached.

    None where the clause that fits best has no such amounts, or one time is stated; no sum where it
    is not told which group reached which.
    """
    if not retrieval.hits:
        return None
    question, index = retrieval.understanding.text, likeness.retriever.index
    rows = _steps(index.measures(retrieval.hits[0].passage.address))
    times = [f for f in facts if f.unit in _MONTHS]
    persons = _groups(facts)
    if len(rows) < 2 or len(times) < 2 or not persons:
        return None
    counted = [f for f in facts if f.unit in (_PERSON, "个")]
    rest = [f for f in facts if f not in (*times, *counted) and f.value != 1]
    if rest or any(f.part or f.vague or f.left_out for f in (*times, *persons)):
        return STOPPED
    if any(_SHORT.search(f.before) for f in times):
        return STOPPED
    if not _MORE.search(question):
        pairs = _pairs(persons, times, question)
        return _worked(pairs, rows) if pairs else STOPPED
    compared = len(times) == 2 and _THAN.search(question[times[0].start : times[1].start])
    if len(persons) != 1 or not compared:
        return STOPPED
    return _worked([(persons[0], time) for time in times], rows, more=True)


def _groups(facts: Sequence[Fact]) -> list[Fact]:
    """The numbers of persons without that of all of them: 12个劳动力，8个满一年，4个满半年."""
    persons = [f for f in facts if f.unit == _PERSON]
    if persons:
        persons = [f for f in facts if f in persons or (f.unit == "个" and f.value > 1)]
    parts = persons[1:]
    total = len(parts) > 1 and sum((f.value for f in parts), Decimal(0)) == persons[0].value
    return parts if total else persons


def _steps(rows: Sequence[Entitlement]) -> list[Entitlement]:
    """The measures of an amount for each person from a time on, where nothing else tells them
    apart, the shortest time first; none where any is not of that kind."""
    own = [row for row in rows if row.amount and set(units_of(row)) == {_PERSON}]
    own = [row for row in own if any(b.quantity.unit in _MONTHS for b in row.bounds)]
    if len(own) < 2 or not all(map(_is_plain, own)):
        return []
    if len({_from(row) for row in own}) < len(own):
        return []
    if len({row.bounds[0].of.text for row in own if row.bounds[0].of}) > 1:
        return []
    if len({row.subject.text for row in own if row.subject}) > 1:
        return []
    told = all(
        row.bounds[0].quantity.span.text in span.text
        for row in own
        for span in own_pieces(row, own)
    )
    return sorted(own, key=_from) if told else []


def _is_plain(row: Entitlement) -> bool:
    amount = row.amount is not None and row.amount.unit.split("/")[0] == MONEY
    one = amount and row.amount is not None and row.amount.low is None and not row.rate
    limits = row.years or row.increments or row.unread or row.ceilings or row.tiers
    from_on = len(row.bounds) == 1 and row.bounds[0].relation in (">", ">=")
    return bool(one and from_on and not limits and all(map(is_money, row.caps)))


def _from(row: Entitlement) -> Decimal:
    return _in_months(row.bounds[0])


def _in_months(bound: Bound) -> Decimal:
    return bound.quantity.value * _MONTHS[bound.quantity.unit]


def _pairs(
    persons: Sequence[Fact], times: Sequence[Fact], question: str
) -> list[tuple[Fact, Fact]]:
    """The groups, each with its time, said in turn; none where that is not told."""
    order = sorted([*persons, *times], key=lambda fact: fact.start)
    kinds = [fact in persons for fact in order]
    if len(persons) != len(times) or kinds != [kinds[0], not kinds[0]] * len(times):
        return []
    pairs = list(zip(order[::2], order[1::2], strict=True))
    for (_, end), (begin, _) in pairwise(pairs):
        if not _BREAK.search(question[end.start + len(end.written) : begin.start]):
            # 招了12人，一年的5人，半年的4人: nothing parts what is said of two groups.
            return []
    return [(one, other) if kinds[0] else (other, one) for one, other in pairs]


def _worked(
    pairs: Sequence[tuple[Fact, Fact]], rows: Sequence[Entitlement], more: bool = False
) -> Sum:
    working, values, caps = (
        Working(),
        list[Decimal](),
        dict.fromkeys(c for r in rows for c in r.caps),
    )
    for who, time in pairs:
        value = _one(who, time, rows, working)
        if value is None:
            return STOPPED
        values.append(value)
    if more and (caps or values[0] == values[1]):
        return STOPPED
    if more:
        return worked_held(working.minus(max(values), min(values)), working)
    total = working.plus(values)
    for cap in caps if total else ():
        name = "每年上限" if cap.yearly else "上限"
        total = working.capped(total, cap.quantity.value, name, cap.quantity.span)
    return worked_held(total, working)


def _one(who: Fact, time: Fact, rows: Sequence[Entitlement], working: Working) -> Decimal | None:
    """What one group comes to; None where its time may be more or less than a threshold."""
    value = time.value * _MONTHS[time.unit]
    if any(row.bounds[0].relation == ">" and _from(row) == value for row in rows):
        return None
    reached = [row for row in rows if _from(row) <= value]
    if not reached:
        bound = rows[0].bounds[0]
        short = f"{written(time.value, time.unit)} {NOT_REACHED[bound.relation]}{as_written(bound)}"
        working.says(f"{short}，不能享受", bound.quantity.span)
        return Decimal(0)
    row = reached[-1]
    bound = row.bounds[0]
    working.says(f"{time.written}，适用{as_written(bound)}以上一档", bound.quantity.span)
    assert row.amount is not None
    return working.times([(who.value, who.unit)], row.amount)
