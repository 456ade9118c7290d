"""Rent by the square metre and month: the share, its cap for a square metre, the area that counts, the years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap, Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities, read_number
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.as_changed import Changes
from server.sums.bounds import holds, is_money
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text
from server.sums.money import plain, written
from server.sums.ratios import AREA
from server.sums.rents.rent_limits import (
    caps_behind,
    held_area,
    may_be_dearer,
    most_area,
    most_price,
    price_limits,
    prices_unread,
)
from server.sums.result import STOPPED, Sum, as_changed, unique
from server.sums.span_of import asks_for_whole_span
from server.sums.working import Working

__all__ = ["EACH_METRE", "all_read", "rent"]

_OF_RENT = re.compile(r"租金|房租")
#: A price by the square metre.
EACH_METRE = re.compile(r"[一每]\s*(?:平方?米?|㎡)|/\s*(?:平|㎡)|平米?每?[月天日年]|单价")
_DAILY = re.compile(r"[每一][天日]|/[天日]|日租|天租")
_MONTHLY = re.compile(r"每?个?月|/月")
#: What lies beyond gets another share.
_BEYOND = re.compile(
    r"平方米(?:（不?含）)?(?:以上|的)?部分[^。]{0,40}平方米(?:（不?含）)?以上的?部分|(?:超过|超出)的?部分[^。；]{0,12}\d%"
)
_ORDER = re.compile(r"第([一二三四五])个?(?:租期|租赁|合同|租约)?年")
_BY_YEAR = re.compile(
    r"(?:租金|房租)(?:总?额)?(?:的|，)?(?:分别)?(?:给予|按照?)?第一年"
    r"|第一年\d{1,3}%[^。；]{0,40}?(?:的?比例|的?标准)?(?:给予|予以|发放)(?:租金|房租)补[贴助]"
)
_FIRST = re.compile(r"前([一二两三四五\d])年")
_THEN = re.compile(
    r"前(?P<n>[一二两三四\d])年[^，。；%]{0,14}?\d{1,3}%[^，。；%]{0,4}[、，]第(?P<next>[二三四五])年[^，。；%]{0,8}?(?P<share>\d{1,3}%)"
)
#: 期限不超过24个月.
_MONTHS = re.compile(r"(?:期限|时间|最长)[^，。；\d]{0,6}(\d{1,3})个月")
_ASKED_YEARS = re.compile(r"(?:一共|总共|合计|加起来|全部)")


@dataclass(frozen=True, slots=True)
class _Case:
    """What a question says of a rent: the price of a square metre and month, the area, the years."""

    price: Fact
    area: Fact
    years: Fact | None
    nth: int | None


def rent(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is given for a rent that is said by the square metre.

    No sum where the clause holds for a square metre or an area what is not read for certain.
    """
    if not retrieval.hits:
        return None
    question = retrieval.understanding.text
    case = _case(facts, question)
    address = retrieval.hits[0].passage.address
    index = likeness.retriever.index
    changes = Changes(index, retrieval.query.as_of, question)
    text = index.clause(address)[1].text
    rows = [row for row in index.measures(address) if row.rate and not row.unread]
    rows = _rows_of_rent(rows, text)
    if not rows:
        return None
    if case is None:
        return STOPPED if may_be_dearer(facts, text, address, question) else None
    if prices_unread(text, _known(rows)):
        return STOPPED
    if any("/" in b.quantity.unit for row in rows for b in row.bounds) or rows[0].rate is None:
        return None
    if any(row.rate and row.rate.low is not None for row in rows):
        return None
    if (caps := caps_behind(rows, text)) is None:
        return STOPPED
    rows = [replace(row, caps=(*row.caps, *caps)) for row in rows]
    if not all_read(rows, text):
        return STOPPED
    found = _worked([changes.now(row) for row in rows], case, text, question, changes)
    return as_changed(found, changes)


