"""An amount said for a month, where a clause gives a share of what several months come to:
给予3个月应缴纳社会保险费50%的补贴 of 一个月社保交18万."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.numerals import read_numeral
from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.rents.rent_of_year import period_said
from server.sums.units import units_of

__all__ = ["over_base_months"]

_MONTHS = re.compile(r"(?<![\d第])(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})个月")
#: …of which the amount is that of one of them.
_AVERAGE = re.compile(r"月[人平]?均|平均|每月")
#: What is said of several months already: 三个月交了54万.
_SEVERAL = re.compile(r"(?P<n>(?!1个)\d{1,2}|[二两三四五六七八九十]{1,2}|[半几多])个月")
#: How far before an amount it is said.
_FAR = 16
_EACH = re.compile(r"每[个名位]?人|人均|一个人")


def over_base_months(
    facts: Sequence[Fact],
    rows: Sequence[tuple[Entitlement, float]],
    question: str,
    likeness: Likeness,
) -> tuple[Fact, ...]:
    """The facts with what is said of one month over the months that a base counts; without what is
    said of a year or for each person, of which nobody knows how much falls into them.

    Left as they are where the measures that fit best are of no months; where these are different
    ones, none of a month are left.
    """
    best = [row for row, prior in rows if prior == 1 and row.base]
    own = [row for row in best if _months(row)]
    bases = {row.base.text for row in own if row.base}
    # 3个月社保费的30% and 社保费的50%: of how many months the second one is, is not said.
    alike = [r for r in best if r.base and any(likeness.mutual(b, r.base.text) for b in bases)]
    counts = {_months(row) for row in (*own, *alike)}
    months = counts.pop() if len(counts) == 1 else None
    if not own or any(units_of(row) for row in own):
        return tuple(facts)
    meant = [
        f
        for f in facts
        if f.unit == MONEY and any(likeness.mutual(base, f.words) for base in bases)
    ]
    changed = {id(f): _over(f, months, question) for f in meant}
    found = (changed.get(id(f), f) for f in facts)
    return tuple(f for f in found if f is not None)


def _months(row: Entitlement) -> Decimal | None:
    """How many months of something a measure gives a share of."""
    base = row.base.text if row.base else ""
    found = _MONTHS.search(base)
    return _number(found["n"]) if found and not _AVERAGE.search(base) else None


def _over(fact: Fact, months: Decimal | None, question: str) -> Fact | None:
    said = re.split("[。；;，,]", question[max(0, fact.start - _FAR) : fact.start])[-1] + fact.words
    if several := _SEVERAL.search(said):
        return fact if _number(several["n"]) == months else None
    period = period_said(fact, question)
    if _EACH.search(said):
        return None
    if period != "月" or months is None:
        return None if period else fact
    value = fact.value * months
    line = f"{written(fact.value, MONEY)}/月 × {plain(months)}个月 = {written(value, MONEY)}"
    return replace(fact, value=value, written=written(value, MONEY), derived=(line,))


def _number(numeral: str) -> Decimal:
    """How many months are said; none where that is not told (几个月)."""
    return Decimal(0 if numeral in "半几多" else read_numeral(numeral))
