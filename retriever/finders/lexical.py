"""Clauses that share the question's words: BM25 over character bigrams."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.lexical import terms
from retriever.query import Query, Understanding
from retriever.vocabulary import Vocabulary

__all__ = ["LexicalFinder"]

_POOL = 60


class LexicalFinder:
    """Score by BM25, without the words that only ask."""

    name = "lexical"

    def __init__(self, index: ClauseIndex, vocabulary: Vocabulary) -> None:
        self._index, self._vocabulary = index, vocabulary
        self._documents = np.array([p.address.document for p in index.passages])

    def find(
        self, query: Query, understanding: Understanding, within: Collection[str] | None
    ) -> dict[Address, float]:
        matter = self._vocabulary.matter(understanding.text)
        scores = self._index.lexical.scores(terms(matter) or terms(understanding.text))
        if within is not None:
            scores = np.where(np.isin(self._documents, list(within)), scores, 0)
        pool = max(_POOL, 3 * query.k)
        best = np.argsort(-scores, kind="stable")[:pool]
        return {
            self._index.passages[row].address: float(scores[row]) for row in best if scores[row] > 0
        }
