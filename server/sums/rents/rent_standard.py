"""Support for a rent at so much for a square metre and day or month, which may be more than the rent is: 每平方米每天1元；
租金低于每平方米每天1元的，按照实际租金."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.numerals import read_numeral
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.bounds import is_money
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text
from server.sums.money import plain, written
from server.sums.ratios import AREA
from server.sums.rents.rent_limits import held_area, most_area
from server.sums.rents.rent_of_year import price_said
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.span_of import held_to_span
from server.sums.units import units_of
from server.sums.working import Working

__all__ = ["rent_standard"]

_RENT = re.compile(r"租")
#: No more than the rent is given.
_BY_RENT = re.compile(
    r"(?:低于|不足|少于|未达到?)[^，。；]{0,24}[，,]?(?:按照?|以)实际(?:支付|缴纳|发生)?的?(?:租金|房租|单价|价格|标准)"
    r"|(?:不(?:得)?超过|不高于|以)实际(?:支付|缴纳|发生)?的?(?:租金|房租)"
)
#: How long there has been a company is no time that a rent is paid for: 刚成立一年.
_AGE = re.compile(
    r"(?:成立|注册|创办|开办|设立|创立|开业)(?:才|刚|已经?|了|满|将?近|快|有){0,3}(?=[\d一二两三四五六七八九十半])"
)
_AGE_MOST = re.compile(
    r"(?:成立|注册|创办|开办|设立|创立|开业)[^，。；\d]{0,8}?(?P<not>[不未]满|不?超过|不足|不到|少于|低于|[不未]到)?(?P<n>\d{1,2}|[一二两三四五六七八九十])年(?P<within>(?:以|之)?内|以下)?"
)
_DAYS_A_YEAR = re.compile(r"(?:每|一)年(?:度)?按(?:照)?(?P<n>3\d\d)[天日]")
_FIRST = re.compile(r"前(?P<n>[一二两三四五\d])年")
_WHOLE = re.compile(r"一共|总共|合计|加起来|全部|[领拿补]满")
_ONE_PERIOD = re.compile(r"每个?月|一个月|每[天日]|一[天日]")
_NAMES = {"日": "天", "月": "个月", "年": ""}


@dataclass(frozen=True, slots=True)
class _Case:
    """What a question states of a rent: the area, the rent and for what it is, the years."""

    area: Fact
    rent: Fact | None
    each_metre: bool
    period: str
    years: Fact | None


def rent_standard(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What a rented area comes to at the amount of the clause that fits best, no more than the rent
    where the clause says so.

    None where the clause has no such amount; no sum where it may be more than the rent, and the
    clause does not say what holds then.
    """
    if not retrieval.hits:
        return None
    address, question = retrieval.hits[0].passage.address, retrieval.understanding.text
    index = likeness.retriever.index
    rows = [row for row in index.measures(address) if row.amount or row.rate]
    case = _case(facts, question)
    if len(rows) != 1 or case is None or not (period := _period(rows[0])):
        return None
    row, text = rows[0], index.clause(address)[1].text
    plain = not row.unread and all(bound.quantity.unit == AREA for bound in row.bounds)
    plain = plain and all(is_money(cap) for cap in row.caps)
    if not plain or not _RENT.search(text) or _is_open(case, question):
        return None
    if any(_is_too_old(age, text) for age in _ages(facts)):
        return STOPPED
    return _worked(row, case, period, text, question)


def _case(facts: Sequence[Fact], question: str) -> _Case | None:
    """The area, the rent and the years; None where anything else is stated that would count."""
    areas = [f for f in facts if f.unit == AREA and not f.part and f.value > 1]
    money = [f for f in facts if f.unit == MONEY]
    ages = _ages(facts)
    years = [f for f in facts if f.unit == "年" and not f.past and f not in ages]
    rest = [f for f in facts if f not in (*areas, *money, *years, *ages) and f.value != 1]
    if len(areas) != 1 or len(money) > 1 or len(years) > 1 or rest:
        return None
    each, period = price_said(money[0], question) if money else (False, "")
    return _Case(areas[0], money[0] if money else None, each, period, years[0] if years else None)


def _ages(facts: Sequence[Fact]) -> list[Fact]:
    """The years that there has been a company."""
    return [f for f in facts if f.unit == "年" and _AGE.search(f.before + f.written)]


def _is_too_old(age: Fact, text: str) -> bool:
    """Whether a clause is for younger companies (成立不满三年), or says of the age what is not read."""
    match = _AGE_MOST.search(text)
    if match is None:
        return False
    most = Decimal(read_numeral(match["n"]))
    younger = match["not"] not in (None, "超过") or match["within"]
    return not younger or age.value >= most


