"""Several supports of one clause, named by the question, for persons over a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.bounds import RELATIONS, as_written, holds
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.result import Sum, unique
from server.sums.units import units_of
from server.sums.working import Working

__all__ = ["supports"]

_KIND = re.compile(r"(?:补贴|补助|津贴|奖励|资助|奖金)$")
_PERSONS = re.compile(
    r"青年|人员|人才|毕业生|学生|老年人|老人|职工|个人|会员|残疾人|医师|教师|博士|硕士"
)


def supports(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What several supports of the clause that fits best come to: 住房、交通、就业三样补贴.

    None unless the question names each by a word of its own, and states only for how many persons
    and how long.
    """
    if not retrieval.hits:
        return None
    question = retrieval.understanding.text
    measures = likeness.retriever.index.measures(retrieval.hits[0].passage.address)
    rows = _named([row for row in measures if row.name], question)
    persons = {f.value for f in facts if f.unit == "人"}
    over = [f for f in facts if f.unit in ("年", "月") and not f.past]
    rest = [f for f in facts if f.unit not in ("人", "年", "月") and f.value != 1]
    if len(rows) < 2 or len(persons) > 1 or len(over) > 1 or rest:
        return None
    if not all(_is_plain(row) for row in rows):
        return None
    many = next(iter(persons), Decimal(1))
    months = over[0].value * (12 if over[0].unit == "年" else 1) if over else None
    behind = max((f.value * (12 if f.unit == "年" else 1) for f in facts if f.past), default=None)
    working, assumed = Working(), list[str]()
    for row in rows:
        said = _met(row, behind)
        if said is None:
            return None
        assumed += said
    values = [_line(row, many, months, working) for row in rows]
    if any(value is None for value in values):
        return None
    total = working.plus([value for value in values if value is not None])
    most = "最高" if any(row.at_most for row in rows) else ""
    display = f"{most}{written(total, MONEY)}"
    steps = tuple(working.steps)
    said_once = tuple(dict.fromkeys(assumed))
    return Sum(
        Calculation(total, MONEY, display, steps, assumptions=said_once), unique(working.sources)
    )


def _named(rows: Sequence[Entitlement], question: str) -> list[Entitlement]:
    """The supports that a question lists by their names; none where a listed one is not found."""
    heads = [(_KIND.sub("", row.name.text), row) for row in rows if row.name]
    for run in re.findall(
        r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,}+(?:、[\u4e00-\u9fff]{2,}+)++", question
    ):
        items = re.split("[、和及与]", run)
        found = [[row for head, row in heads if len(head) >= 2 and head in item] for item in items]
        if all(len(own) == 1 for own in found):
            return [own[0] for own in found]
    return []


def _is_plain(row: Entitlement) -> bool:
    """Whether a support is an amount for a person and a time, without limits in money."""
    amount = row.amount
    own = amount is not None and amount.unit == MONEY and amount.low is None
    limits = any(cap.quantity.unit != "人" for cap in row.caps)
    return own and not row.unread and not limits and set(units_of(row)) <= {"人", "月", "年"}


def _met(row: Entitlement, behind: Decimal | None) -> list[str] | None:
    """What is taken for granted of thresholds of time; None where one is not reached."""
    assumed = []
    for bound in row.bounds:
        months = {"年": 12, "月": 1}.get(bound.quantity.unit)
        of = bound.of.text if bound.of else ""
        if months is None or behind is None:
            assumed.append(f"{of}{RELATIONS[bound.relation]}{as_written(bound)}")
        elif not holds(behind / months, bound):
            return None
    return assumed


def _line(
    row: Entitlement, many: Decimal, months: Decimal | None, working: Working
) -> Decimal | None:
    """The line of one support; None where it is not for persons, or for a time that nobody says."""
    assert row.amount is not None
    units = units_of(row)
    for cap in row.caps:
        if many > cap.quantity.value:
            most = f"{plain(cap.quantity.value)}人"
            working.says(f"{plain(many)}人 超过上限{most}，按{most}", cap.quantity.span)
            many = cap.quantity.value
    persons = "人" in units or (row.subject is not None and _PERSONS.search(row.subject.text))
    if many > 1 and not persons:
        return None
    factors = [(many, "人")] if many > 1 else []
    if "月" in units or "年" in units:
        over = _time(row, units, months, working)
        if over is None:
            return None
        factors.append(over)
    return working.times(factors, row.amount)


def _time(
    row: Entitlement, units: Sequence[str], months: Decimal | None, working: Working
) -> tuple[Decimal, str] | None:
    """For how long a support is given, no longer than the clause says."""
    if months is None:
        return None
    if row.years:
        longest = row.years.value * (12 if row.years.unit == "年" else 1)
        if months > longest:
            limit = f"{plain(row.years.value)}{'年' if row.years.unit == '年' else '个月'}"
            working.says(f"补贴期限{limit}，按{limit}", row.years.span)
            months = longest
    if "月" not in units:
        return None if months % 12 else (months / 12, "年")
    if not months % 12:
        working.says(f"{plain(months / 12)}年 × 12个月/年 = {plain(months)}个月")
    return months, "月"
