"""Rent of a year or a month over years with shares of their own: 第一年、第二年50%，第三年30%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.numerals import read_numeral
from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.bounds import is_money
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text
from server.sums.money import written
from server.sums.ratios import AREA
from server.sums.rents.rent import all_read
from server.sums.rents.rent_limits import is_most_area
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["rent_by_year"]

_OF_RENT = re.compile(r"租金|房租")
_ORDER = re.compile(r"第([一二三四五])年")
_NTH = re.compile(r"第([一二三四五])年|头([一两二三])年|前([两二三])年")
_YEARLY = re.compile(r"每年|一年|年租|全年|年度")
_MONTHLY = re.compile(r"每个?月|一个月|月租|月付")
_EACH_METRE = re.compile(r"[每一]\s*(?:平|㎡)|/\s*(?:平|㎡)|单价")


def rent_by_year(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is given for rent over years of which each has its share; None where the clause has none.

    No sum for more space than counts, or where it is not said what the rent is for.
    """
    money = [fact for fact in facts if fact.unit == MONEY]
    if not retrieval.hits or len(money) != 1:
        return None
    address, question = retrieval.hits[0].passage.address, retrieval.understanding.text
    index = likeness.retriever.index
    text = index.clause(address)[1].text
    rows = [r for r in index.measures(address) if r.rate and r.base and not r.unread]
    shares = _by_year(rows)
    wanted = _wanted(facts, question)
    if not shares or not wanted or _EACH_METRE.search(money[0].words):
        return None
    yearly, monthly = (p.search(money[0].words) for p in (_YEARLY, _MONTHLY))
    if bool(yearly) == bool(monthly) or not all_read(rows, text) or _too_large(facts, text):
        return STOPPED
    if _stated_besides(facts, money[0]) or not set(wanted) <= shares.keys():
        return STOPPED
    return _worked(money[0], bool(monthly), [shares[number] for number in wanted])


def _by_year(rows: Sequence[Entitlement]) -> dict[int, Entitlement]:
    """The measure of each year; nothing unless each year has just one."""
    found: dict[int, Entitlement] = {}
    for row in rows:
        numbers = [read_numeral(match[1]) for match in _ORDER.finditer(event_text(row))]
        of_rent = row.base and _OF_RENT.search(row.base.text)
        if not numbers or not of_rent or any(number in found for number in numbers):
            return {}
        found |= dict.fromkeys(numbers, row)
    return found if len(rows) > 1 and sorted(found) == list(range(1, len(found) + 1)) else {}


def _wanted(facts: Sequence[Fact], question: str) -> list[int]:
    """The years asked for: 三年 are the first three, 第三年 is one."""
    nth = [match for match in _NTH.finditer(question) if match[1]]
    if nth:
        return sorted({read_numeral(match[1]) for match in nth})
    years = [fact.value for fact in facts if fact.unit == "年" and not fact.past]
    return list(range(1, int(years[0]) + 1)) if len(years) == 1 and years[0] <= 10 else []


def _too_large(facts: Sequence[Fact], text: str) -> bool:
    """Whether more space is rented than counts: of what is above nothing is known."""
    areas = [fact.value for fact in facts if fact.unit == AREA]
    most = [q.value for q in find_quantities(text) if is_most_area(text, q)]
    return bool(areas and most) and max(areas) > min(most)


def _stated_besides(facts: Sequence[Fact], rent: Fact) -> bool:
    known = ("年", AREA)
    return any(fact is not rent and fact.unit not in known and fact.value != 1 for fact in facts)


def _worked(rent: Fact, monthly: bool, rows: Sequence[Entitlement]) -> Sum:
    working, values = Working(), []
    yearly = rent.value
    if monthly:
        yearly = rent.value * 12
        working.says(f"{written(rent.value, MONEY)} × 12个月/年 = {written(yearly, MONEY)}")
    for row in rows:
        assert row.rate is not None
        value = working.share(yearly, row.rate)
        for cap in (cap for cap in row.caps if is_money(cap) and cap.yearly):
            value = working.capped(value, cap.quantity.value, "每年上限", cap.quantity.span)
        values.append(value)
    total: Decimal = working.plus(values)
    whole = {cap for row in rows for cap in row.caps if is_money(cap) and not cap.yearly}
    for cap in sorted(whole, key=lambda one: one.quantity.value):
        total = working.capped(total, cap.quantity.value, "上限", cap.quantity.span)
    most = "最高" if working.caps else ""
    return Sum(
        Calculation(
            total,
            MONEY,
            f"{most}{written(total, MONEY)}",
            tuple(working.steps),
            tuple(dict.fromkeys(working.caps)),
        ),
        unique(working.sources),
    )
