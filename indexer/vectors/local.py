"""Vectors in files: exact cosines always, neighbours exactly or through an inverted file."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexFolderError
from indexer.arrays import load_array
from indexer.embedder import Matrix
from indexer.vectors.base import ByNumber, Found, Mask, Rows, Scores, VectorIndex
from indexer.vectors.halves import cosines, flat, on_one_thread, selected
from indexer.vectors.inverted import CANDIDATES, Inverted

__all__ = ["FLAT", "LocalVectors", "exact"]

#: Up to so many vectors every one is looked at: faster than any other way, and exact.
FLAT = 50_000
#: A filter that leaves so few is searched exactly, whatever the size of the whole.
_FEW = 20_000
_BLOCK = 100_000


class LocalVectors(ByNumber):
    """Vectors of passages in half precision, mapped from disk.

    ``starts`` of shape (passages + 1,) says where the vectors of each passage begin;
    ``documents`` of shape (passages,) which document each belongs to.
    """

    def __init__(
        self,
        vectors: NDArray[np.float16],
        starts: Rows,
        documents: NDArray[np.int32],
        inverted: Inverted | None = None,
    ) -> None:
        if len(vectors) != starts[-1] or len(starts) != len(documents) + 1:
            raise IndexFolderError(
                f"索引与条款数不符 / the index does not fit its clauses: "
                f"{len(vectors)} ≠ {int(starts[-1])}"
            )
        self.vectors, self.starts = vectors, starts
        self._documents, self._inverted = documents, inverted

    @classmethod
    def open(
        cls, path: Path, starts: Rows, documents: NDArray[np.int32], inverted: Inverted | None
    ) -> LocalVectors:
        """Map saved vectors into memory; raise IndexFolderError for a damaged file."""
        return cls(load_array(path, mapped=True), starts, documents, inverted)

    def search(self, vector: Matrix, k: int, within: Mask | None = None) -> Found:
        """Return the nearest passages; see VectorIndex."""
        mask = None if within is None else within[self._documents[self._owners]]
        size = len(self.vectors) if mask is None else int(mask.sum())
        # A passage may have several vectors among the nearest: look deeper until k are found.
        wanted = min(size, (CANDIDATES if self._inverted else 2) * k)
        while True:
            numbers = self._nearest(vector, wanted, mask, size)
            rows: Rows = np.unique(self._owners[numbers]).astype(np.int64)
            if len(rows) >= min(k, size) or wanted >= size:
                break
            wanted = min(size, 2 * wanted)
        scores = self.cosines(vector, rows)
        order = np.lexsort((rows, -scores))[:k]
        return rows[order], scores[order]

    def _cosines(self, vector: Matrix, numbers: NDArray[np.int64]) -> Scores:
        return cosines(self.vectors[numbers], vector)

    def _nearest(
        self, vector: Matrix, wanted: int, mask: Mask | None, size: int
    ) -> NDArray[np.int64]:
        """The numbers of about the nearest vectors, ``size`` of which the mask lets pass."""
        if not wanted:
            return np.zeros(0, np.int64)
        if mask is not None and size <= _FEW:
            numbers = np.flatnonzero(mask)
            scores = self._cosines(vector, numbers)
            return np.asarray(numbers[np.argpartition(-scores, wanted - 1)[:wanted]], np.int64)
        if self._inverted:
            return self._inverted.candidates(vector, wanted, mask)
        parameters: Any = faiss.SearchParameters
        selector = None if mask is None else selected(mask)
        with on_one_thread():
            _, numbers = self._flat.search(vector, wanted, params=parameters(sel=selector))
        # FAISS pads short results with row -1, which would be a wrong but plausible passage.
        return np.asarray(numbers[0][numbers[0] >= 0], np.int64)

    @cached_property
    def _owners(self) -> NDArray[np.int32]:
        """The passage of each vector."""
        counts = np.diff(self.starts)
        return np.repeat(np.arange(len(counts), dtype=np.int32), counts)

    @cached_property
    def _flat(self) -> Any:
        return flat(self.vectors)


def exact(index: VectorIndex, vector: Matrix, k: int) -> Found:
    """Return the nearest passages by a look at every vector: what ``search`` is measured by."""
    scores = np.concatenate(
        [
            np.asarray(index.vectors[start : start + _BLOCK], np.float32) @ vector[0]
            for start in range(0, len(index.vectors), _BLOCK)
        ]
    )
    best = np.maximum.reduceat(scores, index.starts[:-1])
    rows = np.argsort(-best, kind="stable")[:k].astype(np.int64)
    return rows, best[rows]
