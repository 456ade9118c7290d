"""Prices and fees that are lowered by a share, or of which a share is charged: 降价幅度为用水价格的10%，减按50%收取再担保费."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.clause_figures import quantity_at
from server.sums.factors import likeness_of_names
from server.sums.facts import Fact
from server.sums.left_to_pay import asks_what_is_left
from server.sums.likeness import Likeness
from server.sums.phrases import SENTENCE
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.working import Working

__all__ = ["price_cut"]

_RATE = r"(?P<rate>\d{1,3}(?:\.\d)?[%％])"
_CUT = re.compile(
    rf"(?:降价|下调|降低|优惠)幅度为(?P<of>[^，。；（）()\d]{{2,20}}?)(?:（不含(?P<without>[^（）]{{2,12}})）)?的{_RATE}"
)
_CHARGED = re.compile(
    rf"减按{_RATE}(?:的?(?:比例|标准))?(?:收取|征收|计收|缴纳|收)(?P<of>[^，。；（）()\d]{{2,12}})"
)
#: 3.2元一吨, 每吨3.2元, 3.2元/立方米.
_UNITS = r"(?P<unit>吨|立方米|立方|千瓦时|公斤)"
_PRICE = re.compile(rf"^(?:钱)?(?:一|每|/)\s?{_UNITS}")
_PRICE_BEFORE = re.compile(rf"(?:一|每){_UNITS}(?:水|电|气)?(?:要|是|为|价)?$")
_PERIOD = re.compile(r"每个?月|一个月|月均")
_LONGER = re.compile(r"[一全每半]年|年度|季度|[两二三四五六七八九十\d]{1,2}个月")
_AFTER = re.compile(r"(?:[降调减]价?[以之]?后|现在|如今|目前)[^，。；？?\d]{0,10}$")
_WITHOUT = re.compile(r"不含|不算|不包括|除[了去]?|扣[除掉]")
_SAVED = re.compile(
    r"(?:[省减免]|(?<!多)少|便宜|优惠)[^，,。；？?后]{0,6}(?:多少|几)|能省|少[交付缴]|省[了下]"
)
_PAID = re.compile(r"[交付缴收掏][^，,。；？?]{0,4}(?:多少|几)")
_CALLED = 0.3
_TAX = re.compile(r"税$|税款|计入|税率")


@dataclass(frozen=True, slots=True)
class _Rule:
    """Of what a share is charged, or taken off (``cut``), and what its price must not hold."""

    of: str
    rate: Quantity
    cut: bool
    without: str


def price_cut(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What less is paid, or what is left to pay, of a fee or of so much at a price, where the clause
    that fits best lowers it.

    No sum over a longer time than what is stated, and where anything else is stated.
    """
    question = retrieval.understanding.text
    money = [f for f in facts if f.unit == MONEY]
    if not retrieval.hits or not money:
        return None
    address = retrieval.hits[0].passage.address
    rules = _rules(address, likeness.retriever.index.clause(address)[1].text)
    called = [rule for rule in rules if likeness_of_names(rule.of, question) >= _CALLED]
    if not called:
        return None
    counted = [f for f in facts if f not in money and f.value != 1]
    times = len(_PERIOD.findall(question)), bool(_LONGER.search(question))
    unsure = len(called) > 1 or len(money) > 1 or money[0].part or money[0].vague
    if unsure or (times[0] and times[1]) or _AFTER.search(money[0].before):
        return STOPPED
    rule = called[0]
    if rule.without and not _says_without(rule.without, question):
        missing = (f"您说的{money[0].written}是否不含{rule.without}？",)
        return Sum(Calculation(None, MONEY, "", (), missing=missing), (rule.rate.span,))
    working = Working()
    whole = _whole(money[0], counted, rule, question, working)
    return _worked(whole, rule, question, working) if whole is not None else STOPPED


def _rules(address: Address, text: str) -> list[_Rule]:
    found = []
    for sentence in SENTENCE.finditer(text):
        for pattern in (_CUT, _CHARGED):
            for m in pattern.finditer(sentence[0]):
                if _TAX.search(m["of"]):
                    continue
                q = find_quantities(m["rate"])[0]
                rate = quantity_at(address, m["rate"], q, sentence.start() + m.start("rate"))
                without = m.groupdict().get("without") or ""
                found.append(_Rule(m["of"], rate, pattern is _CUT, without))
    return found


def _says_without(what: str, question: str) -> bool:
    """Whether a question says that its price does not hold what the clause leaves out."""
    at = question.find(what[:2])
    return at >= 0 and bool(_WITHOUT.search(question[max(0, at - 4) : at]))


def _whole(
    fact: Fact, counted: Sequence[Fact], rule: _Rule, question: str, working: Working
) -> Decimal | None:
    """What is paid without the cut: the amount stated, or so much at a price; None where either
    figure of the two is missing."""
    behind = question[fact.start + len(fact.written) :]
    price = _PRICE.match(behind) or _PRICE_BEFORE.search(question[: fact.start])
    if price is None:
        return None if counted else fact.value
    unit = price["unit"]
    if len(counted) != 1 or counted[0].unit != unit:
        return None
    amount = Quantity(fact.value, f"{MONEY}/{unit}", rule.rate.span)
    return working.times([(counted[0].value, unit)], amount)


def _worked(whole: Decimal, rule: _Rule, question: str, working: Working) -> Sum:
    saved, left = _SAVED.search(question), asks_what_is_left(question) or _PAID.search(question)
    if not (saved or left):
        return STOPPED
    value = working.share(whole, rule.rate)
    if bool(saved) != rule.cut:
        value = working.minus(whole, value, rule.rate.span)
    return worked_alone(value, MONEY, "", working)
