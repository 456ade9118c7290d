"""Support that is called by a word of its own (贴息, 担保): other support is no answer."""

from __future__ import annotations

import re
from dataclasses import replace

from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from retriever.sectors import without_other_sectors

__all__ = ["called_by", "naming"]

#: A clause scores at most this much less than the best one to take its place.
_NEAR = 0.03
#: Clauses that are looked at where none of those found names it.
_DEEP = 50
#: Support that is called by a word of its own, which no other support is.
_CALLED = re.compile(r"贴息|担保")
_INTEREST = re.compile(r"贴[^，。；？,?补]{0,8}利息")


def called_by(retrieval: Retrieval) -> str | None:
    """Return the word of its own that a question calls support by: 贴几个点的利息 is 贴息."""
    called = _CALLED.search(_INTEREST.sub("贴息", retrieval.understanding.text))
    return called[0] if called else None


def naming(word: str, retrieval: Retrieval, retriever: Retriever) -> list[Hit]:
    """Return the clause that names support by a word, where none of those as good as the best does."""
    hits = retrieval.hits
    if all(word not in hit.passage.text for hit in hits):
        # Those of the place asked for fill the list: one of a level above may name it.
        deeper = retriever.retrieve(replace(retrieval.query, k=_DEEP))
        hits = without_other_sectors(deeper, retriever).hits
    named = [h for h in hits if word in h.passage.text]
    far = hits is retrieval.hits and named and named[0].score < hits[0].score - _NEAR
    return named[:1] if named and named[0] is not hits[0] and not far else []
