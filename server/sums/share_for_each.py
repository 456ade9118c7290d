"""A share of what each person costs, with a limit for each and a time: 按实际租金的60%补贴，每人每月最高800元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.monthly import over_months
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working
from server.sums.written_out import spelt_out

__all__ = ["share_for_each"]

#: For whom a limit is, and for what time: 每人每月最高, 每户每年不超过, 每人次最高.
_EACH = re.compile(
    r"(?:每|单)(?:个)?(?P<who>人次|人|名|户|位)(?:每(?P<time>月|年|次))?[^，。；\d每]{0,10}$|每(?P<only>月)[^，。；\d每]{0,10}$"
)
#: What is stated is that of one: 每人每月租金, 月工资都是2万元.
_OF_ONE = re.compile(
    r"每(?:个|一)?人|每(?:名|位|户|家|人次|次)|人均|各(?:自)?|一个人|一人|都|均为|一次|户均"
)
_TIMES = (
    ("月", re.compile(r"每个?月|月租|一个月|月工资|月薪|月均|按月|月缴|/月|月房租")),
    ("年", re.compile(r"每年|一年|年度|全年|年租|年薪|/年|今年|去年")),
)
#: Time over which something was paid, not time that somebody has behind them.
_OVER = re.compile(r"租|住|交|缴|付|领")
_COUNTED = {"人": ("人", "名", "位"), "人次": ("人次", "次", "人"), "户": ("户", "家")}
_WHOLE_YEAR = Decimal(12)


@dataclass(frozen=True, slots=True)
class _Limit:
    """A limit with whom it is for (人, 人次, 户) and for what time (月, 年, none)."""

    cap: Cap
    who: str
    time: str


def share_for_each(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What the share of the cost of each comes to, each held to the limit, over persons and months.

    None where the clause found first has no such limit or the question states no cost; no sum where
    it is not told whether the cost is that of each, or for what time it is.
    """
    if not retrieval.hits:
        return None
    index, question = likeness.retriever.index, retrieval.understanding.text
    rows = index.measures(retrieval.hits[0].passage.address)
    found = [(row, limit) for row in rows if (limit := _limit(row, index))]
    costs = [f for f in facts if f.unit == MONEY]
    if not found or not costs:
        return None
    if len(found) > 1 or len(costs) > 1:
        return STOPPED if any(f.unit in _COUNTED["人"] and f.value > 1 for f in facts) else None
    row, limit = found[0]
    persons = [f for f in facts if _counts(f, limit) and f.value > 1]
    spans = [f for f in facts if f.unit in ("月", "年")]
    months = [replace(f, past=False) for f in spans if not f.past or _OVER.search(f.words)]
    # 一个月房租1500元 says what the cost is for, not for how long.
    months = [f for f in months if f.value != 1] or months[:1]
    rest = [f for f in facts if f not in (*costs, *persons) and f.value != 1]
    rest = [f for f in rest if f not in spans or (f.past and not _OVER.search(f.words))]
    if rest or len(persons) > 1 or costs[0].part or costs[0].vague or costs[0].is_threshold:
        return STOPPED
    if persons and not (_OF_ONE.search(costs[0].words) or costs[0].of_one):
        return STOPPED
    # 一个月 in 一个月房租1500元 is a figure of its own.
    phrase = re.split("[，,。；;]", spelt_out(question)[: costs[0].start])[-1] + costs[0].words
    time = next((name for name, said in _TIMES if said.search(phrase)), "")
    if limit.time in ("月", "年") and time != limit.time:
        return STOPPED if persons or months else None
    many = persons[0].value if persons else Decimal(1)
    return _worked(row, limit, costs[0].value, many, months, question)


def _worked(
    row: Entitlement, limit: _Limit, cost: Decimal, many: Decimal, months: Sequence[Fact], question: str
) -> Sum:  # fmt: skip
    """The lines: the share of one, its limit, over all of them, over the time, held to the whole."""
    working = Working()
    if row.rate is None:
        return STOPPED
    each = f"每{limit.who}" + (f"每{limit.time}" if limit.time else "")
    one = working.share(cost, row.rate)
    value = working.capped(one, limit.cap.quantity.value, f"{each}上限", limit.cap.quantity.span)
    if many > 1:
        outcome = value * many
        working.says(
            f"{written(many, limit.who)} × {written(value, MONEY)} = {written(outcome, MONEY)}"
        )
        value = outcome
    years = Decimal(1)
    if limit.time == "月":
        total = over_months(value, [True], months, question, "", working, [row])
        if total is None:
            return STOPPED
        years = total / value / _WHOLE_YEAR if value else years
        value = total
    elif any(f.value != 1 for f in months):
        return STOPPED
    for cap in row.caps:
        if cap is limit.cap or cap.quantity.unit != MONEY:
            continue
        if cap.yearly and years > 1:
            return STOPPED
        name = "每年上限" if cap.yearly else "上限"
        value = working.capped(value, cap.quantity.value, name, cap.quantity.span)
    return worked_held(value, working)


def _limit(row: Entitlement, index: ClauseIndex) -> _Limit | None:
    """The limit of a plain share that is one for each person and a time; None where it has none."""
    other = row.amount or row.tiers or row.increments or row.unread or row.ceilings or row.bounds
    if row.rate is None or row.rate.unit != "%" or other or row.deductions:
        return None
    text = index.clause(row.address)[1].text
    for cap in row.caps:
        match = _EACH.search(text[: cap.quantity.span.start])
        if match and cap.quantity.unit.split("/")[0] == MONEY:
            who = {"名": "人", "位": "人"}.get(match["who"] or "人", match["who"] or "人")
            time = match["time"] or match["only"] or ""
            who, time = ("人次", "") if time == "次" else (who, time)
            return _Limit(cap, who, time)
    return None


def _counts(fact: Fact, limit: _Limit) -> bool:
    """Whether a figure says how many there are of those that a limit is for."""
    return fact.unit in _COUNTED[limit.who] and not fact.past
