"""A standard that a clause sets as a multiple of another one: 基本生活标准为低保标准的1.3倍."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.as_changed import AS_CHANGED, Changes
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness, is_named_in
from server.sums.money import written
from server.sums.result import Sum, unique
from server.sums.working import Working

__all__ = ["of_standard"]

_FORM = re.compile(
    r"(?P<what>[^，。；、\d]{2,20}?标准)(?:为|是|按照?)(?P<of>[^，。；、\d]{2,16}?标准)的?(?P<times>\d{1,3}(?:\.\d{1,2})?(?:倍|%))"
)
#: What of a name says nothing of its own.
_COMMON = re.compile(r"标准|人员|对象|家庭|本市|全市|[的为]")
_SAID = 0.6
_NEAR = 3


def of_standard(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What a standard comes to that the question asks for, with the other one as it is now.

    None unless the document states that one just once, and the question no figure.
    """
    if any(fact.value != 1 for fact in facts):
        return None
    index, question = likeness.retriever.index, retrieval.understanding.text
    for hit in retrieval.hits[:_NEAR]:
        address = hit.passage.address
        text = index.clause(address)[1].text
        for match in _FORM.finditer(text):
            base = _stated(match["of"], address.document, index)
            if base and is_named_in(_COMMON.sub("", match["what"]), question, _SAID):
                q = find_quantities(match["times"])[0]
                times = quantity_at(address, match["times"], q, match.start("times"))
                return _worked(base, times, Changes(index, retrieval.query.as_of, question))
    return None


def _stated(name: str, document: str, index: ClauseIndex) -> Quantity | None:
    """The one amount that a document says a standard is: 低保标准为每人每月830元."""
    said = re.compile(rf"(?<![\u4e00-\u9fff]){re.escape(name)}(?:为|是)[^，。；\d]{{0,16}}(?=\d)")
    found = []
    for clause in index.readings[document].outline.clauses:
        for match in said.finditer(clause.text):
            behind = clause.text[match.end() :]
            q = next((q for q in find_quantities(behind) if not q.start), None)
            if q and q.unit == MONEY and q.low is None:
                address = Address(document, clause.path)
                found.append(quantity_at(address, behind, q, match.end()))
    return found[0] if len(found) == 1 else None


def _worked(stated: Quantity, times: Quantity, changes: Changes) -> Sum:
    base = changes.figure(stated)
    put_out = changes.put_out([base.span]) or []
    working = Working()
    working.sources.append(base.span)
    value = working.share(base.value, times)
    assumed = (AS_CHANGED,) if base is not stated else ()
    return Sum(
        Calculation(value, MONEY, written(value, MONEY), tuple(working.steps), assumptions=assumed),
        unique([*working.sources, *put_out]),
    )
