"""What is paid back of support by the years that are left: 违反承诺的，按未履行年限占承诺年限的比例退还资金."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from corpus.address import Address
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from retriever.query import Retrieval
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.working import Working

__all__ = ["paid_back"]

#: 按未满年限占五年的比例退还, 按剩余年限比例退回.
_RULE = re.compile(
    r"按照?(?:其)?(?:未[履满服完][^，。；、]{0,4}年限|(?:剩余|尚未)[^，。；、]{0,6}年限)(?:占[^，。；、]{1,8})?的?比例[^，。；、]{0,4}(?:退|返还|缴回|收回|追回)"
)
_ASKED = re.compile(r"退|返还|还(?:多少|回|给)|[交缴吐]回|追回")
#: What is paid back whole, and spans that are no whole years.
_WHOLE = re.compile(r"造假|虚假|骗|作假|弄虚")
_UNEVEN = re.compile(r"年[零多半]|[零多半]年|第[一二三四五六七八九\d]{1,2}年|\d\s*个?月")
_LEFT = re.compile(r"(?:还|尚)?(?:剩下?|差|有)\s*$")
_FRACTION = Decimal(1)


def paid_back(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What of an amount is paid back after some of the years that a clause binds to.

    No sum where it states anything else, or does not say how many whole years have passed.
    """
    question, index = retrieval.understanding.text, likeness.retriever.index
    if not retrieval.hits or not _ASKED.search(question):
        return None
    address = retrieval.hits[0].passage.address
    text = index.clause(address)[1].text
    rule = _RULE.search(text)
    if rule is None:
        return None
    sentence = text.rfind("。", 0, max(0, text.rfind("。", 0, rule.start()))) + 1
    terms = [
        q for q in find_quantities(text[: rule.end()]) if q.unit == "年" and q.start >= sentence
    ]
    money = [fact for fact in facts if fact.unit == MONEY]
    years = [fact for fact in facts if fact.unit == "年"]
    if not money or not years:
        return None
    rest = [f for f in facts if f not in money and f not in years and f.value != 1]
    if len({q.value for q in terms}) != 1 or len(money) > 1 or rest:
        return STOPPED
    years = [f for f in years if f.value != terms[0].value] or years
    if len(years) > 1 or _WHOLE.search(question) or _UNEVEN.search(question):
        return STOPPED
    left = bool(_LEFT.search(question[: years[0].start]))
    span = Span(address, rule.start(), rule.end(), rule[0])
    return _worked(money[0], years[0].value, left, _quantity(terms[0], text, address), span)


def _quantity(term: Measured, text: str, address: Address) -> tuple[Decimal, Span]:
    return term.value, Span(address, term.start, term.end, text[term.start : term.end])


def _worked(money: Fact, years: Decimal, left: bool, term: tuple[Decimal, Span], rule: Span) -> Sum:
    whole, span = term
    if years >= whole:
        return STOPPED
    working = Working()
    rest = years if left else working.minus(whole, years, span, unit="年")
    exact = money.value * rest / whole
    value = exact.quantize(_FRACTION, ROUND_DOWN)
    sign = "=" if value == exact else "≈"
    line = f"{written(money.value, MONEY)} × {plain(rest)}年 ÷ {plain(whole)}年 {sign} {written(value, MONEY)}"
    working.says(line, rule, span)
    return worked_alone(value, MONEY, "", working)
