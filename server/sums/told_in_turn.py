"""Several supports told one behind the other, and asked for together: 平台投了1200万；给外单位做服务收了400万。
两笔加起来给多少. Each is searched and worked out by itself, then all are added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.answer import Calculation
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
    which each can be worked out; else what can be of the first way."""
    first: list[_Part] = []
    for things in divisions(retrieval.query.text):
        parts = [_worked(told.question, retrieval, retriever, work) for told in things]
        if total := _together(parts, retriever.index):
            return total
        named = zip(things, parts, strict=True)
        first = first or [replace(part, words=told.words) for told, part in named]
    return _as_far_as_known(first)


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that a question tells: what is found for it alone, and what it comes to."""

    found: Retrieval
    sum: Sum | None
    words: str = ""

    @property
    def place(self) -> Address | None:
        """The clause that fits it best."""
        return self.found.hits[0].passage.address if self.found.hits else None


def _of_parts(
    parts: Sequence[str],
    retrieval: Retrieval,
    retriever: Retriever,
    work: Callable[[Retrieval], Sum | None],
) -> Sum | None:
    told = [_worked(part, retrieval, retriever, work) for part in parts]
    return _together(told, retriever.index)


def _worked(
    part: str,
    retrieval: Retrieval,
    retriever: Retriever,
    work: Callable[[Retrieval], Sum | None],
) -> _Part:
    query = replace(retrieval.query, text=part, focus="", latest="", earlier=())
    asked = retriever.retrieve(query)
    found = work(asked) if asked.hits else None
    if found is None and asked.hits:
        facts = stated_facts(asked.understanding.text)
        found = named_amount(asked, Likeness(retriever), facts)
    open_ = found is None or found is STOPPED or found.calculation.result is None
    return _Part(asked, None if open_ else found)


def _together(parts: Sequence[_Part], index: ClauseIndex) -> Sum | None:
    """All parts added up; None unless each is worked out by measures of its own, of one document."""
    sums = [part.sum for part in parts if part.sum]
    if len(sums) < max(2, len(parts)) or any(s.levels > 1 for s in sums):
        return None
    documents = {span.address.document for s in sums for span in s.sources}
    if len(documents) != 1:
        return None
    # A limit on all that the document gives is held to the total.
    limits = {limit.span for limit, _ in limits_of_all(documents.pop(), index)}
    spans = [set(s.sources) - limits for s in sums]
    shared = any(one & other for at, one in enumerate(spans) for other in spans[:at])
    places = list(dict.fromkeys(span.address for one in spans for span in one))
    if shared and not _below_all_limits(sums):
        return None
    if len(places) > 1 and forbidden_together(places, index):
        return None
    return _in_all(sums, index)


def _as_far_as_known(parts: Sequence[_Part]) -> Sum | None:
    """What the parts that can be worked out come to, one by one and without a total, with the clauses
    of the others; None where one of these is in a clause that another one was worked out by."""
    known = [part.sum for part in parts if part.sum]
    others = [part for part in parts if not part.sum]
    places = {span.address for s in known for span in s.sources}
    own = [part.place for part in others if part.place]
    documents = {place.document for place in (*places, *own)}
    if not known or any(s.levels > 1 for s in known) or len(documents) != 1:
        return None
    if len(own) < len(others) or any(place in places for place in own):
        return None
    calculation = Calculation(
        None, MONEY,
        "能测算的部分：" + "，".join(s.calculation.display for s in known),
        tuple(step for s in known for step in s.calculation.steps),
        tuple(dict.fromkeys(cap for s in known for cap in s.calculation.caps)),
        tuple(dict.fromkeys(text for s in known for text in s.calculation.assumptions)),
        tuple(f"“{part.words}”这一部分没有能直接代入的标准，具体是哪种情形？" for part in others),
    )  # fmt: skip
    texts = ((part.place, part.found.hits[0].passage.text) for part in others)
    whole = (Span(place, 0, len(text), text) for place, text in texts if place)
    return Sum(calculation, unique([*(span for s in known for span in s.sources), *whole]))


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
