"""A number below which an article gives nothing, wherever in the article that is said: 年度执行不足40个往返航班的，不予补助
beside a list of amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.address import Address
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import find_quantities
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.sums.counted_as import counted_as
from server.sums.facts import Fact
from server.sums.listing import listings_near
from server.sums.unit_kinds import MEASURED

__all__ = ["falls_short"]

_NOTHING = re.compile(
    r"(?:不足|低于|少于|不到|未达到?|未满|不满)(?P<least>\d[\d.,]{0,9}[^，。；,\d]{1,14}?)的?[，,]?(?:均|一律|当年)?"
    r"(?:不予|不再|不给予|不享受|不得享受|不能享受)(?:给予|发放|享受)?(?:补助|补贴|奖励|资助|支持|扶持|$)"
)
_CUT = re.compile(r"[，,]")
_AGAIN = re.compile(r"每[月季天日]|月均|日均|平均|上半年|下半年|季度")


def falls_short(retrieval: Retrieval, retriever: Retriever, facts: Sequence[Fact]) -> Span | None:
    """The sentence by which the number that a question states is too small to get anything."""
    for address, sentence, at in _sentences(retrieval, retriever):
        match = _NOTHING.search(sentence)
        if match is None or _AGAIN.search(retrieval.understanding.text):
            continue
        figures = find_quantities(match["least"])
        if len(figures) != 1 or figures[0].start:
            continue
        limit = figures[0]
        named = match["least"][limit.end :]
        of = _CUT.split(sentence[: match.start()])[-1]
        counted = counted_as(facts, {limit.unit}, address.document, retriever.index)
        same = [f for f in counted if f.unit == limit.unit and not (f.past or f.part)]
        # 省内100标箱、省外200标箱 are 300标箱.
        if same and all(_is_called(f, named, of) for f in same) and _all(same) < limit.value:
            return Span(address, at, at + len(sentence), sentence)
    return None


def _all(facts: Sequence[Fact]) -> Decimal:
    return sum((fact.value for fact in facts), Decimal(0))


def _is_called(fact: Fact, named: str, of: str) -> bool:
    """Whether a number is of what a threshold counts: 30个往返 of 40个往返航班, 300标箱 of 500标箱."""
    words = named if len(named) > 1 else of
    alike = any(words[at : at + 2] in fact.words for at in range(len(words) - 1))
    return alike or (not named and fact.unit in MEASURED)


def _sentences(retrieval: Retrieval, retriever: Retriever) -> Iterator[tuple[Address, str, int]]:
    """The sentences of the clause found first, and of what stands beside the list that it is of."""
    if not retrieval.hits:
        return
    first, index = retrieval.hits[0].passage.address, retriever.index
    texts = {first: index.clause(first)[1].text}
    for listing in (one for one in listings_near(retrieval, index, near=1) if one.best):
        if listing.lead.address.contains(first) or any(i.address == first for i in listing.items):
            texts |= {p.address: index.clause(p.address)[1].text for p in listing.beside}
    for address, text in texts.items():
        for sentence in re.finditer(r"[^。；;\n]+", text):
            yield address, sentence[0].rstrip(), sentence.start()
