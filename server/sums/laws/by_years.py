"""A month's pay for each year of work: 每满一年支付一个月工资, with what begins a year and the highest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.laws.pay_clauses import is_average
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["by_years"]

_EACH = re.compile(r"每满[一1]年[，,]?[^，。；]{0,12}?(?P<figure>[一1]个月)的?[^，。；\d]{0,8}工资")
_WHOLE = re.compile(r"六个月以上不满(?P<figure>一年)的，按(?:照)?一年计算")
_HALF = re.compile(r"不满六个月的，[^，。；]{0,16}?(?P<figure>半个月)的?工资")
_HIGHEST = re.compile(r"平均工资(?P<figure>[三3]倍)的，[^。]{0,60}?[三3]倍的?数额")
_LONGEST = re.compile(r"年限最高不超过(?P<figure>[一二三四五六七八九十\d]{1,3}年)")
_DOUBLE = re.compile(r"经济补偿金?的?标准的(?P<figure>[二两2]倍)")
_PAY = re.compile(r"工资|薪")
_WORKED = re.compile(r"补偿|赔偿金|遣散|N\b")
_UNLAWFUL = re.compile(r"违法|非法|赔偿金|2[Nn]")
#: Other cases of a dismissal, which have rules of their own.
_OTHER = re.compile(r"\+1|代通知|年薪|提前通知")
_NEAR = 8
_HALF_YEAR = 6


@dataclass(frozen=True, slots=True)
class _Case:
    """A wage with the time worked, and the average wage of the place where it is said."""

    wage: Fact
    years: Decimal
    months: Decimal
    average: Fact | None


def by_years(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What the years that somebody worked come to at a month's pay each.

    None where no clause near says so. No sum where a year was begun and the article has no rule for
    it, or the question states more than the pay and the time.
    """
    question, index = retrieval.understanding.text, likeness.retriever.index
    if not retrieval.hits or not _WORKED.search(question):
        return None
    near = list(dict.fromkeys(h.passage.address for h in retrieval.hits[:_NEAR]))
    clauses = [(a, m) for a in near if (m := _EACH.search(index.clause(a)[1].text))]
    if not clauses:
        return None
    case = _case(facts)
    # Two texts may count the years in another way.
    if case is None or len(clauses) > 1 or _OTHER.search(question):
        return STOPPED
    address, match = clauses[0]
    double = None
    if _UNLAWFUL.search(question):
        double = next((q for a in near if (q := _figure(_DOUBLE, a, index))), None)
        if double is None:
            return STOPPED
    return _worked(case, _quantity(match, address), double, index) or STOPPED


def _case(facts: Sequence[Fact]) -> _Case | None:
    money = [f for f in facts if f.unit == MONEY]
    averages = [f for f in money if is_average(f.words)]
    wages = [f for f in money if f not in averages and _PAY.search(f.words)]
    years = [f for f in facts if f.unit == "年"]
    months = [f for f in facts if f.unit == "月"]
    rest = [f for f in facts if f not in (*money, *years, *months) and f.value != 1]
    enough = len(wages) == 1 and len(averages) < 2 and len(money) == 1 + len(averages)
    if rest or not enough or len(years) > 1 or len(months) > 1 or not (years or months):
        return None
    if years and months and not 0 < months[0].start - years[0].start < 6:
        return None
    return _Case(
        wages[0],
        years[0].value if years else Decimal(0),
        months[0].value if months else Decimal(0),
        averages[0] if averages else None,
    )


def _quantity(match: re.Match[str], address: Address) -> Quantity:
    q = next(iter(find_quantities(match["figure"])), None)
    start, end = match.span("figure")
    if q is None:
        return Quantity(Decimal("0.5"), "月", Span(address, start, end, match["figure"]))
    return quantity_at(address, match["figure"], q, start)


def _figure(pattern: re.Pattern[str], address: Address, index: ClauseIndex) -> Quantity | None:
    """The one figure that a pattern finds in an article, with its place."""
    outline = index.readings[address.document].outline
    article = address.path.article
    for clause in outline.clauses:
        if article.contains(clause.path) and (match := pattern.search(clause.text)):
            return _quantity(match, Address(address.document, clause.path))
    return None


def _worked(case: _Case, each: Quantity, double: Quantity | None, index: ClauseIndex) -> Sum | None:
    working, address = Working(), each.span.address
    whole, half = (_figure(p, address, index) for p in (_WHOLE, _HALF))
    highest, longest = (_figure(p, address, index) for p in (_HIGHEST, _LONGEST))
    years, left = case.years + case.months // 12, case.months % 12
    if case.months >= 12 or years != int(years) or (left and not (whole and half)):
        return None
    if left >= _HALF_YEAR and whole:
        working.says(f"{plain(left)}个月 按1年算", whole.span)
        if years:
            working.says(f"{plain(years)}年 + 1年 = {plain(years + 1)}年", whole.span)
        years, left = years + 1, Decimal(0)
    wage, assumed = case.wage.value, []
    if highest and case.average is None:
        assumed.append(f"月工资不高于当地职工月平均工资的{plain(highest.value)}倍")
    elif highest and case.average:
        most = working.share(case.average.value, highest)
        high = wage > most
        wage = working.capped(wage, most, "上限", highest.span)
        if high and longest and years + (1 if left else 0) > longest.value:
            limit = f"{plain(longest.value)}年"
            working.says(f"{plain(years)}年 超过上限{limit}，按{limit}", longest.span)
            years, left = longest.value, Decimal(0)
    values = []
    if years:
        line = f"{plain(years)}年 × {plain(each.value)}个月/年 = {plain(years)}个月"
        working.says(line, each.span)
        values.append(working.months(Quantity(years, "月", each.span), wage))
    if left and half:
        values.append(working.months(half, wage))
    value = working.plus(values)
    if double:
        value = working.share(value, double)
    small = value < 1_000_000 and not re.search("[万亿]", case.wage.written)
    display = f"{plain(value)}{MONEY}" if small else written(value, MONEY)
    steps = tuple(working.steps)
    calculation = Calculation(value, MONEY, display, steps, assumptions=tuple(assumed))
    return Sum(calculation, unique(working.sources))
