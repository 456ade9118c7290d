"""Supports that a question names and adds, each with what its article gives to the class named: 拔尖人才花
120万元买房，安家补助和购房补贴一共多少."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.awards import limits_of_all
from server.sums.by_name.changes import changed_for
from server.sums.by_name.had import both_had
from server.sums.by_name.less_had import is_had
from server.sums.by_name.offers import COUPLE, meant, named_in
from server.sums.by_name.one_support import Case, worth
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.result import STOPPED, Sum, unique, worked_held

__all__ = ["added_by_name"]

_TOGETHER = re.compile(
    r"一共|总共|合计|总计|加起来|加在?一[起块]|合起来|全[部都]?[拿领给要]|都[拿领给要能算]|共[能可]?[领拿得有]|两[项笔样种个]"
)
#: One of them is given up, or compared with the other.
_EITHER = re.compile(r"还是|哪[个项种]|差多少|不?要[^，]{0,6}放弃|二选一|没(?:有)?(?:领|拿|申请)")


def added_by_name(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What supports come to together that a question names; None where it names no two that the
    document found gives.

    No sum where a class or a figure is not told for certain, a sentence changes one of them in the case
    told, or only one may be had.
    """
    question, index = retrieval.understanding.text, likeness.retriever.index
    if not retrieval.hits or not _TOGETHER.search(question) or _EITHER.search(question):
        return None
    found = named_in(question, retrieval.hits[0].passage.address.document, index)
    if len(found) < 2:
        return None
    if COUPLE.search(question) or any(is_had(one, question) for one in found):
        return STOPPED
    case, values = Case(question, facts, likeness), []
    for one in found:
        own = meant(one, question)
        others = [other for other in found if other is not one]
        value = worth(one, own, others, case) if own else None
        if own is None or value is None or changed_for(one, question, index):
            return _asking(case) or STOPPED
        values.append(value)
    if any(f not in case.used and not f.past and f.value != 1 for f in facts):
        return STOPPED
    pairs = combinations(found, 2)
    if not all(both_had([a.name, b.name], [a.address, b.address], index) for a, b in pairs):
        return STOPPED
    total = case.working.plus(values)
    for limit, sentence in limits_of_all(found[0].address.document, index):
        if "除外" in sentence:
            return STOPPED
        total = case.working.capped(total, limit.value, "合计上限", limit.span)
    return worked_held(total, case.working, tuple(dict.fromkeys(case.assumed)))


def _asking(case: Case) -> Sum | None:
    """What the question must still say."""
    if not case.missing:
        return None
    missing = tuple(dict.fromkeys(case.missing))
    return Sum(Calculation(None, MONEY, "", (), missing=missing), unique(case.working.sources))
