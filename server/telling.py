"""The word that tells which clauses make a demand: 哪几处规定双方不能是关联企业 asks for 关联."""

from __future__ import annotations

from indexer.clause_index import ClauseIndex
from indexer.lexical import terms
from retriever.query import Retrieval

__all__ = ["telling_word"]

#: What more than this share of a document's clauses hold tells none of them from the others.
_COMMON = 0.25
_BEST = 5


def telling_word(demanded: str, retrieval: Retrieval, index: ClauseIndex) -> str | None:
    """Of the words of a demand that one of the best clauses holds, the rarest that another one of
    its document holds too."""
    document = retrieval.hits[0].passage.address.document
    texts = [clause.text for clause in index.readings[document].outline]
    best = [h.passage for h in retrieval.hits[:_BEST] if h.passage.address.document == document]
    wanted = {t for t in terms(demanded) if any(t in passage.text for passage in best)}
    counts = {t: sum(t in text for text in texts) for t in wanted}
    held = [term for term, n in counts.items() if 1 < n <= max(_COMMON * len(texts), 2)]
    rarest = min(held, key=index.lexical.frequency, default=None)
    if rarest is None:
        return None
    # Of 关联企业 more clauses hold 关联 than 联企.
    return max((t for t in held if _overlap(t, rarest)), key=counts.__getitem__)


def _overlap(term: str, other: str) -> bool:
    return term == other or term[-1] == other[0] or other[-1] == term[0]
