"""Rows to passages and back: an index speaks of row numbers, readers of addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.address import Address
from indexer.passages import Passage, Units, passages_of
from indexer.readings import Reading

__all__ = ["PassageTable"]

#: Documents whose passages are kept made.
_KEPT = 4096


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
        self._made = lru_cache(maxsize=_KEPT)(self._make)

    def __len__(self) -> int:
        return int(self.first[-1])

    def __getitem__(self, row: int) -> Passage:  # type: ignore[override]
        number = int(np.searchsorted(self.first, row, side="right")) - 1
        passages, _ = self._made(self._names[number])
        return passages[row - int(self.first[number])]

    def __iter__(self) -> Iterator[Passage]:
        for name in self._names:
            yield from self._made(name)[0]

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
        place = self._made(address.document)[1].get(address)
        return None if place is None else int(self.first[number]) + place

    def place(self, address: Address) -> int | None:
        """Return the row of a clause's own words, or where it has none that of its first part."""
        outline = self._readings[address.document].outline
        parts = (Address(address.document, part.path) for part in outline.under(address.path))
        return next((row for part in parts if (row := self.row(part)) is not None), None)

    def _make(self, name: str) -> tuple[tuple[Passage, ...], dict[Address, int]]:
        reading = self._readings[name]
        passages = tuple(passages_of(reading.document, reading.outline, self._units))
        return passages, {passage.address: place for place, passage in enumerate(passages)}
