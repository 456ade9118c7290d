"""Readings in a file of lines, each decoded when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from corpus.errors import IndexFolderError
from indexer.codec import decode_reading, encode_reading
from indexer.read import Reading

__all__ = ["StoredReadings", "write_readings"]

#: Decoded readings that are kept: a library of some thousand documents stays in memory whole.
_KEPT = 4096


class StoredReadings(Mapping[str, Reading]):
    """Readings by document, in the order of the corpus.

    ``starts`` says at which byte each line begins, and where the last one ends.
    """

    def __init__(self, path: Path, names: Sequence[str], starts: Sequence[int]) -> None:
        self._path, self._starts = path, starts
        self._places = {name: place for place, name in enumerate(names)}
        self._decoded = lru_cache(maxsize=_KEPT)(self._decode)

    def __getitem__(self, name: str) -> Reading:
        return self._decoded(self._places[name])

    def __contains__(self, name: object) -> bool:
        # The default asks for the reading itself.
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _decode(self, place: int) -> Reading:
        start, end = self._starts[place], self._starts[place + 1]
        try:
            with self._path.open("rb") as file:
                file.seek(start)
                return decode_reading(json.loads(file.read(end - start)))
        except (OSError, ValueError) as error:
            raise IndexFolderError(
                f"索引损坏，请重建 / the index is damaged, rebuild it: {self._path.name}"
            ) from error


def write_readings(path: Path, readings: Iterable[Reading]) -> list[int]:
    """Write readings line by line; return where each begins, and where the last one ends."""
    starts = [0]
    with path.open("wb") as file:
        for reading in readings:
            line = json.dumps(encode_reading(reading), ensure_ascii=False) + "\n"
            starts.append(starts[-1] + file.write(line.encode()))
    return starts
