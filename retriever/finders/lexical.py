"""Clauses that share the question's words: BM25 over character bigrams."""

from __future__ import annotations

from indexer.clause_index import ClauseIndex
from indexer.lexical import terms
from indexer.vectors import Found, Mask
from retriever.query import Query, Understanding
from retriever.vocabulary import Vocabulary

__all__ = ["LexicalFinder"]

_POOL = 60


class LexicalFinder:
    """Score by BM25, without the words that only ask."""

    name = "lexical"

    def __init__(self, index: ClauseIndex, vocabulary: Vocabulary) -> None:
        self._index, self._vocabulary = index, vocabulary

    def find(self, query: Query, understanding: Understanding, within: Mask | None) -> Found:
        matter = self._vocabulary.matter(understanding.text)
        asked = terms(matter) or terms(understanding.text)
        return self._index.lexical.search(asked, max(_POOL, 3 * query.k), within)