def _worked(
    rows: Sequence[Entitlement], case: _Case, text: str, question: str, changes: Changes
) -> Sum:
    """What measures of rent come to; STOPPED where the years or the caps are not read."""
    steps = _years(rows, case, text, question)
    if not steps or _BEYOND.search(text):
        return STOPPED
    working = Working()
    area = _area(rows[0], case.area, text, changes, working)
    values = [value for row, many, _ in steps
              if (value := _one(row, many, case, area, text, changes, working)) is not None]  # fmt: skip
    if len(values) < len(steps):
        return STOPPED
    total = working.plus(values)
    whole = {cap for row, _, _ in steps for cap in row.caps if is_money(cap) and not cap.yearly}
    for cap in sorted(whole, key=lambda one: one.quantity.value):
        total = working.capped(total, cap.quantity.value, "上限", cap.quantity.span)
    assumed = tuple(dict.fromkeys(said for _, _, said in steps if said))
    display = f"{'最高' if total else ''}{written(total, MONEY)}"
    return Sum(
        Calculation(
            total, MONEY, display, tuple(working.steps), tuple(dict.fromkeys(working.caps)), assumed
        ),
        unique(working.sources),
    )


def _rows_of_rent(rows: Sequence[Entitlement], text: str) -> list[Entitlement]:
    """The shares of rent; what a later year gets (第二年50%) is of the rent said for the first, or
    before all of them (按实际租金给予第一年100%)."""
    own = [row for row in rows if row.base and _OF_RENT.search(row.base.text)]
    ordered = own and all(_ORDER.search(event_text(row)) for row in own)
    later = [row for row in rows if not row.base and _ORDER.search(event_text(row))]
    return [*own, *later] if ordered or (not own and _BY_YEAR.search(text)) else own


def _case(facts: Sequence[Fact], question: str) -> _Case | None:
    """The price and the area of a rent; None where it states anything else that would count."""
    money = [f for f in facts if f.unit == MONEY]
    areas = [f for f in facts if f.unit == AREA and not f.part and f.value > 1]
    years = [f for f in facts if f.unit == "年" and not f.past]
    rest = [f for f in facts if f not in (*money, *areas, *years) and f.value != 1]
    if len(money) != 1 or len(areas) != 1 or len(years) > 1 or rest:
        return None
    price = money[0]
    around = question[max(0, price.start - 12) : price.start + len(price.written) + 14]
    if not EACH_METRE.search(around) or _DAILY.search(around) or not _MONTHLY.search(around):
        return None
    nth = _ORDER.search(question)
    return _Case(price, areas[0], years[0] if years else None, _number(nth[1]) if nth else None)


def all_read(rows: Sequence[Entitlement], text: str) -> bool:
    """Whether every amount behind the share, in its sentence, is a cap or a threshold read."""
    known = _known(rows) | price_limits(text)
    start = max(row.rate.span.end for row in rows if row.rate)
    stop = text.find("。", start)
    return all(
        start + q.start in known
        for q in find_quantities(text[start : stop if stop >= 0 else None])
        if q.unit.split("/")[0] == MONEY
    )


def _known(rows: Sequence[Entitlement]) -> set[int]:
    """Where the caps and thresholds of some measures stand."""
    caps = {cap.quantity.span.start for row in rows for cap in row.caps}
    return caps | {bound.quantity.span.start for row in rows for bound in row.bounds}


def _number(text: str) -> int:
    return int(read_number(text))


def _years(
    rows: Sequence[Entitlement], case: _Case, text: str, question: str
) -> list[tuple[Entitlement, Decimal, str]]:
    """The measures for the years asked for, each over how many, and what is assumed."""
    named = [(row, [_number(m[1]) for m in _ORDER.finditer(event_text(row))]) for row in rows]
    ordered = {number: row for row, numbers in named for number in numbers}
    asked = int(case.years.value) if case.years else None
    if ordered:
        if not all(numbers for _, numbers in named) or len(ordered) != sum(
            len(n) for _, n in named
        ):
            return []
        if case.nth:
            return [(ordered[case.nth], Decimal(1), "")] if case.nth in ordered else []
        wanted = range(1, min(asked or len(ordered), len(ordered)) + 1)
        if not all(number in ordered for number in wanted):
            return []
        said = "" if asked or _ASKED_YEARS.search(question) else f"按{len(ordered)}年全部算"
        return [(ordered[number], Decimal(1), said) for number in wanted]
    if len(rows) != 1:
        return []
    row = rows[0]
    shares = [q for q in find_quantities(_sentence(row, text)) if q.unit == "%"]
    if len(shares) > 1:
        return _then(row, case, text, len(shares), question)
    first, longest = _FIRST.search(text), _longest(row, text)
    if case.nth:
        return [(row, Decimal(1), "")] if first and case.nth <= _number(first[1]) else []
    if not asked and asks_for_whole_span(question):
        return [(row, longest, "")] if longest else []
    many = Decimal(asked or 1)
    said = "" if asked else "按1年算"
    return [(row, min(many, longest) if longest else many, said)]


