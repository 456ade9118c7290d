"""Whether there is support for something at all: the measures that there are for it."""

from __future__ import annotations

import re

from indexer.lexical import terms
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever

__all__ = ["supporting"]

#: Clauses looked at, and measures stated at most.
_DEEP, _MOST = 8, 4
#: The share of the matter that a clause must hold, of what the best one holds.
_ON_IT = 0.9
_SUPPORT = re.compile(r"支持|扶持|奖励|补贴|补助|资助|奖|补|贴|拿|领|享受")


def supporting(retrieval: Retrieval, retriever: Retriever) -> list[Hit]:
    """Return the measures on what is asked about, then the best clause, or nothing.

    What supports with an amount comes before what only encourages. Nothing is returned where the
    best clause does not hold what is asked about in its own words.
    """
    understood, hits = retrieval.understanding, retrieval.hits[:_DEEP]
    matter = retriever.vocabulary.matter(understood.text)
    asked = terms(_SUPPORT.sub(" ", retriever.without_areas(matter, understood.areas)))
    if not asked or not hits:
        return []
    held = [retriever.coverage(asked, hit.passage.text) for hit in hits]
    if held[0] < _ON_IT:
        return []
    index = retriever.index
    measures = [
        hit
        for hit, share in zip(hits, held, strict=True)
        if share >= _ON_IT * max(held)
        and (not understood.areas or index.document(hit.passage.address.document).area in understood.areas)
        and index.measures(hit.passage.address)
    ]  # fmt: skip
    others = [hit for hit in hits[:1] if hit not in measures]
    return [*measures[:_MOST], *others] if measures else []
