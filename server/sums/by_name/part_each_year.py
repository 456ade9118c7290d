"""What a class is paid each year of a support that is paid in years: 分5年等额发放, 每年发放20%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities, read_number
from retriever.query import Retrieval
from server.sums.by_name.changes import changed_for
from server.sums.by_name.given import Offer, Offers
from server.sums.by_name.offers import COUPLE, like, meant, named_in
from server.sums.by_name.one_support import Case, worth
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working

__all__ = ["part_each_year"]

_ASKED = re.compile(r"每一?年|一年(?!内|后|以上)|第一年|首年|头一?年|年年")
#: How many years, or what is left of them, is another question.
_OTHER = re.compile(
    r"几年|分多少|剩|还[能有]|离(?:开|职)|[前后][两二三四五\d]年|第[二三四五六七八九十\d]"
)
_SPLIT = re.compile(
    r"分(?P<n>[二两三四五六七八九十\d]{1,2})年(?:度|期)?(?P<equal>等额|平均|均额|均等)?[^，。；\d]{0,4}(?:发放|拨付|支付|兑付|兑现)"
)
_EACH = re.compile(r"每年(?:发放|拨付|支付|兑付|兑现)?(?:总额的|其?中的)?(?=\d)")


def part_each_year(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is paid in one year; None where no part is asked for, or the document pays what is named in
    no equal parts by years."""
    question, index = retrieval.understanding.text, likeness.retriever.index
    if not retrieval.hits or not _ASKED.search(question) or _OTHER.search(question):
        return None
    found = named_in(question, retrieval.hits[0].passage.address.document, index)
    own = meant(found[0], question) if len(found) == 1 else None
    if own is None or own.units:
        return None
    plan = _plan(found[0], own, index)
    if plan is None:
        return None
    case = Case(question, facts, likeness)
    value = worth(found[0], own, (), case)
    if (
        value is None
        or COUPLE.search(question)
        or any(f not in case.used and not f.past and f.value != 1 for f in facts)
    ):
        return STOPPED
    if changed_for(found[0], question, index):
        return STOPPED
    whole = worked_held(value, case.working, case.assumed)
    paid = _paid(value, plan, case.working)
    done = worked_held(paid, case.working, case.assumed)
    display = f"{done.calculation.display}（按期拨付，全部为{whole.calculation.display}）"
    return replace(done, calculation=replace(done.calculation, display=display))


def _paid(value: Decimal, plan: tuple[Quantity, bool], working: Working) -> Decimal:
    figure, is_share = plan
    if is_share:
        return working.share(value, figure)
    part = value / figure.value
    line = f"{written(value, MONEY)} ÷ {plain(figure.value)}年 = {written(part, MONEY)}"
    working.says(line, figure.span)
    return part


def _plan(offers: Offers, own: Offer, index: ClauseIndex) -> tuple[Quantity, bool] | None:
    """The share of each year, or the number of equal years, that a sentence says of a class, or of all;
    None where it says no equal parts."""
    said, document = like(offers.name), offers.address.document
    found = []
    for clause in index.readings[document].outline.clauses:
        if not said.search(clause.text) and not own.address.contains(
            Address(document, clause.path)
        ):
            continue
        for sentence in re.finditer(r"[^。；;\n]+", clause.text):
            if split := _SPLIT.search(sentence[0]):
                named = [one for one in offers.each if one.label and one.label in sentence[0]]
                if own in named or not named:
                    address = Address(document, clause.path)
                    found.append(_read(address, sentence, split))
    return found[0] if len(found) == 1 else None


def _read(
    address: Address, sentence: re.Match[str], split: re.Match[str]
) -> tuple[Quantity, bool] | None:
    words, at = sentence[0], sentence.start()
    years = read_number(split["n"])
    shares = [q for q in find_quantities(words) if q.unit == "%"]
    each = _EACH.search(words)
    if len(shares) == 1 and each and shares[0].start == each.end():
        even = shares[0].value * years == 100
        return (quantity_at(address, words, shares[0], at), True) if even else None
    if not split["equal"] or shares:
        return None
    start, end = split.start("n"), split.end("n") + 1
    span = Span(address, at + start, at + end, words[start:end])
    return Quantity(years, "年", span), False
