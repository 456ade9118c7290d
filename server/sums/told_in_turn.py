"""Several supports told one behind the other, and asked for together: 平台投了1200万；给外单位做服务收了400万。
两笔加起来给多少. Each is searched and worked out by itself, then all are added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.sums.apart import forbidden_together
from server.sums.awards import limits_of_all
from server.sums.facts import stated_facts
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.named import named_amount
from server.sums.parts_told import divisions, parts_told
from server.sums.result import STOPPED, Sum, added, unique
from server.sums.working import Working

__all__ = ["added_in_turn", "told_in_turn"]


def told_in_turn(
    retrieval: Retrieval, retriever: Retriever, work: Callable[[Retrieval], Sum | None]
) -> Sum | None:
    """The sum of all that a question tells and adds up; None unless each is worked out by measures of
    its own, and no sentence lets only one of them be had."""
    return _of_parts(parts_told(retrieval.query.text), retrieval, retriever, work)


def added_in_turn(
    retrieval: Retrieval, retriever: Retriever, work: Callable[[Retrieval], Sum | None]
) -> Sum | None:
    """The same where a question does not say how many things it tells, in the first way to part it of
    which each can be worked out."""
    ways = (
        _of_parts(parts, retrieval, retriever, work) for parts in divisions(retrieval.query.text)
    )
    return next(filter(None, ways), None)


def _of_parts(
    parts: Sequence[str],
    retrieval: Retrieval,
    retriever: Retriever,
    work: Callable[[Retrieval], Sum | None],
) -> Sum | None:
    query = retrieval.query
    sums = []
    for part in parts:
        asked = retriever.retrieve(replace(query, text=part, focus="", latest="", earlier=()))
        found = work(asked) if asked.hits else None
        if found is None and asked.hits:
            facts = stated_facts(asked.understanding.text)
            found = named_amount(asked, Likeness(retriever), facts)
        if found is None or found is STOPPED or found.calculation.result is None:
            return None
        sums.append(found)
    if len(sums) < 2 or any(s.levels > 1 for s in sums):
        return None
    documents = {span.address.document for s in sums for span in s.sources}
    if len(documents) != 1:
        return None
    # A limit on all that the document gives is held to the total.
    limits = {limit.span for limit, _ in limits_of_all(documents.pop(), retriever.index)}
    spans = [set(s.sources) - limits for s in sums]
    shared = any(one & other for at, one in enumerate(spans) for other in spans[:at])
    places = list(dict.fromkeys(span.address for one in spans for span in one))
    if shared and not _below_all_limits(sums):
        return None
    if len(places) > 1 and forbidden_together(places, retriever.index):
        return None
    return _in_all(sums, retriever.index)


def _below_all_limits(sums: list[Sum]) -> bool:
    """Whether sums of one measure come to no more together than any limit that they were held to."""
    total = sum((s.calculation.result or Decimal(0) for s in sums), Decimal(0))
    caps = [[q.value for cap in s.calculation.caps for q in find_quantities(cap)] for s in sums]
    plain = all(sum("×" in step.text for step in s.calculation.steps) == 1 for s in sums)
    return plain and all(own and min(own) >= total for own in caps)


def _in_all(sums: list[Sum], index: ClauseIndex) -> Sum | None:
    """All added up, in both readings where one of them has two, held to what the document gives one
    company in all; None where that leaves some of it out (第四条除外)."""
    total = added(sums)
    (document,) = {span.address.document for span in total.sources}
    low = total.calculation.result or Decimal(0)
    highs = [s.high if s.high is not None else s.calculation.result or Decimal(0) for s in sums]
    working = Working(list(total.calculation.steps))
    high = low if sum(highs, Decimal(0)) == low else working.plus(highs)
    for limit, sentence in limits_of_all(document, index):
        if "除外" in sentence:
            return None
        held = working.capped(low, limit.value, "合计上限", limit.span)
        high = held if high == low else working.capped(high, limit.value, "合计上限", limit.span)
        low = held
    most = "最高" if total.calculation.display.startswith("最高") or working.caps else ""
    display = f"{most}{written(low, MONEY)}"
    if high != low:
        # A share from 40% to 100% is one reading.
        ranges = any("至" in s.calculation.display for s in sums)
        more = f"至{written(high, MONEY)}"
        display += more if ranges else f"（另一种读法为{written(high, MONEY)}）"
    caps = tuple(dict.fromkeys([*total.calculation.caps, *working.caps]))
    steps = tuple(working.steps)
    calculation = replace(total.calculation, result=low, display=display, steps=steps, caps=caps)
    sources = unique([*total.sources, *working.sources])
    return replace(total, calculation=calculation, sources=sources, high=high)
