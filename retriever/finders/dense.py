"""Nearest clauses by embedding: the clause as a whole and its best sentence, half and half.

A long clause holds several measures, and its vector is their blur; the sentence keeps the one
that was asked for. Measured: see retriever/README.md.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from indexer.clause_index import ClauseIndex
from indexer.embedder import Embedder
from indexer.vectors import Found, Mask, Rows, Scores
from retriever.query import Query, Understanding

__all__ = ["DenseFinder"]

_POOL = 60


class DenseFinder:
    """Search clause vectors and sentence vectors, and average the two cosines exactly."""

    name = "dense"

    def __init__(self, index: ClauseIndex, embedder: Embedder) -> None:
        self._index = index
        self.vector = lru_cache(maxsize=256)(embedder.embed_query)

    def find(self, query: Query, understanding: Understanding, within: Mask | None) -> Found:
        vector = self.vector(understanding.text)
        pool = max(_POOL, 3 * query.k)
        by_clause, _ = self._index.clauses.search(vector, pool, within)
        by_sentence, _ = self._index.sentences.search(vector, pool, within)
        rows = np.union1d(by_clause, by_sentence).astype(np.int64)
        clauses, sentences = self.cosines(understanding.text, rows)
        return rows, (clauses + sentences) / 2

    def cosines(self, text: str, rows: Rows) -> tuple[Scores, Scores]:
        """Return the cosine of a text with each passage as a whole, and with its best sentence."""
        vector = self.vector(text)
        return self._index.clauses.cosines(vector, rows), self._index.sentences.cosines(
            vector, rows
        )

    def piece_scores(self, text: str, row: int) -> tuple[float, ...]:
        """Return the cosine of a question with each sentence of a passage, in order."""
        return tuple(self._index.sentences.all_cosines(self.vector(text), row).tolist())
