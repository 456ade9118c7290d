"""Persons for a time at the amount for what they do, several each for a time of their own: 每人每天300元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.facts import Fact
from server.sums.likeness import Likeness, row_text
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.units import units_of
from server.sums.working import Working
from server.sums.written_out import spelt_out

__all__ = ["days_of_each"]

_TIMES = {"日": "天", "月": "月"}
#: Words are of one measure where this much more of what tells them apart is said there.
_APART = 0.2
#: What somebody does not do is of no measure that is for doing it: 没有直接接触病人.
_DENIED = re.compile(r"(?:没有?|不是|不|并非|未)(?P<what>[^，,。；;、？?的]{2,20})")
#: A name of so many characters says more than 人员.
_NAME = 4
#: What one of several gets is no sum of all.
_FOR_ONE = re.compile(r"(?:每个?人|一个?人|人均)[^，,。；;？?]{0,8}(?:多少|几)")
#: What is said behind it is of all who were told of before.
_ALL = re.compile(r"[都均全各]|每个?人")
_WORDY = re.compile(r"[^\u4e00-\u9fff]|另外?|还?有|其中")
_REST = re.compile(r"其他|其余|其它")


def days_of_each(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What several persons come to, where a question states for each what they do and how long.

    None where the clause that fits best has one amount for a time, or where one time is stated and
    the words do not tell for what.
    """
    if not retrieval.hits:
        return None
    address = retrieval.hits[0].passage.address
    for unit in _TIMES:
        # 也干了14天 counts, 已经满14天 is a condition.
        times = [f for f in facts if f.unit == unit and "满" not in f.words]
        rows = [r for r in likeness.retriever.index.measures(address) if _is_for_each(r, unit)]
        if not times or len(rows) < 2:
            continue
        if len(times) == 1 and (groups := _groups(times[0], facts)):
            return _of_groups(groups, times[0], facts, rows, retrieval.understanding.text, likeness)
        if len(times) == 1:
            return _of_one(times[0], facts, rows, retrieval.understanding.text, likeness)
        who = _persons(times, facts)
        taken = [*times, *(f for f in who if f)]
        rest = [f for f in facts if f not in taken and f.value != 1 and not _is_all(f, times)]
        said = [f"{f.words}，{p.words}" if p else f.words for f, p in zip(times, who, strict=True)]
        meant = [_meant(words, rows, likeness) for words in said]
        if rest or not all(meant):
            return STOPPED
        working = Working()
        values = [
            working.times([*_counted(persons), (fact.value, _TIMES[fact.unit])], row.amount)
            for fact, persons, row in zip(times, who, meant, strict=True)
            if row and row.amount
        ]
        return worked_held(working.plus(values), working)
    return None


def _groups(time: Fact, facts: Sequence[Fact]) -> list[Fact]:
    """The numbers of persons who are all said to do something for one time: 3个人…、另有2个人…，都干了5天."""
    persons = [f for f in facts if f.unit == "人"]
    all_before = all(f.start < time.start for f in persons)
    return persons if len(persons) > 1 and all_before and _ALL.search(time.before) else []


def _of_groups(
    groups: Sequence[Fact],
    time: Fact,
    facts: Sequence[Fact],
    rows: Sequence[Entitlement],
    question: str,
    likeness: Likeness,
) -> Sum:
    """What groups come to, each at the amount for what is said of it, all for the same time."""
    question = spelt_out(question)
    starts = [*(f.start for f in groups), time.start - len(time.before)]
    ends = [f.start + len(f.written) for f in groups]
    behind = [question[end:start] for end, start in zip(ends, starts[1:], strict=True)]
    before = [question[end:start] for end, start in zip([0, *ends], starts[:-1], strict=False)]
    said = behind if all(len(_WORDY.sub("", words)) >= _NAME for words in behind) else before
    meant = [_meant(words, rows, likeness) for words in said]
    rest = [f for f in facts if f not in (*groups, time) and f.value != 1]
    if rest or any(f.part or f.vague for f in (*groups, time)) or _FOR_ONE.search(question):
        return STOPPED
    if any(r is None or not _is_named(r, w) for r, w in zip(meant, said, strict=True)):
        return STOPPED
    working = Working()
    values = [
        working.times([(who.value, "人"), (time.value, _TIMES[time.unit])], row.amount)
        for who, row in zip(groups, meant, strict=True)
        if row and row.amount
    ]
    return worked_held(working.plus(values), working)


