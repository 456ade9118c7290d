"""Points of interest on what is lent, by the months: 按贷款本金给予年化1.5个百分点的贴息."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["of_principal"]

_RATE = re.compile(
    r"(?:本金|贷款(?:金额|额度?|余额))的?[^，。；\d]{0,8}(?:年化|每年|年)(?P<rate>\d{1,2}(?:\.\d{1,4})?\s?(?:%|个百分点))(?=[^，。；\d]{0,8}贴息)"
)
_MOST = re.compile(
    r"本金(?:总额)?[^，。；\d]{0,4}(?:最高|不超过|不得超过|上限为?)[^，。；\d]{0,4}(?P<most>\d[\d.]{0,9}\s?[万亿]?元)"
)
_TERM = re.compile(
    r"(?:期限|时间)[^，。；\d]{0,4}(?:最长|不超过|不得超过)[^，。；\d]{0,4}(?P<term>\d{1,3}\s?(?:个月|年))"
)
_LENT = re.compile(r"贷|借")
_MONTHS = {"月": 1, "年": 12}


def of_principal(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is given of a loan over its months by the clause that fits best."""
    if not retrieval.hits:
        return None
    address, index = retrieval.hits[0].passage.address, likeness.retriever.index
    text = index.clause(address)[1].text
    match = _RATE.search(text)
    money = [f for f in facts if f.unit == MONEY]
    terms = [f for f in facts if f.unit in _MONTHS and not f.past]
    if match is None or not money:
        return None
    others = [f for f in facts if f not in (*money, *terms) and f.value != 1]
    if len(money) != 1 or not _LENT.search(money[0].words) or len(terms) > 1 or others:
        return STOPPED
    return _worked(address, text, match, money[0], terms[0] if terms else None)


def _worked(
    address: Address, text: str, match: re.Match[str], loan: Fact, term: Fact | None
) -> Sum:
    working, value = Working(), loan.value
    if most := _MOST.search(text):
        limit = _quantity(address, most, "most")
        value = working.capped(value, limit.value, "贷款本金上限", limit.span)
    rate = _quantity(address, match, "rate")
    value = working.share(value, Quantity(rate.value, "%", rate.span))
    months = term.value * _MONTHS[term.unit] if term else Decimal(12)
    if longest := _TERM.search(text):
        limit = _quantity(address, longest, "term")
        most_months = limit.value * _MONTHS[limit.unit]
        if months > most_months and term:
            kept = written(limit.value, limit.unit)
            working.says(f"{term.written} 超过期限{kept}，按{kept}", limit.span)
            months, term = most_months, None if limit.unit == "年" else term
    if months != 12:
        yearly, value = value, value * months / 12
        same = value == round(value, 0)
        value = value if same else Decimal(int(value))
        sign = "=" if same else "≈"
        said = f"{written(yearly, MONEY)} × {plain(months)}个月 ÷ 12个月/年 {sign} {written(value, MONEY)}"
        working.says(said, rate.span)
    assumed = ("本金不变算", *(() if term else ("按12个月算",) if months == 12 else ()))
    most_said = "最高" if working.caps else ""
    return Sum(
        Calculation(
            value, MONEY, f"{most_said}{written(value, MONEY)}",
            tuple(working.steps), tuple(working.caps), assumed,
        ),
        unique(working.sources),
    )  # fmt: skip


def _quantity(address: Address, match: re.Match[str], name: str) -> Quantity:
    found = find_quantities(match[name])[0]
    return Quantity(
        found.value, found.unit, Span(address, match.start(name), match.end(name), match[name])
    )
