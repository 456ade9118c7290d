"""Vectors in Milvus: searched, filtered and scored there; what comes back is rows and cosines."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexFolderError
from indexer.embedder import Matrix
from indexer.milvus.collection import MOST, Collection, only
from indexer.vectors import ByNumber, Found, Mask, Rows, Scores

__all__ = ["MilvusVectors", "StoredVectors"]

#: Questions of which is kept what Milvus said: one question asks for the same cosines thrice.
_QUESTIONS = 64


class StoredVectors:
    """The vectors of a collection as an array in half precision, read when they are asked for."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def __len__(self) -> int:
        return self._collection.size

    @property
    def shape(self) -> tuple[int, int]:
        """The number of vectors, and their length."""
        return len(self), self._dimension

    @cached_property
    def _dimension(self) -> int:
        return int(self._collection.vectors(np.zeros(1, np.int64)).shape[1])

    def __getitem__(self, places: Any) -> NDArray[np.float16]:
        numbers = np.arange(len(self))[places]
        if not len(numbers):
            return np.zeros((0, self._dimension), np.float16)
        return self._collection.vectors(numbers).astype(np.float16)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return self[:].astype(dtype or np.float16)


class MilvusVectors(ByNumber):
    """Vectors of passages in a collection; ``starts`` and ``documents`` as LocalVectors has them."""

    def __init__(self, collection: Collection, starts: Rows, documents: NDArray[np.int32]) -> None:
        if collection.size != starts[-1] or len(starts) != len(documents) + 1:
            raise IndexFolderError(
                f"索引与条款数不符 / the index does not fit its clauses: "
                f"{collection.size} ≠ {int(starts[-1])}"
            )
        self._collection, self.starts, self._documents = collection, starts, documents
        self.vectors = StoredVectors(collection)
        self._told = lru_cache(maxsize=_QUESTIONS)(_nothing)

    def search(self, vector: Matrix, k: int, within: Mask | None = None) -> Found:
        """Return the nearest passages; see VectorIndex."""
        counts = np.diff(self.starts)
        size = int(counts.sum() if within is None else counts[within[self._documents]].sum())
        if not size:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        limits = "" if within is None else only("document", within)
        # A passage may have several vectors among the nearest: look deeper until k are found.
        most = min(size, MOST)
        wanted = min(most, 2 * k)
        while True:
            numbers, scores = self._nearest(vector, wanted, limits)
            owners = np.searchsorted(self.starts, numbers, "right") - 1
            # Best first: where a passage stands first, its best vector does.
            rows, first = np.unique(owners, return_index=True)
            if len(rows) >= min(k, size) or wanted >= most:
                break
            wanted = min(most, 2 * wanted)
        best = scores[first]
        order = np.lexsort((rows, -best))[:k]
        return rows[order].astype(np.int64), best[order]

    def _cosines(self, vector: Matrix, numbers: NDArray[np.int64]) -> Scores:
        told = self._told(vector.tobytes())
        missing = _without(numbers, told)
        for start in range(0, len(missing), MOST):
            page = missing[start : start + MOST]
            self._nearest(vector, len(page), only("number", page))
        # A graph may pass over a row even where so few are let through.
        missing = _without(missing, told)
        if len(missing):
            scores = self._collection.vectors(missing) @ vector[0]
            told.update(zip(missing.tolist(), scores.tolist(), strict=True))
        return np.fromiter((told[number] for number in numbers.tolist()), np.float32, len(numbers))

    def _nearest(self, vector: Matrix, wanted: int, limits: str) -> Found:
        numbers, scores = self._collection.nearest("vector", vector[0], wanted, limits)
        self._told(vector.tobytes()).update(zip(numbers.tolist(), scores.tolist(), strict=True))
        return numbers, scores


def _nothing(question: bytes) -> dict[int, float]:
    """What is known of a question at first: the cosine of no vector."""
    return {}


def _without(numbers: NDArray[np.int64], told: dict[int, float]) -> NDArray[np.int64]:
    kept = [number for number in numbers.tolist() if number not in told]
    return np.asarray(kept, np.int64)
