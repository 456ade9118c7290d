"""Rows to passages and back: an index speaks of row numbers, readers of addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.address import Address
from corpus.outline import Clause
from indexer.passages import Passage, Units, passage_of, passages_of
from indexer.readings import Reading

__all__ = ["PassageTable"]

#: Passages that are kept made, and documents whose clauses are kept in order.
_MADE, _KEPT = 1 << 15, 4096


class PassageTable(Sequence[Passage]):
    """All passages of an index in row order: those of the first document, of the second, …

    Only their number is kept for each document; a passage is made of its reading when it is
    asked for.
    """

    def __init__(
        self, readings: Mapping[str, Reading], counts: Sequence[int], units: Units = "clause"
    ) -> None:
        self._readings, self._units = readings, units
        self._names = tuple(readings)
        self.numbers = {name: number for number, name in enumerate(self._names)}
        self.first = np.concatenate([[0], np.cumsum(np.asarray(counts, np.int64))])
        # Of most documents a question shows one passage, and the others need not be made.
        self._made = lru_cache(maxsize=_MADE)(self._make)
        self._clauses = lru_cache(maxsize=_KEPT)(self._with_words)
        self._articles = lru_cache(maxsize=_KEPT)(self._all)
        self._places = lru_cache(maxsize=_KEPT)(self._number)

    def __len__(self) -> int:
        return int(self.first[-1])

    def __getitem__(self, row: int) -> Passage:  # type: ignore[override]
        return self._made(int(row))

    def __iter__(self) -> Iterator[Passage]:
        for name in self._names:
            yield from self._all(name)

    @cached_property
    def documents(self) -> NDArray[np.int32]:
        """The number of the document that each row is of, shape (rows,)."""
        numbers = np.arange(len(self._names), dtype=np.int32)
        return np.repeat(numbers, np.diff(self.first))

    def row(self, address: Address) -> int | None:
        """Return the row of the passage at an address; None for one that is no passage."""
        number = self.numbers.get(address.document)
        if number is None:
            return None
        place = self._places(address.document).get(address)
        return None if place is None else int(self.first[number]) + place

    def place(self, address: Address) -> int | None:
        """Return the row of a clause's own words, or where it has none that of its first part."""
        outline = self._readings[address.document].outline
        parts = (Address(address.document, part.path) for part in outline.under(address.path))
        return next((row for part in parts if (row := self.row(part)) is not None), None)

    def _make(self, row: int) -> Passage:
        number = int(np.searchsorted(self.first, row, side="right")) - 1
        name, place = self._names[number], row - int(self.first[number])
        if self._units == "article":
            return self._articles(name)[place]
        reading = self._readings[name]
        return passage_of(reading.document, reading.outline, self._clauses(name)[place])

    def _with_words(self, name: str) -> tuple[Clause, ...]:
        """The clauses of a document that are passages."""
        return tuple(clause for clause in self._readings[name].outline if clause.text.strip())

    def _all(self, name: str) -> tuple[Passage, ...]:
        reading = self._readings[name]
        return tuple(passages_of(reading.document, reading.outline, self._units))

    def _number(self, name: str) -> dict[Address, int]:
        return {passage.address: place for place, passage in enumerate(self._all(name))}