def _longest(row: Entitlement, text: str) -> Decimal | None:
    """For how many years a clause gives something; None where it does not say."""
    if row.years:
        return row.years.value / (12 if row.years.unit == "月" else 1)
    first, months = _FIRST.search(text), _MONTHS.search(text)
    if first:
        return Decimal(_number(first[1]))
    return Decimal(months[1]) / 12 if months else None


def _sentence(row: Entitlement, text: str) -> str:
    """The sentence that states the share of a measure."""
    at = row.rate.span.start if row.rate else 0
    begin = text.rfind("。", 0, at) + 1
    return text[begin:].split("。")[0]


def _then(
    row: Entitlement, case: _Case, text: str, shares: int, question: str
) -> list[tuple[Entitlement, Decimal, str]]:
    """The years of 前两年按100%、第三年按50%; none where shares are said in any other way."""
    match = _THEN.search(text)
    if not match or shares != 2 or _number(match["next"]) != _number(match["n"]) + 1:
        return []
    span = Span(row.address, match.start("share"), match.end("share"), match["share"])
    later = replace(row, rate=Quantity(read_number(match["share"].rstrip("%")), "%", span))
    last = _number(match["next"])
    if case.nth:
        return [(later if case.nth == last else row, Decimal(1), "")] if case.nth <= last else []
    many = min(int(case.years.value) if case.years else last, last)
    said = "" if case.years or _ASKED_YEARS.search(question) else f"按{last}年全部算"
    whole = [(row, Decimal(min(many, last - 1)), said)]
    return [*whole, (later, Decimal(1), said)] if many == last else whole


def _area(row: Entitlement, own: Fact, text: str, changes: Changes, working: Working) -> Decimal:
    """The area that counts, no more than the clause says."""
    most = most_area(row, text)
    if most is None:
        return own.value
    return held_area(own.value, changes.figure(most), working)


def _one(
    row: Entitlement,
    years: Decimal,
    case: _Case,
    area: Decimal,
    text: str,
    changes: Changes,
    working: Working,
) -> Decimal | None:
    """What one measure comes to; None where its caps are not read for certain."""
    assert row.rate is not None
    for bound in row.bounds:
        least = bound.quantity.unit == AREA and bound.relation in (">", ">=")
        if least and not holds(case.area.value, bound):
            short = f"{case.area.written} 未达到{written(bound.quantity.value, AREA)}，不能享受"
            working.says(short, bound.quantity.span)
            return Decimal(0)
    price = case.price.value
    if limit := most_price(row.address, text):
        most = changes.figure(limit[0])
        if not limit[1]:
            return None
        price = working.capped(price, most.value, "租金单价上限", most.span)
    value = working.share(price, row.rate)
    for cap in row.caps:
        if is_money(cap):
            continue
        if not _is_monthly(cap, text):
            return None
        value = working.capped(value, cap.quantity.value, "每月每平方米上限", cap.quantity.span)
    yearly = value * area * 12
    working.says(
        f"{plain(area)}平方米 × {written(value, MONEY)} × 12个月/年 = {written(yearly, MONEY)}"
    )
    for cap in (cap for cap in row.caps if is_money(cap) and cap.yearly):
        yearly = working.capped(yearly, cap.quantity.value, "每年上限", cap.quantity.span)
    return working.over(yearly, years) if years != 1 else yearly


def _is_monthly(cap: Cap, text: str) -> bool:
    """Whether a cap for a square metre is one for a month: 每月每平方米最高30元."""
    unit = cap.quantity.unit.split("/")
    if AREA not in unit:
        return False
    before = re.split("[，。；]", text[: cap.quantity.span.start])[-1]
    return "月" in unit or "月" in before
