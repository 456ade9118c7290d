"""An amount for the first few and one for each more: 招用3人给予3000元，第4人起每增加1人增加2000元.

Also one amount for each up to a number, and another for each above it: 30家以内的部分每家5000元.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working

__all__ = ["each_more", "each_more_in", "of_first", "then_each"]

_UNIT = r"(?:人|名|个|户|家|台|套|项)"
_MONEY = r"\d[\d.,]{0,9}\s?万?元"
_FORM = re.compile(
    rf"(?P<first>\d{{1,3}}{_UNIT})[^，,。；;\d]{{0,12}}?(?:给予|奖励|补助|补贴|发放)[^，,。；;\d]{{0,8}}(?P<base>{_MONEY})[^，,。；;\d]{{0,8}}"
    rf"[，,；;](?:(?:从)?第(?P<from>\d{{1,3}}){_UNIT}起[，,]?|(?:每)?超过\d{{1,3}}{_UNIT}的(?:部分)?[，,]?)?"
    rf"每(?:再)?(?:增加|多)[^，,。；;\d]{{0,4}}1?{_UNIT}[^，,。；;\d]{{0,8}}?(?:增加|给予|奖励|补助|补贴|增发)[^，,。；;\d]{{0,4}}(?P<more>{_MONEY})"
)
_BANDS = re.compile(
    rf"(?P<first>\d{{1,3}}(?P<unit>{_UNIT}))(?:（含）)?(?:及|或)?以[内下]的?(?:部分)?[，,]?每1?(?P=unit)[^，,。；;\d]{{0,8}}?(?P<base>{_MONEY})"
    rf"[，,；;]\s*(?:超过|超出)(?P<from>\d{{1,3}})(?P=unit)(?:以上)?的?(?:部分)?[，,]?每1?(?P=unit)[^，,。；;\d]{{0,8}}?(?P<more>{_MONEY})"
)
_MOST = re.compile(r"(?:最高|不超过|不得超过|上限|封顶)[^，。；\d]{0,6}$")
#: 当年第1个产品, and what is said of those behind it.
_ONLY_FIRST = re.compile(r"(?<!在)第[1一](?:个|件|项|张|款)|首(?:个|件|款|张)")
_FROM_SECOND = re.compile(r"第[2二](?:个|件|项|张|款)[^，。；]{0,8}起")
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
    if (
        not (_FORM.search(text) or _BANDS.search(text))
        or likeness.share(text[:60], question) < _SPOKEN
    ):
        return None
    return each_more_in(address, index, facts) or STOPPED


def each_more_in(address: Address, index: ClauseIndex, facts: Sequence[Fact]) -> Sum | None:
    """What one clause gives for the number of things that is stated."""
    text = index.clause(address)[1].text
    match = _FORM.search(text)
    if match is None:
        return _banded(address, text, facts)
    first, base, more = (_figure(address, text, match, name) for name in ("first", "base", "more"))
    counted = [f for f in facts if f.unit == first.unit and not f.past and not f.part]
    follows = match["from"] is None or Decimal(match["from"]) == first.value + 1
    if len(counted) != 1 or not follows or any(f.unit == MONEY for f in facts):
        return None
    working, number = Working(), counted[0].value
    if number < first.value:
        least = written(first.value, first.unit)
        working.says(f"{counted[0].written} 未达到{least}，不能享受", first.span)
        return worked_held(Decimal(0), working)
    value = working.times((), base)
    if number > first.value:
        over = working.minus(number, first.value, first.span, unit=first.unit)
        value = working.plus([value, working.times([(over, first.unit)], more)])
    return worked_held(_held(value, address, text, match, working), working)


def _banded(address: Address, text: str, facts: Sequence[Fact]) -> Sum | None:
    """So much for each up to a number, and so much for each above it."""
    match = _BANDS.search(text)
    if match is None:
        return None
    first, base, more = (_figure(address, text, match, name) for name in ("first", "base", "more"))
    counted = [
        f for f in facts if f.unit == first.unit and not f.past and not f.part and f.value > 1
    ]
    joined = Decimal(match["from"]) == first.value
    if len(counted) != 1 or not joined or any(f.unit == MONEY for f in facts):
        return None
    working, number, unit = Working(), counted[0].value, first.unit
    value = working.times([(min(number, first.value), unit)], base)
    if number > first.value:
        over = working.minus(number, first.value, first.span, unit=unit)
        value = working.plus([value, working.times([(over, unit)], more)])
    return worked_held(_held(value, address, text, match, working), working)


def _held(
    value: Decimal, address: Address, text: str, match: re.Match[str], working: Working
) -> Decimal:
    """A value held to the limits that are said behind the amounts."""
    behind = text[match.end() :]
    for q in find_quantities(behind):
        before = re.split("[，,。；;]", behind[: q.start])[-1]
        if q.unit == MONEY and _MOST.search(before):
            cap = quantity_at(address, behind, q, match.end())
            name = "每年上限" if re.search(r"年度|每年|全年", before) else "上限"
            value = working.capped(value, cap.value, name, cap.span)
    return value


def then_each(row: Entitlement, rows: Sequence[Entitlement]) -> Quantity | None:
    """The amount for each one behind the first: 第1个产品奖励8万元，从第2个产品起每个奖励5万元."""
    behind = [
        other.amount
        for other in rows
        if other.amount and row.amount and other.address == row.address
        and other.amount.span.start > row.amount.span.end
        and _FROM_SECOND.search(" ".join(span.text for span in other.event))
    ]  # fmt: skip
    return behind[0] if behind else None


def of_first(row: Entitlement) -> bool:
    """Whether an amount is for the first one only."""
    return any(_ONLY_FIRST.search(span.text) for span in row.event)


def _figure(address: Address, text: str, match: re.Match[str], name: str) -> Quantity:
    found = find_quantities(match[name])[0]
    return quantity_at(address, match[name], found, match.start(name))
