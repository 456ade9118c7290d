"""Money that is paid in parts which differ by class: A类、B类的安家费分三期拨付，首期40%…；D类的分五年等额拨付."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, Measured, find_quantities, read_number
from server.sums.instalments import Stage, stages_in
from server.sums.money import plain, written
from server.sums.persons.class_lists import classes_in
from server.sums.phrases import SENTENCE
from server.sums.staged import paid_parts
from server.sums.working import Working

__all__ = ["Instalments", "first_paid", "instalments_of"]

_PAID = r"(?:拨付|发放|支付|兑付|兑现)"
_SPLIT = re.compile(
    rf"分(?P<n>[二两三四五六\d])(?P<unit>年|期|次)(?P<equal>等额|平均)?[^。；]{{0,40}}?{_PAID}"
)
_EACH = re.compile(rf"各(?:按)?{_PAID}?(?:其?(?:总额)?的)?(?=\d)")
_ANY = re.compile(
    r"首[笔期年次]|头一?[笔期次年]|第[一二三四五](?:笔|期|次|年)|每[笔期次年]|一[期年]"
)


@dataclass(frozen=True, slots=True)
class Instalments:
    """The parts in which a class is paid: by their shares, or so many equal ones a year."""

    stages: Sequence[Stage] = ()
    equal: Decimal | None = None
    span: Span | None = None


def instalments_of(
    label: str, name: str, address: Address, index: ClauseIndex
) -> Instalments | None:
    """How a class is paid, by the sentence on it in the chapter of a clause; None where none is read."""
    outline = index.readings[address.document].outline
    headings = index.clause(address)[1].headings
    for clause in (c for c in outline.clauses if c.headings == headings and name in c.text):
        own = Address(address.document, clause.path)
        for sentence in SENTENCE.finditer(clause.text):
            split = _SPLIT.search(sentence[0])
            named = classes_in(sentence[0])
            if split is None or (label not in named and named):
                continue
            return _read(own, sentence, split)
    return None


def _read(address: Address, sentence: re.Match[str], split: re.Match[str]) -> Instalments | None:
    words, at = sentence[0], sentence.start()
    number = read_number(split["n"])
    if split["equal"]:
        start = at + split.start("n")
        span = Span(address, start, at + split.end("unit"), split["n"] + split["unit"])
        return Instalments((), number, span) if split["unit"] == "年" else None
    if (each := _EACH.search(words)) and (q := _figure(words, each.end())):
        share = Quantity(
            q.value, "%", Span(address, at + q.start, at + q.end, words[q.start : q.end])
        )
        return Instalments([Stage("", share)] * int(number)) if q.value * number == 100 else None
    stages = stages_in(address, words, at)
    return Instalments(stages) if stages else None


def _figure(words: str, at: int) -> Measured | None:
    return next((q for q in find_quantities(words) if q.start == at and q.unit == "%"), None)


def first_paid(
    value: Decimal, plan: Instalments | None, question: str, working: Working
) -> Decimal | None:
    """What of an amount the part comes to that a question asks for; None where that is not told."""
    if plan is None:
        return None
    if plan.equal and plan.span:
        if not _ANY.search(question):
            return None
        part = value / plan.equal
        working.says(
            f"{written(value, MONEY)} ÷ {plain(plan.equal)}年 = {written(part, MONEY)}", plan.span
        )
        return part
    return paid_parts(value, plan.stages, question, working)
