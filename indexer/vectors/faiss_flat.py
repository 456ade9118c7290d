"""Exact search with FAISS; inner products of unit vectors are cosines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from corpus.address import Address
from corpus.errors import IndexFolderError
from indexer.embedder import Matrix

__all__ = ["FaissFlat"]


class FaissFlat:
    """A flat FAISS index over rows, with the address of each row beside it."""

    def __init__(self, keys: Sequence[Address], index: Any) -> None:
        if index.ntotal != len(keys):
            raise IndexFolderError(
                f"索引与条款数不符 / the index does not fit its clauses: {index.ntotal} ≠ {len(keys)}"
            )
        self._keys, self._index = list(keys), index
        self._rows: dict[Address, list[int]] = defaultdict(list)
        self._by_document: dict[str, list[int]] = defaultdict(list)
        for row, key in enumerate(self._keys):
            self._rows[key].append(row)
            self._by_document[key.document].append(row)

    @classmethod
    def build(cls, keys: Sequence[Address], vectors: Matrix) -> FaissFlat:
        """Index ``vectors`` of shape (n, dimension), one row a key."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return cls(keys, index)

    @classmethod
    def open(cls, path: Path, keys: Sequence[Address]) -> FaissFlat:
        """Open a saved index; ``keys`` are the addresses of its rows, in order."""
        try:
            return cls(keys, faiss.read_index(str(path)))
        except RuntimeError as error:
            raise IndexFolderError(
                f"向量索引损坏 / the vector index is damaged: {path.name}"
            ) from error

    @property
    def vectors(self) -> Matrix:
        """All rows, shape (n, dimension)."""
        return np.asarray(self._index.reconstruct_n(0, self._index.ntotal), np.float32)

    def search(
        self, vector: Matrix, k: int, within: Collection[str] | None = None
    ) -> list[tuple[Address, float]]:
        """Return the nearest addresses; see VectorIndex."""
        most = max((len(rows) for rows in self._rows.values()), default=1)
        wanted = min(self._index.ntotal, k * most)
        if wanted == 0:
            return []
        scores, rows = self._index.search(vector, wanted, params=self._selection(within))
        best: dict[Address, float] = {}
        for score, row in zip(scores[0], rows[0], strict=True):
            # FAISS pads short results with row -1, which would index a wrong but plausible key.
            if row >= 0:
                best.setdefault(self._keys[row], float(score))
        return list(best.items())[:k]

    def score(self, vector: Matrix, addresses: Sequence[Address]) -> list[float]:
        """Return the best cosine of each address; see VectorIndex."""
        return [max(self.rows_score(vector, address), default=-1.0) for address in addresses]

    def rows_score(self, vector: Matrix, address: Address) -> tuple[float, ...]:
        """Return the cosine of each vector of one address; see VectorIndex."""
        rows = self._rows.get(address, [])
        return tuple(float(self._index.reconstruct(row) @ vector[0]) for row in rows)

    def save(self, path: Path) -> None:
        """Write the index to one file."""
        faiss.write_index(self._index, str(path))

    def _selection(self, within: Collection[str] | None) -> Any:
        if within is None:
            return None
        rows = [row for document in within for row in self._by_document.get(document, [])]
        selector = faiss.IDSelectorBatch(np.asarray(sorted(rows), np.int64))
        parameters: Any = faiss.SearchParameters
        return parameters(sel=selector)
