"""A monthly total over the months that a question states, or that a clause counts in a year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.sums.bounds import holds, time_behind
from server.sums.facts import Fact
from server.sums.money import plain, written
from server.sums.span_of import held_to_span, in_months, whole_span
from server.sums.working import Working

__all__ = ["over_months"]

#: 每年按10个月计算.
_MONTHS_A_YEAR = re.compile(r"每年(?:度)?按(?:照)?(?P<n>\d{1,2})个月")
_YEAR = re.compile(r"全年|一年|每年|年度")
_MONTH = re.compile(r"每个?月|一个月|按月|月租")


def over_months(
    total: Decimal | None,
    monthly: Sequence[bool],
    facts: Sequence[Fact],
    question: str,
    text: str,
    working: Working,
    rows: Sequence[Entitlement] = (),
) -> Decimal | None:
    """A monthly total over the months stated, no more than the measures of the clause are for; None
    where they are not stated, only some lines are monthly, or a time that is demanded is not met."""
    if not any(monthly) or total is None:
        return total
    if any(
        not holds(f.value, b) for row in rows for b in row.bounds for f in time_behind(b, facts)
    ):
        return None
    months = _months(facts, question, text, rows, working)
    if months is None or not all(monthly):
        return None
    if months == 1:
        return total
    outcome = total * months
    unit = "12个月/年" if months == 12 else f"{plain(months)}个月"
    working.says(f"{written(total, MONEY)} × {unit} = {written(outcome, MONEY)}")
    return outcome


def _months(
    facts: Sequence[Fact],
    question: str,
    text: str,
    rows: Sequence[Entitlement],
    working: Working,
) -> Decimal | None:
    """The months stated or asked for; of a year as many as the clause counts."""
    spans = {row.years.span: row.years for row in rows if row.years}
    limit = next(iter(spans.values())) if len(spans) == 1 else None
    if (whole := whole_span(limit, "月", facts, question, working)) is not None:
        return whole
    own = _MONTHS_A_YEAR.search(text)
    year = Decimal(own["n"] if own else 12)
    stated = [fact for fact in facts if fact.unit in ("月", "年") and not fact.past]
    if len(stated) == 1:
        value, unit = stated[0].value, stated[0].unit
        if unit == "年" and not own and limit and limit.unit == "月" and value * 12 > limit.value:
            return in_months(value, limit, working)
        return held_to_span(value, unit, limit, working) * (year if unit == "年" else 1)
    if not stated and _YEAR.search(question):
        return year
    return Decimal(1) if not stated and _MONTH.search(question) else None
