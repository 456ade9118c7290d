"""Nearest clauses by embedding: the clause as a whole and its best sentence, half and half.

A long clause holds several measures, and its vector is their blur; the sentence keeps the one
that was asked for. Measured: see retriever/README.md.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence

import numpy as np

from indexer.clause_index import ClauseIndex
from indexer.embedder import Embedder, Matrix
from indexer.vectors import Found, Mask, Rows, Scores
from retriever.query import Query, Understanding

__all__ = ["DenseFinder"]

_POOL = 60
#: Vectors of questions that are kept.
_KEPT = 256


class DenseFinder:
    """Search clause vectors and sentence vectors, and average the two cosines exactly."""

    name = "dense"

    def __init__(self, index: ClauseIndex, embedder: Embedder) -> None:
        self._index, self._embedder = index, embedder
        self._kept: OrderedDict[str, Matrix] = OrderedDict()
        self._lock = threading.Lock()

    def vector(self, text: str) -> Matrix:
        """The vector of a text, of the latest ones without embedding it again."""
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
                return self._kept[text]
        return self._keep([text], self._embedder.embed_query(text))

    def prepare(self, texts: Iterable[str]) -> None:
        """Embed texts together that will be asked for one by one."""
        # Read out before the lock is held: to read a question may need a vector itself.
        unique = list(dict.fromkeys(texts))
        with self._lock:
            missing = [text for text in unique if text not in self._kept]
        together = getattr(self._embedder, "embed_queries", None)
        if together and len(missing) > 1:
            self._keep(missing, together(missing))

    def _keep(self, texts: Sequence[str], vectors: Matrix) -> Matrix:
        with self._lock:
            for row, text in enumerate(texts):
                self._kept[text] = vectors[row : row + 1]
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return vectors

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
