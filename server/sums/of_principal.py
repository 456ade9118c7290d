"""Points of interest on what is lent, by the months: 按贷款本金给予年化1.5个百分点的贴息, with a share of
what is guaranteed where the clause gives that too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Cap, Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.bounds import is_money
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working

__all__ = ["of_principal"]

_RATE = re.compile(
    r"(?:本金|贷款(?:金额|额度?|余额))的?[^，。；\d]{0,8}(?:年化|每年|年)(?P<rate>\d{1,2}(?:\.\d{1,4})?\s?(?:%|个百分点))(?=[^，。；\d]{0,8}贴息)"
)
#: 按年利率2%给予贴息; 按照不超过年利率2%给予贴息.
_YEARLY_RATE = re.compile(
    r"按照?(?P<most>不超过|不高于)?年(?:化)?(?:利)?率(?P<rate>\d{1,2}(?:\.\d{1,4})?\s?%)(?=[^，。；\d]{0,8}贴息)"
)
#: 由担保机构担保的，另按担保额的0.5%补助担保费，每年最高10万元.
_GUARANTEED = re.compile(
    r"担保[^，。；\d]{0,6}，(?:另|再)?按照?(?:实际)?担保(?:金)?额的?(?P<rate>\d{1,2}(?:\.\d{1,4})?\s?[%‰])[^，。；\d]{0,6}担保费[^，。；\d]{0,4}(?:，(?P<of>[^，。；\d]{0,10}?)(?:最高|不超过)(?P<most>\d[\d.]{0,9}\s?万?元))?"
)
_BOTH = re.compile(r"担保费")
_ALL_GUARANTEED = re.compile(r"全额|全部|足额")
_MOST = re.compile(
    r"本金(?:总额)?[^，。；\d]{0,4}(?:最高|不超过|不得超过|上限为?)[^，。；\d]{0,4}(?P<most>\d[\d.]{0,9}\s?[万亿]?元)"
)
_TERM = re.compile(
    r"(?:期限|时间)[^，。；\d]{0,4}(?:最长|不超过|不得超过)[^，。；\d]{0,4}(?P<term>\d{1,3}\s?(?:个月|年))"
)
#: 每笔贷款贴息12个月.
_TERM_OF_EACH = re.compile(r"每笔[^，。；\d]{0,6}贴息(?P<term>\d{1,3}\s?(?:个月|年))(?=[，。；])")
#: Only some of it is guaranteed.
_PART_ONLY = re.compile(r"部分担保|比例担保|担保(?:比例|责任)|其中[^，。；]{0,12}担保")
_LENT = re.compile(r"贷|借")
#: 已享受设备补助的项目，不再给予贷款贴息, and a question that says so of itself.
_NO_MORE = re.compile(r"已(?:经)?(?:享受|获得|领取|得到)[^。；]{2,30}不(?:再|予|得)")
_HAD = re.compile(
    r"(?<!没)(?<!未)(?<!没有)(?:拿|领|享受|获得|申请|得|批)(?:了|过|到)[^，,。；]{0,10}(?:补[助贴]|奖|支持|资金)"
)
_MONTHS = {"月": 1, "年": 12}


def of_principal(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is given of a loan over its months by the clause that fits best."""
    if not retrieval.hits:
        return None
    address, index = retrieval.hits[0].passage.address, likeness.retriever.index
    text = index.clause(address)[1].text
    match = _RATE.search(text) or _YEARLY_RATE.search(text)
    money = [f for f in facts if f.unit == MONEY]
    terms = [f for f in facts if f.unit in _MONTHS and not f.past]
    # 两年内本金没还，两年下来一共多少: the same time, said twice.
    same = len({f.value * _MONTHS[f.unit] for f in terms}) == 1
    if match is None or not money:
        return None
    others = [f for f in facts if f not in (*money, *terms) and f.value != 1]
    if len(money) != 1 or not _LENT.search(money[0].words) or others or not (same or not terms):
        return STOPPED
    question = retrieval.query.text
    if _NO_MORE.search(text) and _HAD.search(question):
        return STOPPED
    working, assumed = Working(), list[str]()
    caps = _caps(address, match, index)
    term = terms[0] if terms else None
    lent = _subsidy(address, text, match, money[0], term, caps, working, assumed)
    if lent is None:
        return STOPPED
    value = lent
    if match.groupdict().get("most"):
        assumed.append(f"按最高的{match['rate']}算")
    guaranteed = _GUARANTEED.search(text)
    if guaranteed and _BOTH.search(question):
        if not re.search("贴息|利息", question) or terms or _PART_ONLY.search(question):
            return STOPPED
        if not _ALL_GUARANTEED.search(question):
            assumed.append("按贷款全额担保算")
        share = _of_guarantee(address, guaranteed, money[0], working)
        value = working.plus([value, share])
    return worked_held(value, working, assumed)


