"""The clauses that say from when and until when a document holds, and what it puts out of force."""

from __future__ import annotations

import numpy as np

from indexer.clause_index import ClauseIndex
from indexer.lexical import OWN
from indexer.vectors import Found, Mask
from retriever.asked import ASKED, REPEAL
from retriever.query import Query, Understanding

__all__ = ["TermFinder"]

_REPEALED = "废止"


class TermFinder:
    """Find, where that is asked, what the term of each named document was read from, or repeals."""

    name = "validity"

    def __init__(self, index: ClauseIndex) -> None:
        self._index = index

    def find(self, query: Query, understanding: Understanding, within: Mask | None) -> Found:
        passages, text = self._index.passages, understanding.text
        asked, repealed = bool(ASKED["term"].search(text)), bool(REPEAL.search(text))
        rows: set[int] = set()
        for name in understanding.documents if asked or repealed else ():
            if within is None or within[passages.numbers[name]]:
                basis = self._index.document(name).term.basis if asked else ()
                rows |= {row for a in basis if (row := passages.place(a)) is not None}
                rows |= self._repeals(name) if repealed else set()
        found = np.array(sorted(rows), np.int64)
        return found, np.ones(len(found), np.float32)

    def _repeals(self, name: str) -> set[int]:
        """The passages of a document whose own words repeal."""
        number = self._index.passages.numbers[name]
        rows = np.arange(*self._index.passages.first[number : number + 2])
        held = self._index.lexical.fields([_REPEALED], rows)[0] & OWN
        return set(rows[held > 0].tolist())
