"""A monthly amount that changes with the degree while it is paid: 本科标准领了14个月，之后按硕士标准领满, where
发放期间学历提升的，按新标准执行，合计期限不变."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import find_quantities
from retriever.query import Retrieval
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.persons.class_lists import degrees_in, list_meant
from server.sums.phrases import SENTENCE
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.span_of import whole_span
from server.sums.working import Working

__all__ = ["standard_changed"]

_RULE = re.compile(
    r"学历(?:层次)?(?:提升|提高|变化|变更|晋升)[^。；]{0,30}?按照?(?:新|提升后|提高后|变更后|变化后)[^。；，]{0,8}(?:标准|学历|层次)"
)
_LIMIT = re.compile(r"(?:最长|不超过|不得超过|累计|期限为)[^，。；\d]{0,6}$")
_MONTHS = {"年": 12, "月": 1}


def standard_changed(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What a degree brings for the months that it was had, and another one for those behind.

    None where no article found pays two degrees that the question names each month; no sum where
    no sentence says that the amount changes, or for how long either one is paid is not told.
    """
    question, index = retrieval.understanding.text, likeness.retriever.index
    degrees = degrees_in(question)
    times = [f for f in facts if f.unit in _MONTHS]
    if not retrieval.hits or len(degrees) != 2 or not 1 <= len(times) <= 2:
        return None
    listed, address = list_meant(retrieval, index, by_degree=True)
    of = {degree: listed.of(degree) for degree in degrees} if listed else {}
    first = next((d for d in degrees if d in times[0].words), "")
    before, after = of.get(first), of.get(next((d for d in degrees if d != first), ""))
    rule = _rule(address, index) if before and after else None
    if before is None or after is None or rule is None:
        return None
    if not (before.monthly and after.monthly) or any(
        f not in times and f.value != 1 for f in facts
    ):
        return STOPPED
    span, limit = rule
    working = Working()
    months = [_months(fact, working) for fact in times]
    most = limit.value * _MONTHS[limit.unit]
    if len(months) == 1:
        whole = whole_span(limit, "月", facts, question, working)
        rest = working.minus(whole, months[0], limit.span, unit="月") if whole else Decimal(0)
    else:
        rest = months[1]
    if not rest or months[0] + rest > most:
        return STOPPED
    values = [
        working.times([(number, "月")], one.amount)
        for number, one in ((months[0], before), (rest, after))
    ]
    return worked_held(working.plus(values, [span]), working)


def _months(fact: Fact, working: Working) -> Decimal:
    months = fact.value * _MONTHS[fact.unit]
    if fact.unit == "年":
        working.says(f"{written(fact.value, '年')} × 12个月/年 = {written(months, '月')}")
    return months


def _rule(address: Address, index: ClauseIndex) -> tuple[Span, Quantity] | None:
    """The sentence of a chapter by which the amount changes with the degree, and for how long in all
    its clause pays; None where either is not said, or twice."""
    headings = index.clause(address)[1].headings
    found = []
    for clause in index.readings[address.document].outline.clauses:
        own = Address(address.document, clause.path)
        if clause.headings != headings:
            continue
        limits = [
            quantity_at(own, clause.text, q, 0)
            for q in find_quantities(clause.text)
            if q.unit in _MONTHS and _LIMIT.search(clause.text[: q.start])
        ]
        for sentence in SENTENCE.finditer(clause.text):
            if _RULE.search(sentence[0]) and len(limits) == 1:
                found.append((Span(own, *sentence.span(), sentence[0]), limits[0]))
    return found[0] if len(found) == 1 else None
