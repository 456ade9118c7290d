"""One item a document in a file of lines, each decoded when it is asked for."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from corpus.errors import IndexFolderError

__all__ = ["StoredLines", "write_lines"]

#: Decoded items that are kept: a library of some thousand documents stays in memory whole.
_KEPT = 4096

#: For systems that cannot read at a place without going there.
_SEEKING = threading.Lock()

T = TypeVar("T")


class StoredLines(Mapping[str, T]):
    """Items by document, in the order of the corpus.

    ``starts`` says at which byte each line begins, and where the last one ends.
    """

    def __init__(
        self, path: Path, names: Sequence[str], starts: Sequence[int], decode: Callable[[bytes], T]
    ) -> None:
        self._path, self._starts, self._decode = path, starts, decode
        # Held open: a later build may remove the file while this generation is still asked.
        self._handle = _opened(path)
        weakref.finalize(self, os.close, self._handle)
        self._places = {name: place for place, name in enumerate(names)}
        self._decoded = lru_cache(maxsize=_KEPT)(self._read)

    def __getitem__(self, name: str) -> T:
        return self._decoded(self._places[name])

    def __contains__(self, name: object) -> bool:
        # The default asks for the item itself.
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _read(self, place: int) -> T:
        start, end = self._starts[place], self._starts[place + 1]
        try:
            return self._decode(_read_at(self._handle, start, end - start))
        except (OSError, ValueError) as error:
            raise IndexFolderError(
                f"索引损坏，请重建 / the index is damaged, rebuild it: {self._path.name}"
            ) from error


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise IndexFolderError(
            f"索引损坏，请重建 / the index is damaged, rebuild it: {path.name}"
        ) from error


def _read_at(handle: int, start: int, size: int) -> bytes:
    """Read without moving a position that threads share; a file that is too short is a ValueError."""
    if hasattr(os, "pread"):
        found = os.pread(handle, size, start)
    else:
        with _SEEKING:
            os.lseek(handle, start, os.SEEK_SET)
            found = os.read(handle, size)
    if len(found) != size:
        raise ValueError(f"{len(found)} bytes of {size}")
    return found


def write_lines(path: Path, lines: Iterable[bytes]) -> list[int]:
    """Write lines; return where each begins, and where the last one ends."""
    starts = [0]
    with path.open("wb") as file:
        for line in lines:
            starts.append(starts[-1] + file.write(line + b"\n"))
    return starts
