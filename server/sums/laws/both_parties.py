"""What both sides pay of a wage: 职工和单位的缴存比例均不得低于5%, 单位按2%、职工按1%缴纳."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["both_parties"]

_EMPLOYED, _EMPLOYER = (
    r"(?:职工|个人|雇员|劳动者|员工|自己|本人|我)",
    r"(?:用人单位|单位|雇主|企业|公司)",
)
_RATE = r"(?:\d{1,2}(?:\.\d{1,2})?[%％]|百分之[一二三四五六七八九十点\d]{1,4})"
_SAME = re.compile(
    rf"(?:{_EMPLOYED}[和与及、]{_EMPLOYER}|{_EMPLOYER}[和与及、]{_EMPLOYED})[^，。；]{{0,16}}?(?:均|都|各)(?P<least>不得低于|不低于)?"
    rf"[^，。；\d]{{0,4}}?(?P<of>[^，。；\d]{{0,12}}工资(?:总额)?)的?(?P<rate>{_RATE})"
)
_OWN = re.compile(
    rf"[^，。；\n]{{0,20}}按照?[^，。；\d]{{0,10}}工资(?:总额)?的?(?P<rate>{_RATE})(?:的比例)?(?:缴|交)"
)
_BOTH = re.compile(
    rf"{_EMPLOYED}[^，。；、]{{0,3}}[和与跟、加]{_EMPLOYER}|{_EMPLOYER}[^，。；、]{{0,3}}[和与跟、加]{_EMPLOYED}"
)
_TOTAL = re.compile(r"合计|一共|总共|加起来|总计|共[缴交存]")
_WAGE = re.compile(r"工资|薪|基数")
_YEARLY = re.compile(r"年薪|年收入|一年|全年|每年")
_NEAR, _BELOW = 4, 0.03
_PERSON = re.compile(r"职工|个人|本人")


def both_parties(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What employer and employee pay together of a wage that is stated.

    None where the question does not ask for both, or the clause that fits best has no rate for each.
    """
    question = retrieval.understanding.text
    if not retrieval.hits or not _BOTH.search(question) or not _TOTAL.search(question):
        return None
    wages = [f for f in facts if f.unit == MONEY]
    rates = [f for f in facts if f.unit == "%"]
    if len(wages) != 1 or not _WAGE.search(wages[0].words) or wages[0].vague:
        return None
    found = _rates_near(retrieval, likeness)
    if found is None:
        return None
    address, same, own = found
    rest = [f for f in facts if f not in (*wages, *rates) and f.value != 1]
    if rest or len(rates) > 1 or _YEARLY.search(re.sub(r"上一年度?|去年", "", question)):
        return STOPPED
    if same:
        rate = _rate(address, same, same.start("rate"))
        own = _stated(rate, rates, bool(same["least"]))
    elif rates:
        return STOPPED
    return _worked(wages[0], own, apart=same is None) if own else STOPPED


def _rates_near(
    retrieval: Retrieval, likeness: Likeness
) -> tuple[Address, re.Match[str] | None, list[Quantity]] | None:
    """The first clause of those near that has one rate for both, or one for each."""
    best = retrieval.hits[0]
    for hit in retrieval.hits[:_NEAR]:
        address = hit.passage.address
        text = likeness.retriever.index.clause(address)[1].text
        same, own = _SAME.search(text), _own_rates(address, text)
        near = hit.score >= best.score - _BELOW
        alike = address.document == best.passage.address.document
        if near and alike and (same or own):
            return address, same, own
    return None


def _stated(rate: Quantity, rates: Sequence[Fact], least: bool) -> list[Quantity]:
    """The rate of the clause for both, or one that the question states and the clause allows."""
    said = rates[0].value if rates else rate.value
    if said < rate.value or (said > rate.value and not least):
        return []
    return [replace(rate, value=said)] * 2


def _own_rates(address: Address, text: str) -> list[Quantity]:
    """The rates of employer and employee, where a clause has one for each."""
    found = list(_OWN.finditer(text))
    who = [bool(_PERSON.search(m[0])) for m in found]
    if sorted(who) != [False, True]:
        return []
    return [_rate(address, m, m.start("rate")) for m in found]


def _rate(address: Address, match: re.Match[str], start: int) -> Quantity:
    return quantity_at(address, match["rate"], find_quantities(match["rate"])[0], start)


def _worked(wage: Fact, rates: Sequence[Quantity], apart: bool) -> Sum:
    working = Working()
    value = working.plus([working.share(wage.value, rate) for rate in rates])
    assumed = ("单位缴纳的部分也按这一工资算",) if apart else ()
    small = value < 1_000_000 and not re.search("[万亿]", wage.written)
    display = f"{plain(value)}{MONEY}" if small else written(value, MONEY)
    steps = tuple(working.steps)
    calculation = Calculation(value, MONEY, display, steps, assumptions=assumed)
    return Sum(calculation, unique(working.sources))