def _is_open(case: _Case, question: str) -> bool:
    """Whether it is not told for what a rent is, or what a day or a month gets is asked for."""
    one = case.years is None and _ONE_PERIOD.search(question.split(case.area.written)[-1])
    return bool(case.rent and not case.period) or bool(one and not case.rent)


def _period(row: Entitlement) -> str:
    """For what time an amount for a square metre is given; nothing where it is no such amount."""
    units = set(units_of(row))
    amount = row.amount is not None and row.amount.low is None and row.rate is None
    times = units - {AREA}
    return (
        times.pop() if amount and AREA in units and len(times) == 1 and times <= set(_NAMES) else ""
    )


def _worked(row: Entitlement, case: _Case, period: str, text: str, question: str) -> Sum:
    assert row.amount is not None
    working, assumed = Working(), list[str]()
    most = most_area(row, text)
    area = held_area(case.area.value, most, working) if most else case.area.value
    # Of a rent for all of the area nobody says what the area that counts costs.
    of_all = case.rent is not None and not case.each_metre and area < case.area.value
    yearly = None if of_all else _yearly(row.amount, area, case, period, text, working)
    if yearly is None:
        return STOPPED
    if case.rent is None and _BY_RENT.search(text):
        assumed.append("实际租金不低于条文的标准")
    for cap in (cap for cap in row.caps if cap.yearly):
        yearly = working.capped(yearly, cap.quantity.value, "每年上限", cap.quantity.span)
    years = _years(row, case, question, working, assumed)
    total = working.over(yearly, years, row.amount.span) if years > 1 else yearly
    for cap in (cap for cap in row.caps if not cap.yearly):
        total = working.capped(total, cap.quantity.value, "上限", cap.quantity.span)
    return worked_held(total, working, assumed)


def _yearly(
    amount: Quantity, area: Decimal, case: _Case, period: str, text: str, working: Working
) -> Decimal | None:
    """What a year gets: the amount, or the rent where that is lower and the clause says so; None where
    it is lower and the clause does not."""
    days = _DAYS_A_YEAR.search(text)
    times = {"日": Decimal(days["n"] if days else 365), "月": Decimal(12), "年": Decimal(1)}
    if case.rent is None:
        return _times(area, amount.value, period, times, working, amount)
    rent, standard = case.rent.value, amount.value
    if not case.each_metre:
        standard = _times(area, standard, period, times, working, amount)
        period, area = "年", Decimal(1)
        rent = _times(area, rent, case.period, times, working, None)
    elif case.period != period:
        standard = _times(Decimal(1), standard, period, times, working, amount)
        rent = _times(Decimal(1), rent, case.period, times, working, None)
        period = "年"
    if rent < standard and not _BY_RENT.search(text):
        return None
    over = f"超过标准{written(standard, MONEY)}，按{written(standard, MONEY)}"
    end = over if rent > standard else f"未超过标准{written(standard, MONEY)}"
    working.says(f"{written(rent, MONEY)} {end}", amount.span)
    value = min(rent, standard)
    return _times(area, value, period, times, working, amount) if case.each_metre else value


def _times(
    area: Decimal,
    value: Decimal,
    period: str,
    times: dict[str, Decimal],
    working: Working,
    amount: Quantity | None,
) -> Decimal:
    """An area at a price over the days or months of a year."""
    outcome = area * value * times[period]
    words = [f"{plain(area)}平方米"] if area != 1 else []
    words += [written(value, MONEY)]
    words += [f"{plain(times[period])}{_NAMES[period]}/年"] if period != "年" else []
    if len(words) > 1:
        line = f"{' × '.join(words)} = {written(outcome, MONEY)}"
        working.says(line, *([amount.span] if amount else []))
    return outcome


def _years(
    row: Entitlement, case: _Case, question: str, working: Working, assumed: list[str]
) -> Decimal:
    """For how many years, no more than the clause gives it for."""
    first = next((s for s in row.event if _FIRST.search(s.text)), None)
    match = _FIRST.search(event_text(row))
    longest = row.years
    if longest is None and first and match:
        longest = Quantity(Decimal(read_numeral(match["n"])), "年", first)
    if case.years:
        return held_to_span(case.years.value, "年", longest, working)
    if longest and longest.unit == "年" and _WHOLE.search(question):
        working.says(f"期限{written(longest.value, '年')}", longest.span)
        return longest.value
    assumed.append("按1年算")
    return Decimal(1)
