"""A monthly total over the months that a question states, or that a clause counts in a year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements.quantities import MONEY
from server.sums.facts import Fact
from server.sums.money import plain, written
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
) -> Decimal | None:
    """A monthly total over the months stated; None where they are not stated, or only some lines
    are monthly."""
    if not any(monthly) or total is None:
        return total
    months = _months(facts, question, text)
    if months is None or not all(monthly):
        return None
    if months == 1:
        return total
    outcome = total * months
    unit = "12个月/年" if months == 12 else f"{plain(months)}个月"
    working.says(f"{written(total, MONEY)} × {unit} = {written(outcome, MONEY)}")
    return outcome


def _months(facts: Sequence[Fact], question: str, text: str) -> Decimal | None:
    """The months stated or asked for; of a year as many as the clause counts."""
    own = _MONTHS_A_YEAR.search(text)
    year = Decimal(own["n"] if own else 12)
    stated = [fact for fact in facts if fact.unit in ("月", "年") and not fact.past]
    if len(stated) == 1:
        return stated[0].value * (year if stated[0].unit == "年" else 1)
    if not stated and _YEAR.search(question):
        return year
    return Decimal(1) if not stated and _MONTH.search(question) else None
