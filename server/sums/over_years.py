"""A yearly support over several years, no longer than it is given for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements import Entitlement
from server.sums.bounds import is_money
from server.sums.facts import Fact
from server.sums.money import plain
from server.sums.outcome import Outcome
from server.sums.working import Working

__all__ = ["over_years"]

_ALL_YEARS = re.compile(r"最多能?享受的?年数|享受(?:满|足|几)|几年加起来|年限用满|按最长")


def over_years(
    row: Entitlement, outcome: Outcome, facts: Sequence[Fact], question: str, working: Working
) -> None:
    """A yearly support over the years asked for, no more than it is given for."""
    yearly = [cap for cap in row.caps if cap.yearly and is_money(cap)]
    if not (row.years and yearly and row.years.unit == "年" and len(outcome.low) == 1):
        return
    asked = max((f.value for f in facts if f.unit == "年"), default=Decimal(0))
    years = row.years.value if _ALL_YEARS.search(question) else asked
    if years < 2:
        return
    limit = row.years
    if years > limit.value:
        working.says(
            f"{plain(years)}年 超过期限{plain(limit.value)}年，按{plain(limit.value)}年",
            limit.span,
        )
        years = limit.value
    for cap in yearly:
        low = working.capped(outcome.low[0], cap.quantity.value, "每年上限", cap.quantity.span)
        same = outcome.low[0] == outcome.high[0]
        high = (
            low
            if same
            else working.capped(outcome.high[0], cap.quantity.value, "每年上限", cap.quantity.span)
        )
        outcome.low, outcome.high = [low], [high]
    outcome.over_years = True
    low = working.over(outcome.low[0], years, limit.span)
    high = low if outcome.low == outcome.high else working.over(outcome.high[0], years, limit.span)
    outcome.low, outcome.high = [low], [high]
