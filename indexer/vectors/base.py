"""The seam: keys and vectors cross it, rows and ids do not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol

from corpus.address import Address
from indexer.embedder import Matrix

__all__ = ["VectorIndex"]


class VectorIndex(Protocol):
    """Addresses under vectors; an address may have several."""

    def search(
        self, vector: Matrix, k: int, within: Collection[str] | None = None
    ) -> list[tuple[Address, float]]:
        """Return the ``k`` nearest addresses by cosine, best first, each once.

        ``within`` limits the search to documents, before the top k is taken.
        """
        ...

    def score(self, vector: Matrix, addresses: Sequence[Address]) -> list[float]:
        """Return the best cosine of each address, -1 for one that the index does not hold."""
        ...

    def rows_score(self, vector: Matrix, address: Address) -> tuple[float, ...]:
        """Return the cosine of each vector of one address, in the order they were added."""
        ...

    def save(self, path: Path) -> None: ...
