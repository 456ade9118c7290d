"""The clauses to compare where a question names no sides: of several documents, or of one."""

from __future__ import annotations

import re

from indexer.clause_index import ClauseIndex
from retriever.query import Hit, Retrieval

__all__ = ["compared_clauses"]

#: Two things are asked for by number: 这两样封顶有啥不一样.
_TWO = re.compile(r"两[样项种个者头边]")
_MOST = 3


def compared_clauses(retrieval: Retrieval, index: ClauseIndex, margin: float) -> list[Hit]:
    """Return the best clause of each document that is on the matter, else two of one document.

    ``margin`` is how far below the best a clause may score that is as good.
    """
    best: dict[str, Hit] = {}
    for hit in retrieval.hits:
        document = index.document(hit.passage.address.document)
        near = hit.score >= retrieval.hits[0].score - 2 * margin
        if near and document.authority == "normative":
            best.setdefault(document.id, hit)
    if len(best) == 1:
        return _two_of_one(retrieval, margin)
    return list(best.values())[:_MOST] or [retrieval.hits[0]]


def _two_of_one(retrieval: Retrieval, margin: float) -> list[Hit]:
    """Two things compared that one document is on: the best clauses, if they are sisters or alike."""
    first, *others = retrieval.hits
    near = first.score - 2 * margin
    alike = near if _TWO.search(retrieval.understanding.text) else first.score - margin
    parent = first.passage.address.path.parent
    same = [
        hit
        for hit in others
        if hit.passage.address.document == first.passage.address.document
        and hit.score >= (near if hit.passage.address.path.parent == parent else alike)
    ]
    return [first, *same[:1]]
