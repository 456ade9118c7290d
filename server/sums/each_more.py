"""An amount for the first few and one for each more: 招用3人给予3000元，第4人起每增加1人增加2000元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["each_more", "each_more_in"]

_UNIT = r"(?:人|名|个|户|家|台|套|项)"
_MONEY = r"\d[\d.,]{0,9}\s?万?元"
_FORM = re.compile(
    rf"(?P<first>\d{{1,3}}{_UNIT})[^，,。；;\d]{{0,12}}?(?:给予|奖励|补助|补贴|发放)[^，,。；;\d]{{0,8}}(?P<base>{_MONEY})[^，,。；;\d]{{0,8}}"
    rf"[，,；;](?:(?:从)?第(?P<from>\d{{1,3}}){_UNIT}起[，,]?|(?:每)?超过\d{{1,3}}{_UNIT}的(?:部分)?[，,]?)?"
    rf"每(?:再)?(?:增加|多)[^，,。；;\d]{{0,4}}1?{_UNIT}[^，,。；;\d]{{0,8}}?(?:增加|给予|奖励|补助|补贴|增发)[^，,。；;\d]{{0,4}}(?P<more>{_MONEY})"
)
_MOST = re.compile(r"(?:最高|不超过|不得超过|上限|封顶)[^，。；\d]{0,6}$")
#: As much of the sentence must be asked for.
_SPOKEN = 0.1
_NEAR = 3


def each_more(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is given for a number of things by the clause that fits best.

    None where it says no such thing, or the question does not state one number.
    """
    if not retrieval.hits:
        return None
    index, question = likeness.retriever.index, retrieval.understanding.text
    address = retrieval.hits[0].passage.address
    text = index.clause(address)[1].text
    if not _FORM.search(text) or likeness.share(text[:60], question) < _SPOKEN:
        return None
    return each_more_in(address, index, facts) or STOPPED


def each_more_in(address: Address, index: ClauseIndex, facts: Sequence[Fact]) -> Sum | None:
    """What one clause gives for the number of things that is stated."""
    text = index.clause(address)[1].text
    match = _FORM.search(text)
    if match is None:
        return None
    first, base, more = (_figure(address, text, match, name) for name in ("first", "base", "more"))
    counted = [f for f in facts if f.unit == first.unit and not f.past and not f.part]
    follows = match["from"] is None or Decimal(match["from"]) == first.value + 1
    if len(counted) != 1 or not follows or any(f.unit == MONEY for f in facts):
        return None
    working, number = Working(), counted[0].value
    if number < first.value:
        least = written(first.value, first.unit)
        working.says(f"{counted[0].written} 未达到{least}，不能享受", first.span)
        return _sum(Decimal(0), working)
    value = working.times([(Decimal(1), "次")], base)
    if number > first.value:
        over = working.minus(number, first.value, first.span, unit=first.unit)
        value = working.plus([value, working.times([(over, first.unit)], more)])
    stop = text.find("。", match.end())
    behind = text[match.end() : stop if stop >= 0 else None]
    for q in find_quantities(behind):
        if q.unit == MONEY and _MOST.search(behind[: q.start]):
            cap = quantity_at(address, behind, q, match.end())
            value = working.capped(value, cap.value, "上限", cap.span)
    return _sum(value, working)


def _figure(address: Address, text: str, match: re.Match[str], name: str) -> Quantity:
    found = find_quantities(match[name])[0]
    return quantity_at(address, match[name], found, match.start(name))


def _sum(value: Decimal, working: Working) -> Sum:
    steps, caps = tuple(working.steps), tuple(working.caps)
    most = "最高" if caps and value else ""
    return Sum(
        Calculation(value, MONEY, f"{most}{written(value, MONEY)}", steps, caps),
        unique(working.sources),
    )
