"""Amounts for things of which each costs too little: 每台20万的小设备付了800万, where 单台50万以上 counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound
from server.sums.bounds import holds, is_of_one
from server.sums.facts import Fact
from server.sums.uses import Use

__all__ = ["item_bounds", "too_small", "without_small_rest"]

_REST = re.compile(r"剩下|剩余|其余|余下|其他|别的|另外的")


def item_bounds(row: Entitlement, fact: Fact) -> list[Bound]:
    """The thresholds of a measure for one thing, in the unit of a fact."""
    return [bound for bound in row.bounds if is_of_one(bound) and bound.quantity.unit == fact.unit]


def too_small(uses: Sequence[Use], facts: Sequence[Fact]) -> list[tuple[Use, Fact, Bound]]:
    """The amounts that are for things which do not reach the threshold for one of them.

    A price of one thing holds for the amounts said behind it, up to the next such price.
    """
    prices = [fact for fact in facts if fact.of_one]
    found = []
    for use in uses:
        before = [price for price in prices if price.start < use.fact.start]
        if use.role != "base" or not before or use.fact in prices:
            continue
        price = before[-1]
        found += [(use, price, b) for b in item_bounds(use.row, price) if not _reaches(price, b)]
    return found


def without_small_rest(
    facts: Sequence[Fact], rows: Sequence[tuple[Entitlement, float]]
) -> tuple[Fact, ...]:
    """The figures without the price of what is left, where each thing of that costs too little:
    单台50万以上的付了2600万，剩下都是二十万的小设备.

    Where it costs enough, nobody says how much all of it was: it stays, as a figure that nothing
    can take.
    """
    kept = []
    for fact in facts:
        best = [b for row, prior in rows if prior == 1 for b in item_bounds(row, fact)]
        if not (fact.of_one and best and _REST.search(fact.words)):
            kept.append(fact)
        elif any(_reaches(fact, bound) for bound in best):
            kept.append(replace(fact, of_one=False, vague=True))
    return tuple(kept)


def _reaches(price: Fact, bound: Bound) -> bool:
    """Whether a price reaches a threshold; 不到50万 does not, 50万以上 does."""
    if re.match(r"(?:[（(]含[）)])?(?:及|的)?以下|以内", price.region[len(price.written) :]):
        return price.value > bound.quantity.value
    if re.search(r"(?:不到|不足|低于|不满|没到|没有)\S{0,2}$", price.before):
        return price.value > bound.quantity.value
    return holds(price.value, bound)
