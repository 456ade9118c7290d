"""Nearest clauses among the documents of the places that a question names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from corpus.divisions import Division, is_of, path_of
from indexer.clause_index import ClauseIndex
from indexer.vectors import Found, Mask
from retriever.finders.dense import DenseFinder
from retriever.query import Query, Understanding

__all__ = ["PlaceFinder"]


class PlaceFinder:
    """Search again in the documents of a named place, where others would crowd them out.

    Documents of the levels above and below count as of the place; those for the whole country, or
    of no known place, are left to the other finders.
    """

    name = "place"

    def __init__(self, index: ClauseIndex, dense: DenseFinder) -> None:
        self._index, self._dense = index, dense
        self._of = lru_cache(maxsize=64)(self._mask)

    def find(self, query: Query, understanding: Understanding, within: Mask | None) -> Found:
        if not understanding.places or understanding.documents:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        own = self._of(understanding.places)
        searched = np.ones_like(own) if within is None else within
        own = own & searched
        if not own.any() or own.sum() == searched.sum():
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        return self._dense.find(query, understanding, own)

    def _mask(self, places: Sequence[Division]) -> Mask:
        documents = self._index.documents
        return np.array([is_of(path_of(document.area), places) for document in documents], bool)
