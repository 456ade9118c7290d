"""Nearest clauses by embedding: the clause as a whole and its best sentence, half and half.

A long clause holds several measures, and its vector is their blur; the sentence keeps the one
that was asked for. Measured: see retriever/README.md.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.embedder import Embedder
from retriever.query import Query, Understanding

__all__ = ["DenseFinder"]

_POOL = 60


class DenseFinder:
    """Search clause vectors and sentence vectors, and average the two cosines exactly."""

    name = "dense"

    def __init__(self, index: ClauseIndex, embedder: Embedder) -> None:
        self._index = index
        self.vector = lru_cache(maxsize=256)(embedder.embed_query)

    def find(
        self, query: Query, understanding: Understanding, within: Collection[str] | None
    ) -> dict[Address, float]:
        vector = self.vector(understanding.text)
        pool = max(_POOL, 3 * query.k)
        by_clause = self._index.clauses.search(vector, pool, within)
        by_sentence = self._index.sentences.search(vector, pool, within)
        addresses = list(dict.fromkeys(a for a, _ in (*by_clause, *by_sentence)))
        clauses = self._index.clauses.score(vector, addresses)
        sentences = self._index.sentences.score(vector, addresses)
        return {
            address: (clause + sentence) / 2
            for address, clause, sentence in zip(addresses, clauses, sentences, strict=True)
        }

    def piece_scores(self, text: str, address: Address) -> tuple[float, ...]:
        """Return the cosine of a question with each sentence of a clause, in order."""
        return self._index.sentences.rows_score(self.vector(text), address)
