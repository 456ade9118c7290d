"""Thresholds and caps held against what a question states."""

from __future__ import annotations

import re
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound, Cap
from indexer.entitlements.quantities import MONEY
from server.sums.facts import COUNTED, Fact
from server.sums.likeness import Likeness

__all__ = ["NOT_REACHED", "RELATIONS", "as_written", "holds", "is_money", "nearest"]

#: How a relation is said.
RELATIONS = {">": "超过", ">=": "不低于", "<": "低于", "<=": "不超过"}

#: How it is said that one does not hold.
NOT_REACHED = {">": "未超过", ">=": "未达到", "<": "不低于", "<=": "超过"}


def nearest(bound: Bound, row: Entitlement, fact: Fact, likeness: Likeness) -> bool:
    """Whether a fact belongs to this threshold rather than another of the measure."""
    if fact.unit != bound.quantity.unit:
        return False

    def like(b: Bound) -> float:
        return likeness.mutual(b.of.text if b.of else "", fact.words)

    same = [b for b in row.bounds if b.quantity.unit == fact.unit]
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


def is_money(cap: Cap) -> bool:
    """Whether a cap limits an amount, or one for each thing; not persons, not 元/平方米."""
    money, _, each = cap.quantity.unit.partition("/")
    return money == MONEY and (not each or each in COUNTED)