def _of_one(
    time: Fact,
    facts: Sequence[Fact],
    rows: Sequence[Entitlement],
    question: str,
    likeness: Likeness,
) -> Sum | None:
    """What some persons come to who all do the same for the same time."""
    persons = [f for f in facts if f.unit == "人" and f.value != 1]
    rest = [f for f in facts if f is not time and f not in persons and f.value != 1]
    if not any(_is_of_others(row) for row in rows):
        # Each may be given beside the other.
        return None
    row = _meant(question, rows, likeness)
    if row is None or row.amount is None or not _is_named(row, question):
        return STOPPED
    each = len(persons) == 1 and _FOR_ONE.search(question)
    if rest or len(persons) > 1 or each or (time.past and time.unit == "月"):
        return STOPPED
    working = Working()
    many = _counted(persons[0]) if persons else []
    return worked_held(working.times([*many, (time.value, _TIMES[time.unit])], row.amount), working)


def _is_of_others(row: Entitlement) -> bool:
    """Whether a measure is for those for whom none before it is."""
    return row.subject is not None and bool(_REST.match(row.subject.text))


def _is_named(row: Entitlement, question: str) -> bool:
    """Whether somebody is said to be one of those that are left, where a measure is for the others."""
    if row.subject is None or not _is_of_others(row):
        return True
    if _REST.search(question) or _DENIED.search(question):
        return True
    names = [_REST.sub("", name) for name in re.split(r"[、和及或]", row.subject.text)]
    return any(len(name) >= _NAME and name in question for name in names)


def _persons(times: Sequence[Fact], facts: Sequence[Fact]) -> list[Fact | None]:
    """For each time the number of persons said right before it: 6个大夫干了14天，4个护士干了7天; none for
    any where not all have one."""
    found: list[Fact | None] = []
    begins = -1
    for time in times:
        before = [f for f in facts if f.unit == "人" and begins < f.start < time.start]
        found.append(before[0] if len(before) == 1 else None)
        begins = time.start
    return found if all(found) else [None] * len(times)


def _counted(persons: Fact | None) -> list[tuple[Decimal, str]]:
    return [(persons.value, "人")] if persons and persons.value > 1 else []


def _is_all(fact: Fact, times: Sequence[Fact]) -> bool:
    """Whether a number of persons is how many they are together: 两口子加起来多少."""
    behind = all(fact.start > one.start for one in times)
    return fact.unit == "人" and fact.value == len(times) and behind


def _is_for_each(row: Entitlement, unit: str) -> bool:
    """Whether a measure is a plain amount for one person and a time, without anything that limits
    it."""
    plain = row.amount is not None and row.amount.unit.split("/")[0] == MONEY and not row.at_most
    limits = row.caps or row.bounds or row.years or row.increments or row.unread or row.ceilings
    return plain and not limits and set(units_of(row)) == {"人", unit}


def _meant(words: str, rows: Sequence[Entitlement], likeness: Likeness) -> Entitlement | None:
    """The measure that the words around a time are of; None where they do not tell.

    Where all but one are for what is said not to be done, it is that one if it is for the others.
    """
    denied = [match["what"] for match in _DENIED.finditer(words)]
    left = [r for r in rows if all((likeness.told(r, rows, d) or 0) < 1 for d in denied)]
    if len(left) == 1:
        return left[0] if _REST.search(row_text(left[0])) else None
    words = _DENIED.sub("", words)
    worth = [(likeness.told(row, rows, words) or 0.0, row) for row in rows]
    ranked = sorted(worth, key=lambda pair: -pair[0])
    (best, row), (second, _) = ranked[0], ranked[1]
    return row if row in left and best - second >= _APART else None
