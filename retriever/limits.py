"""Which documents a question may be answered from: limits of the asker, and what it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.divisions import Division, is_of, lies_in, path_of, short_name
from indexer.clause_index import ClauseIndex
from indexer.vectors import Mask
from retriever.query import Query, Understanding

__all__ = ["Limits", "is_above"]


class Limits:
    """Limits as one boolean a document; they act inside the searches, before a top k is taken."""

    def __init__(self, index: ClauseIndex) -> None:
        self._index = index
        self._holding = lru_cache(maxsize=8)(self._judge)

    def mask(self, query: Query, understanding: Understanding) -> Mask | None:
        """Return the documents to search in, None for all of them."""
        kept = np.ones(len(self._index.documents), bool)
        if query.documents is not None:
            kept &= self._of(query.documents)
        if query.area is not None:
            kept &= self._in_area(query.area, query.higher)
        if query.in_force:
            kept &= self._holding(query.as_of)
        if query.authority is not None:
            kept &= self._authorities == query.authority
        if understanding.left_out:
            kept &= ~np.array([area in understanding.left_out for area in self._areas], bool)
        if understanding.seats:
            kept &= self._holding_in(understanding.seats, understanding.areas)
        named = self._of(understanding.documents) & kept
        if named.any():
            return named
        # What was issued later did not exist on the day; asked for by name it is still found.
        kept &= self._issued <= query.as_of.toordinal()
        return None if kept.all() else kept

    def _in_area(self, area: str, higher: bool) -> Mask:
        """The documents of an area, and of the levels above it where they are wanted."""
        wanted: set[str | None] = {area}
        if higher:
            wanted |= {None} | {known for known in self._index.areas if is_above(known, area)}
        return np.array([known in wanted for known in self._areas], bool)

    def with_titled(self, query: Query) -> Query:
        """A search in an area, with the documents of a level above that are titled after it, as the
        plan of a city for one of its zones is."""
        area, documents = query.area, self._index.documents
        if area is None or query.documents is not None:
            return query
        titled = {d.id for d in documents if area in d.title and d.area != area}
        own = {d.id for d in documents if d.area == area}
        return replace(query, area=None, documents=frozenset(titled | own)) if titled else query

    def _holding_in(self, seats: Sequence[Division], named: frozenset[str]) -> Mask:
        """The documents that may hold where an asker sits: of that place, of those above it and
        below it, of none, and of those that are named."""
        paths = [(area, path_of(area)) for area in self._areas]
        return np.array(
            [not path or area in named or is_of(path, seats) for area, path in paths],
            bool,
        )

    def _judge(self, day: date) -> Mask:
        """The documents that hold on a day, as far as their texts tell."""
        return np.array(
            [d.validity(day).status in ("in_force", "unknown") for d in self._index.documents], bool
        )

    def _of(self, names: frozenset[str]) -> Mask:
        numbers = self._index.passages.numbers
        held = np.zeros(len(self._index.documents), bool)
        held[[numbers[name] for name in names if name in numbers]] = True
        return held

    @cached_property
    def _areas(self) -> NDArray[Any]:
        return np.array([document.area for document in self._index.documents], object)

    @cached_property
    def _authorities(self) -> NDArray[Any]:
        return np.array([document.authority for document in self._index.documents], object)

    @cached_property
    def _issued(self) -> NDArray[np.int64]:
        """Days of issue; where none is known, before all time."""
        days = (document.issued for document in self._index.documents)
        return np.array([day.toordinal() if day else 0 for day in days], np.int64)


def is_above(area: str, other: str) -> bool:
    """Whether an area is of a higher level: 重庆市 is above 重庆高新区, 全国 above all."""
    if area == "全国" or area == other:
        return area != other
    # What no list has is known by its name alone: 青禾高新区 lies in 青禾市.
    return lies_in(path_of(other), path_of(area)) or other.startswith(short_name(area))
