"""Amounts for things of which each costs too little: 每台20万的小设备付了800万, where 单台50万以上 counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound
from server.sums.bounds import holds
from server.sums.facts import Fact
from server.sums.uses import Use

__all__ = ["item_bounds", "too_small"]

_OF_ONE = re.compile(r"[单每][台套件辆张个项只条间]")


def item_bounds(row: Entitlement, fact: Fact) -> list[Bound]:
    """The thresholds of a measure for one thing, in the unit of a fact."""
    return [
        bound
        for bound in row.bounds
        if bound.of and _OF_ONE.search(bound.of.text) and bound.quantity.unit == fact.unit
    ]


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


def _reaches(price: Fact, bound: Bound) -> bool:
    """Whether a price reaches a threshold; 不到50万 does not, 50万以上 does."""
    if re.match(r"(?:[（(]含[）)])?(?:及|的)?以下|以内", price.region[len(price.written) :]):
        return price.value > bound.quantity.value
    if re.search(r"(?:不到|不足|低于|不满|没到|没有)\S{0,2}$", price.words.split(price.written)[0]):
        return price.value > bound.quantity.value
    return holds(price.value, bound)
