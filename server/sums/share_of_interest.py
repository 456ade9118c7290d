"""A share of the interest on a loan, where a clause says no more than that: 可享受全额贴息, 再给予一半的贴息."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.phrases import SENTENCE
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working

__all__ = ["share_of_interest"]

_SHARE = re.compile(
    r"(?P<of>(?:利率|利息|LPR|息)[^，。；\d]{0,6}的)?(?P<rate>全额|一半|\d{2,3}[%％])(?:的|比例|给予|予以|财政){0,3}贴息"
)
_ASKED = re.compile(r"贴息?[^，。；？?]{0,8}(?:多少|几)|多少[^，。；？?]{0,4}贴息")
_RATE = re.compile(r"利率|LPR|年化|年息")
_LOAN = re.compile(r"贷")
#: A share of the loan itself is never so much.
_LEAST = Decimal(20)
#: What kind of loan a share is for.
_KIND = re.compile(r"(?:^|[的对为])(?P<kind>[一-鿿]{3,10}贷款)")
#: Points of interest, and times that are no whole years.
_OPEN = re.compile(r"百分点|半年|季度|个月|先|剩|自己|自付|[还要]{1,2}付")


@dataclass(frozen=True, slots=True)
class _Rule:
    """A share with its sentence, and the ``loan`` that it is for (个人创业贷款); ``named`` says of what
    it is."""

    rate: Quantity
    named: bool
    sentence: str
    loan: str


def share_of_interest(
    retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]
) -> Sum | None:
    """What a year of interest is subsidised with, where the question says the loan and its rate.

    Of several shares the one that the question states, or for the loan that it names, is meant. None where the clause that fits
    best says of what its share is, or sets none; no sum where anything else is stated.
    """
    question = retrieval.understanding.text
    loans = [f for f in facts if f.unit == MONEY and _LOAN.search(f.words)]
    rates = [f for f in facts if f.unit == "%" and _RATE.search(f.words)]
    if not retrieval.hits or not loans or len(rates) != 1 or not _ASKED.search(question):
        return None
    address = retrieval.hits[0].passage.address
    rules = _rules(address, likeness.retriever.index.clause(address)[1].text)
    said = {f.value for f in facts if f.unit == "%" and f not in rates}
    meant = [rule for rule in rules if rule.rate.value in said] if said else rules
    meant = [rule for rule in meant if rule.loan in question] or meant
    if len({rule.rate.value for rule in meant}) != 1 or any(rule.named for rule in meant):
        return None
    years = [f for f in facts if f.unit == "年" and not f.past]
    known = (*loans, *rates, *years)
    rest = [f for f in facts if f not in known and f.value != 1 and f.value not in said]
    longer = any(f.value != 1 for f in years)
    if rest or longer or len(loans) > 1 or _OPEN.search(question) or not _holds(loans[0], meant):
        return STOPPED
    working, rule = Working(), meant[0]
    whole = working.share(loans[0].value, Quantity(rates[0].value, "%", rule.rate.span))
    value = working.share(whole, rule.rate) if rule.rate.value < 100 else whole
    assumed = ["按整年计息、本金不变算"]
    return worked_held(value, working, assumed)


def _rules(address: Address, text: str) -> list[_Rule]:
    """The shares of interest that a clause gives."""
    found = []
    for sentence in SENTENCE.finditer(text):
        for match in _SHARE.finditer(sentence[0]):
            # 全额 and 一半 are figures where support is given.
            end = match.end()
            q = next(
                (q for q in find_quantities(sentence[0][:end]) if q.start == match.start("rate")),
                None,
            )
            if q and q.unit == "%" and q.value >= _LEAST:
                rate = quantity_at(address, sentence[0], q, sentence.start())
                phrase = re.split("[，；]", sentence[0][: match.start()])[-1]
                loan = _KIND.search(phrase)
                loan_name = loan["kind"] if loan else sentence[0]
                found.append(_Rule(rate, bool(match["of"]), sentence[0], loan_name))
    return found


def _holds(loan: Fact, rules: Sequence[_Rule]) -> bool:
    """Whether no amount of the sentence may limit the loan, nor what is given: it is more than the loan."""
    amounts = [q.value for rule in rules for q in find_quantities(rule.sentence) if q.unit == MONEY]
    return all(value >= loan.value for value in amounts)
