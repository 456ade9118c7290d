"""The seam: row numbers of passages, vectors and scores cross it; ids of an engine do not."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.embedder import Matrix

__all__ = [
    "ByNumber",
    "Found",
    "Mask",
    "Rows",
    "Scores",
    "Stored",
    "VectorIndex",
    "best_first",
    "numbers_of",
]

Rows = NDArray[np.int64]
Scores = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]
#: Passages and their scores, best first.
Found = tuple[Rows, Scores]


class Stored(Protocol):
    """Vectors as they are kept, in half precision: an array, or what is read like one."""

    def __len__(self) -> int: ...

    @property
    def shape(self) -> tuple[int, ...]: ...

    def __getitem__(self, places: Any, /) -> Any: ...

    def __array__(self) -> NDArray[Any]: ...


class VectorIndex(Protocol):
    """Passages under unit vectors; a passage may have several.

    ``starts`` of shape (passages + 1,) says where in ``vectors`` those of each passage begin.
    """

    starts: Rows

    @property
    def vectors(self) -> Stored: ...

    def search(self, vector: Matrix, k: int, within: Mask | None = None) -> Found:
        """Return the ``k`` nearest passages by their best cosine, each once.

        ``vector`` is of shape (1, dimension). ``within`` says for each document whether it is
        searched; it acts before the top k is taken.
        """
        ...

    def cosines(self, vector: Matrix, rows: Rows) -> Scores:
        """Return the best cosine of each of these passages."""
        ...

    def all_cosines(self, vector: Matrix, row: int) -> Scores:
        """Return the cosine of each vector of one passage, in the order they were added."""
        ...


class ByNumber(ABC):
    """Cosines of passages, for a store that knows those of vectors by their numbers."""

    starts: Rows

    def cosines(self, vector: Matrix, rows: Rows) -> Scores:
        """Return the best cosine of each passage; see VectorIndex."""
        if not len(rows):
            return np.zeros(0, np.float32)
        numbers, offsets = numbers_of(self.starts, rows)
        return np.maximum.reduceat(self._cosines(vector, numbers), offsets)

    def all_cosines(self, vector: Matrix, row: int) -> Scores:
        """Return the cosines of one passage; see VectorIndex."""
        return self._cosines(vector, np.arange(self.starts[row], self.starts[row + 1]))

    @abstractmethod
    def _cosines(self, vector: Matrix, numbers: Rows) -> Scores:
        """Return the cosine of each of these vectors."""


def numbers_of(starts: Rows, rows: Rows) -> tuple[Rows, Rows]:
    """Return the numbers of all vectors of some passages, and where those of each begin."""
    counts = starts[rows + 1] - starts[rows]
    offsets = np.concatenate([[0], np.cumsum(counts)[:-1]])
    return np.arange(counts.sum()) + np.repeat(starts[rows] - offsets, counts), offsets


def best_first(rows: Rows, scores: Scores, k: int) -> Found:
    """Return the ``k`` best, of equal scores the first rows.

    Sums that differ only by the order of their terms are equal: engines add in orders of their own.
    """
    order = np.lexsort((rows, -np.round(scores, 4)))[:k]
    return rows[order], scores[order]
