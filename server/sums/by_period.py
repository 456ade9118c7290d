"""Persons that a question counts month by month, as all of them: 1月增员17人、2月增员29人."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.entitlements import Entitlement
from server.sums.facts import Fact
from server.sums.money import plain
from server.sums.units import units_of

__all__ = ["all_periods"]

_PERIOD = re.compile(
    r"(?:20\d{2}年|[今去]年)?(?:\d{1,2}月份?|(?:第?[一二三四1-4]季度)|[上下]半年|[本上]月)"
)
#: What is counted is said behind the period: 增员.
_LEAST = 2


def all_periods(
    facts: Sequence[Fact], rows: Sequence[tuple[Entitlement, float]]
) -> tuple[Fact, ...]:
    """The facts with persons of several periods added up, where the clause that fits best gives an
    amount once for each person.

    Left as they are where the numbers are told apart by anything but their periods.
    """
    persons = [f for f in facts if f.unit == "人" and not (f.past or f.part or f.vague)]
    own = [set(units_of(row)) for row, prior in rows if prior == 1 and row.amount]
    once = any("人" in units for units in own) and not any({"月", "日"} & units for units in own)
    if len(persons) < 2 or not once or len(persons) < sum(f.unit == "人" for f in facts):
        return tuple(facts)
    periods = [_PERIOD.findall(f.before) for f in persons]
    names = [re.sub(r"[^\u4e00-\u9fff]", "", _PERIOD.sub("", f.before)) for f in persons]
    shortest = min(names, key=len)
    alike = len(shortest) >= _LEAST and all(name.endswith(shortest) for name in names)
    each = all(len(found) == 1 for found in periods)
    if not alike or not each or len({found[0] for found in periods}) < len(persons):
        return tuple(facts)
    total = sum((f.value for f in persons), Decimal(0))
    line = f"{' + '.join(f'{plain(f.value)}人' for f in persons)} = {plain(total)}人"
    all_ = replace(persons[0], value=total, written=f"{plain(total)}人", derived=(line,))
    return tuple(all_ if f is persons[0] else f for f in facts if f not in persons[1:])