def _caps(address: Address, match: re.Match[str], index: ClauseIndex) -> list[Cap]:
    """The limits in money of the measure of a rate."""
    at = match.start("rate")
    rows = [row for row in index.measures(address) if row.rate and row.rate.span.start == at]
    return [cap for row in rows for cap in row.caps if is_money(cap)]


def _held(value: Decimal, caps: Sequence[Cap], working: Working) -> Decimal:
    for cap in caps:
        name = "每年上限" if cap.yearly else "上限"
        value = working.capped(value, cap.quantity.value, name, cap.quantity.span)
    return value


def _of_guarantee(address: Address, match: re.Match[str], loan: Fact, working: Working) -> Decimal:
    """The share of what is guaranteed, within its limit."""
    value = working.share(loan.value, _quantity(address, match, "rate"))
    if not match["most"]:
        return value
    most = _quantity(address, match, "most")
    name = "每年上限" if "年" in match["of"] else "上限"
    return working.capped(value, most.value, name, most.span)


def _subsidy(
    address: Address, text: str, match: re.Match[str], loan: Fact, term: Fact | None,
    caps: Sequence[Cap], working: Working, assumed: list[str],
) -> Decimal | None:  # fmt: skip
    """Interest on a loan, no more than counts, over its months and within its limits; None where one for
    a year holds for a part of a year that nobody knows."""
    value = loan.value
    if most := _MOST.search(text):
        limit = _quantity(address, most, "most")
        value = working.capped(value, limit.value, "贷款本金上限", limit.span)
    rate = _quantity(address, match, "rate")
    value = working.share(value, Quantity(rate.value, "%", rate.span))
    months = term.value * _MONTHS[term.unit] if term else Decimal(12)
    if longest := _TERM.search(text) or _TERM_OF_EACH.search(text):
        limit = _quantity(address, longest, "term")
        most_months = limit.value * _MONTHS[limit.unit]
        if months > most_months and term:
            kept = written(limit.value, limit.unit)
            working.says(f"{term.written} 超过期限{kept}，按{kept}", limit.span)
            months, term = most_months, None if limit.unit == "年" else term
    yearly = [cap for cap in caps if cap.yearly] if months > 12 else []
    held = _held(value, yearly, working)
    if held < value and months % 12:
        return None
    value = _over(held, months, rate, working)
    value = _held(value, [cap for cap in caps if cap not in yearly], working)
    assumed += ["本金不变算", *([] if term else ["按12个月算"] if months == 12 else [])]
    return value


def _over(yearly: Decimal, months: Decimal, rate: Quantity, working: Working) -> Decimal:
    """The interest of a year over some months."""
    if months == 12:
        return yearly
    if months > 12 and not months % 12:
        return working.over(yearly, months / 12, rate.span)
    value = yearly * months / 12
    same = value == round(value, 0)
    value = value if same else Decimal(int(value))
    sign = "=" if same else "≈"
    said = (
        f"{written(yearly, MONEY)} × {plain(months)}个月 ÷ 12个月/年 {sign} {written(value, MONEY)}"
    )
    working.says(said, rate.span)
    return value


def _quantity(address: Address, match: re.Match[str], name: str) -> Quantity:
    found = find_quantities(match[name])[0]
    return Quantity(
        found.value, found.unit, Span(address, match.start(name), match.end(name), match[name])
    )
