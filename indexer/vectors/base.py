"""The seam: row numbers of passages, vectors and scores cross it; ids of an engine do not."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.embedder import Matrix

__all__ = ["Found", "Mask", "Rows", "Scores", "VectorIndex"]

Rows = NDArray[np.int64]
Scores = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]
#: Passages and their scores, best first.
Found = tuple[Rows, Scores]


class VectorIndex(Protocol):
    """Passages under unit vectors; a passage may have several."""

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
