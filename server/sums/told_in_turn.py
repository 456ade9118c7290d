"""Several supports told one behind the other, and asked for together: 平台投了1200万；给外单位做服务收了400万。
两笔加起来给多少. Each is searched and worked out by itself, then all are added."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from corpus.numerals import read_numeral
from indexer.clause_index import ClauseIndex
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.sums.apart import forbidden_together
from server.sums.awards import limits_of_all
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.named import named_amount
from server.sums.result import STOPPED, Sum, added, unique
from server.sums.working import Working

__all__ = ["parts_told", "told_in_turn"]

_MANY = re.compile(
    r"这?(?P<n>[两二三四2-4])(?:样|笔|块|种|项|头|条|件事|份)(?:钱|补贴|奖励|补助|政策)?(?![目\d]|一个)"
)
_TOGETHER = re.compile(
    r"(?:都|全|最多|最高)?(?:加起来|加在?一[起块]|合起来|合在一起|一共|总共|合计|拢共|满打满算|总计|总的)(?:是|最多|最高)?"
)
_ASKS = re.compile(r"多少|几[万个]|好多")
_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?\n]?")
#: One more thing behind a comma.
_MORE = re.compile(r"[，,](?=(?:同[一]?年[^，,]{0,6})?(?:又|另外?|还有?|再|同时)|同[一]?年)")
#: What stands before the first thing is of all of them: 我们集团在市里报三样：.
_LEAD = re.compile(r"^(?P<lead>[^：:。；;\d]{2,40})[：:]")
_BEGINS = re.compile(r"^(?:[，,]|又|再|还有?|另外|同时)+")
_FEW = 4


def parts_told(question: str) -> list[str]:
    """The things that a question adds up, each as a question of its own; none where it says nothing of
    how many there are, or another number of them is told.

    >>> parts_told("高新区的医院：买首台套花了900万；进了1600万的药。两样加起来补多少？")
    ['高新区的医院，买首台套花了900万；补多少？', '高新区的医院，进了1600万的药。补多少？']
    """
    sentences = [m[0] for m in _SENTENCE.finditer(question)]
    tail = sentences[-1] if sentences else ""
    many = _MANY.search(tail) or _MANY.search(question)
    if many is None or not _TOGETHER.search(tail) or not _ASKS.search(tail):
        return []
    number, told = read_numeral(many["n"]), "".join(sentences[:-1])
    match = _LEAD.match(told)
    lead, told = (f"{_MANY.sub('', match['lead'])}，", told[match.end() :]) if match else ("", told)
    things = [m[0] for m in _SENTENCE.finditer(told)]
    while len(things) > number and not find_quantities(things[-1]):
        # 跟哪家都没关联 is of all of them.
        lead += _ended(things.pop())
    if len(things) < number:
        things = [part for thing in things for part in _MORE.split(thing)]
    if len(things) != number or len(things) > _FEW:
        return []
    asked = _TOGETHER.sub("", _MANY.sub("", tail)).lstrip("，,的")
    return [f"{lead}{_BEGINS.sub('', thing)}{asked}" for thing in things]


def _ended(sentence: str) -> str:
    return f"{sentence.rstrip('。；;！!？?')}，"


def told_in_turn(
    retrieval: Retrieval, retriever: Retriever, work: Callable[[Retrieval], Sum | None]
) -> Sum | None:
    """The sum of all that a question tells and adds up; None unless each is worked out by measures of
    its own, and no sentence lets only one of them be had."""
    query = retrieval.query
    sums = []
    for part in parts_told(query.text):
        asked = retriever.retrieve(replace(query, text=part, focus="", latest="", earlier=()))
        found = work(asked) or named_amount(asked, Likeness(retriever), ()) if asked.hits else None
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
