"""Persons counted over several clients, where a clause lets them be added: 推荐上岗人数可累加计算."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.bounds import as_written
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working

__all__ = ["counted_together"]

_ADDED = re.compile(
    r"(?:人数|数量|户数|家数|个数|规模)[^，。；]{0,4}(?:可以?|能够?)?(?:累加|累计|合并)计算?"
)
#: What a question counts may be called otherwise than in the clause: 推荐了60个.
_LOOSE = ("个",)


def counted_together(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The amount of the step that several numbers reach together; None where the clause that fits
    best does not let them be added, or the question states one only."""
    if not retrieval.hits:
        return None
    index = likeness.retriever.index
    address = retrieval.hits[0].passage.address
    if not _ADDED.search(index.clause(address)[1].text):
        return None
    steps = [(row, row.bounds[0]) for row in index.measures(address) if _is_step(row)]
    units = {bound.quantity.unit for _, bound in steps}
    limits = {bound.quantity.value for _, bound in steps}
    if len(units) != 1 or len(limits) < max(2, len(steps)):
        return None
    unit = units.pop()
    counted = [f for f in facts if f.unit in (unit, *_LOOSE) and f.value > 1 and not f.past]
    if len(counted) < 2:
        return None
    # 给三家企业分别送了62人、71人、58人 counts the numbers.
    rest = [f for f in facts if f not in counted and f.value not in (1, len(counted))]
    if any(f.part for f in counted) or rest:
        return STOPPED
    return _worked(steps, counted, unit)


def _is_step(row: Entitlement) -> bool:
    """Whether a measure is one amount from a number on."""
    amount = row.amount is not None and row.amount.unit == MONEY
    only = amount and len(row.bounds) == 1 and not (row.unread or row.increments or row.each)
    return only and row.bounds[0].relation == ">=" and row.bounds[0].quantity.unit != MONEY


def _worked(steps: Sequence[tuple[Entitlement, Bound]], counted: Sequence[Fact], unit: str) -> Sum:
    working = Working()
    total = sum((fact.value for fact in counted), Decimal(0))
    unit = counted[0].unit if len({fact.unit for fact in counted}) == 1 else unit
    terms = " + ".join(f"{plain(fact.value)}{unit}" for fact in counted)
    working.says(f"{terms} = {plain(total)}{unit}")
    reached = [pair for pair in steps if total >= pair[1].quantity.value]
    if not reached:
        row, bound = min(steps, key=lambda pair: pair[1].quantity.value)
        working.says(
            f"{plain(total)}{unit} 未达到{as_written(bound)}，不能享受", bound.quantity.span
        )
        return worked_held(Decimal(0), working)
    row, bound = max(reached, key=lambda pair: pair[1].quantity.value)
    working.says(f"{plain(total)}{unit}，适用{as_written(bound)}以上一档", bound.quantity.span)
    assert row.amount is not None
    value = working.times((), row.amount)
    for cap in row.caps:
        value = working.capped(value, cap.quantity.value, "上限", cap.quantity.span)
    return worked_held(value, working)
