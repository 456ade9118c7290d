"""Figures that only add up those stated before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements.quantities import MONEY
from server.sums.fact import Fact

__all__ = ["without_totals"]

_TOTAL = re.compile(r"合计|总共|共计|总计|一共|加起来|加一[起块]|总额")


def without_totals(facts: Sequence[Fact]) -> list[Fact]:
    """Leave out an amount, or a number of persons, that is only what those before it add up to:
    土地600万、设备4000万，合计4600万; 1个博士、2个硕士，三个人加一起."""
    kept: list[Fact] = []
    for fact in facts:
        before = [f.value for f in kept if f.unit == fact.unit and f.unit in (MONEY, "人")]
        said = fact.words if fact.unit == "人" else fact.before
        total = _TOTAL.search(said)
        if not (total and len(before) > 1 and sum(before, Decimal(0)) == fact.value):
            kept.append(fact)
    return kept
