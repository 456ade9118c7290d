"""Readings kept beside an index, so that only what changed is read again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import corpus
import indexer
from corpus.catalogue import Entry
from corpus.errors import LoadError
from indexer.codec import decode_reading
from indexer.pool import Limits, run_each
from indexer.readings import Reading

__all__ = ["READINGS", "Progress", "ReadingCache", "code_digest", "read_entries"]

#: The folder of the cache, inside an index folder.
READINGS = "readings"
#: Told the stage, what is done and what there is to do.
Progress = Callable[[str, int, int], None]

#: What a file is read as depends on these too; one that is not installed counts as such.
_LIBRARIES = ("lxml", "onnxruntime", "pillow", "pypdf", "pypdfium2", "rapidocr")


@cache
def code_digest() -> str:
    """Digest the code that reads and indexes, and the releases of the libraries that it reads with."""
    state = hashlib.sha256()
    for package in (corpus, indexer):
        for path in sorted(Path(package.__path__[0]).rglob("*.py")):
            state.update(path.read_bytes())
    state.update(repr([_release(name) for name in _LIBRARIES]).encode())
    return state.hexdigest()


def _release(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


@dataclass(frozen=True, slots=True)
class ReadingCache:
    """Readings as JSON, one file each, before any document of a corpus acts on another.

    A file is named by all that its reading depends on, and begins with the digest of the rest:
    one that is damaged or half-written is none.
    """

    folder: Path

    def get(self, entry: Entry) -> str | None:
        """Return the JSON of an entry's reading, or None where it is not known."""
        try:
            digest, _, text = self._path(entry).read_text("utf-8").partition("\n")
        except (OSError, UnicodeDecodeError):
            return None
        return text if digest == _digest(text) else None

    def put(self, entry: Entry, text: str) -> None:
        """Keep the JSON of a reading; a disk that is full or read-only only costs time later."""
        path = self._path(entry)
        part = path.with_suffix(f".{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_text(f"{_digest(text)}\n{text}", "utf-8")
            part.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()

    def prune(self, entries: Iterable[Entry], before: float) -> None:
        """Remove what was kept before a time and belongs to none of these entries."""
        wanted = {self._path(entry).name for entry in entries}
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in wanted and path.stat().st_mtime < before:
                    path.unlink()

    def _path(self, entry: Entry) -> Path:
        # The file's place may change, what it holds and is said of it may not.
        key = f"{code_digest()}\0{replace(entry, path=Path())!r}"
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.json"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_entries(
    entries: Sequence[Entry],
    cache: ReadingCache | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
    apart: bool = False,
) -> tuple[Reading | LoadError, ...]:
    """Read all entries, in their order; a LoadError stands for each that could not be read.

    What the cache knows is not read again; what is read enters it file by file.
    """
    # Here: a server reads no source until somebody adds one.
    from indexer.read import read_to_json

    results = [_known(entry, cache) for entry in entries]
    fresh = [i for i, result in enumerate(results) if result is None]
    with closing(run_each(read_to_json, [entries[i] for i in fresh], limits, apart)) as reading:
        for done, (position, result) in enumerate(reading, 1):
            place = fresh[position]
            results[place] = _kept(result, entries[place], cache)
            if progress:
                progress("read", done, len(fresh))
    return tuple(result for result in results if result is not None)


def _known(entry: Entry, cache: ReadingCache | None) -> Reading | LoadError | None:
    text = cache.get(entry) if cache else None
    if text is None:
        return None
    try:
        return decode_reading(json.loads(text))
    except ValueError:
        return None


def _kept(result: str | LoadError, entry: Entry, cache: ReadingCache | None) -> Reading | LoadError:
    if isinstance(result, LoadError):
        return result
    if cache:
        cache.put(entry, result)
    return decode_reading(json.loads(result))
