"""The clauses that a question names by number."""

from __future__ import annotations

import numpy as np

from indexer.clause_index import ClauseIndex
from indexer.vectors import Found, Mask
from retriever.query import Query, Understanding

__all__ = ["NamedFinder"]


class NamedFinder:
    """Find named clauses; one whose words all lie in its parts stands at its first part."""

    name = "named"

    def __init__(self, index: ClauseIndex) -> None:
        self._index = index

    def find(self, query: Query, understanding: Understanding, within: Mask | None) -> Found:
        passages = self._index.passages
        rows = {
            row
            for address in understanding.addresses
            if within is None or within[passages.numbers[address.document]]
            if (row := passages.place(address)) is not None
        }
        found = np.array(sorted(rows), np.int64)
        return found, np.ones(len(found), np.float32)
