"""Clauses of what was repealed give way to one in force that fits about as well."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.clause_index import ClauseIndex
from retriever.query import Retrieval

__all__ = ["in_force"]

#: A question on what was before is worked out by what held then.
_BEFORE = re.compile(
    r"原来|原先|原政策|旧|老(?:政策|办法|规定|版)|以前|当时|那时|之前|废止|20\d\d年?版"
)
#: A clause in force scores at most this much less.
_NEAR = 0.05
#: …and holds this share of what the best one does of the question's words, or it is on another matter.
_AS_MUCH = 0.8


def in_force(retrieval: Retrieval, index: ClauseIndex) -> Retrieval:
    """A retrieval without the clauses of documents that no longer hold, where the best one is of
    such a document and one of the same place that holds fits about as well."""
    understood, day, hits = retrieval.understanding, retrieval.query.as_of, retrieval.hits
    if not hits or understood.documents or _BEFORE.search(understood.text):
        return retrieval
    of = [index.document(hit.passage.address.document) for hit in hits]
    ended = [d.validity(day).status in ("repealed", "expired") for d in of]
    if not ended[0]:
        return retrieval
    least = _AS_MUCH * hits[0].signals.get("own", 0.0)
    near = any(
        not gone
        and document.area == of[0].area
        and hit.score >= hits[0].score - _NEAR
        and hit.signals.get("own", 0.0) >= least
        for hit, document, gone in zip(hits, of, ended, strict=True)
    )
    kept = tuple(hit for hit, gone in zip(hits, ended, strict=True) if not gone)
    return replace(retrieval, hits=kept) if near else retrieval
