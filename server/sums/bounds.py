"""Thresholds and caps held against what a question states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound, Cap
from indexer.entitlements.quantities import MONEY
from server.sums.facts import COUNTED, Fact
from server.sums.likeness import Likeness

__all__ = [
    "NOT_REACHED",
    "RELATIONS",
    "as_written",
    "holds",
    "is_money",
    "is_of_one",
    "meets",
    "nearest",
    "of_all_kinds",
    "runs_counter",
    "time_behind",
]

#: How a relation is said.
RELATIONS = {">": "超过", ">=": "不低于", "<": "低于", "<=": "不超过"}

#: How it is said that one does not hold.
NOT_REACHED = {">": "未超过", ">=": "未达到", "<": "不低于", "<=": "超过"}

#: A threshold for one of several things.
_OF_ONE = re.compile(r"[单每][台套件辆张个项只条间]")
#: In which direction something changed.
_FELL = re.compile(r"下降|下滑|下跌|减少|减员|降低|回落|降幅|[少降减掉跌缩]了|[降减掉跌缩]\s*\d")
_ROSE = re.compile(r"增[长加幅员]|上升|提高|提升|扩大|新增|涨|净增|[多升增]了")
_LEVEL = "持平"
_EACH_PERSON = re.compile(r"每[人名位]\d|\d元/人")


def is_of_one(bound: Bound) -> bool:
    """Whether a threshold is for one of several things: 单台（套）生产性设备50万元以上."""
    return bound.of is not None and _OF_ONE.search(bound.of.text) is not None


def nearest(bound: Bound, row: Entitlement, fact: Fact, likeness: Likeness) -> bool:
    """Whether a fact belongs to this threshold rather than another of the measure."""
    if fact.unit != bound.quantity.unit:
        return False

    def like(b: Bound) -> float:
        return likeness.mutual(b.of.text if b.of else "", fact.words)

    same = [b for b in row.bounds if b.quantity.unit == fact.unit]
    # 每台都在80万以上 is held against 单台50万元以上, never against what all of them cost.
    same = [b for b in same if is_of_one(b) is fact.of_one] or same
    best = max(same, key=like)
    left, right = (b.of.text if b.of else "" for b in (best, bound))
    # 人数500人以上1000人以下: both ends are of one thing.
    return best is bound or bool(left and right and (left in right or right in left))


def as_written(bound: Bound) -> str:
    """The figure of a threshold as the clause writes it."""
    return re.sub(r"\s", "", bound.quantity.span.text)


def holds(value: Decimal, bound: Bound) -> bool:
    """Whether a value stands in the relation that a threshold asks for."""
    limit = bound.quantity.value
    return {
        ">": value > limit, ">=": value >= limit, "<": value < limit, "<=": value <= limit,
    }[bound.relation]  # fmt: skip


def runs_counter(fact: Fact, bound: Bound, likeness: Likeness) -> bool:
    """Whether a threshold is of a rise and what is stated is a fall, or the other way round; no
    change at all meets one only where that is said to do (持平或增长20%以内)."""
    span = bound.quantity.span
    if bound.quantity.unit != "%" or fact.unit != "%":
        return False
    text = likeness.retriever.index.clause(span.address)[1].text
    words = re.split("[，。；;]", text[: span.start])[-1]
    rises, falls = bool(_ROSE.search(words)), bool(_FELL.search(words))
    if rises == falls:
        return False
    own, other = (_ROSE, _FELL) if rises else (_FELL, _ROSE)
    if other.search(fact.words) and not own.search(fact.words):
        return True
    return not fact.value and _LEVEL not in words


def meets(fact: Fact, bound: Bound, likeness: Likeness) -> bool:
    """Whether a figure stated meets a threshold: 少了10% is no growth of less than 20%."""
    return not runs_counter(fact, bound, likeness) and holds(fact.value, bound)


def time_behind(bound: Bound, facts: Sequence[Fact]) -> list[Fact]:
    """Time that a question says somebody has behind them, in the unit of a threshold."""
    months = {"年": 12, "月": 1}
    unit = bound.quantity.unit
    past = [f for f in facts if f.past and f.unit in months]
    if unit not in months or not past:
        return []
    fact = past[0]
    value = fact.value * months[fact.unit] / months[unit]
    if fact.is_threshold and bound.relation == ">" and value == bound.quantity.value:
        # 满三个月以上 may be more than 3个月.
        return []
    return [replace(fact, value=value, unit=unit)]


def of_all_kinds(bound: Bound, text: str, facts: Sequence[Fact]) -> list[Fact]:
    """The persons of all kinds that a question states, where one threshold stands before amounts for
    several of them: 新增20人以上的，博士每人5000元、硕士每人2000元; none where it does not."""
    behind = re.split(r"[。；;]", text[bound.quantity.span.end :])[0]
    if bound.quantity.unit != "人" or len(_EACH_PERSON.findall(behind)) < 2:
        return []
    return [f for f in facts if f.unit == "人" and not (f.part or f.past)]


def is_money(cap: Cap) -> bool:
    """Whether a cap limits an amount, or one for each thing; not persons, not 元/平方米."""
    money, _, each = cap.quantity.unit.partition("/")
    return money == MONEY and (not each or each in COUNTED)
