"""Vectors by the digest of the text that they stand for: what need not be embedded again.

Those of the index before are found in its own files. Those that a build embeds go into a journal
beside the generations as soon as they are made, so that a build which is cut off goes on where it
was. The journal is two files that only grow; what a crash left half-written at their ends is cut.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.embedder import Matrix
from indexer.vectors import Stored

__all__ = ["JOURNAL", "Half", "Journal", "Keys", "KnownVectors", "keys_of"]

#: The folder of the journal, inside an index folder.
JOURNAL = "journal"

Keys = NDArray[np.uint64]
Half = NDArray[np.float16]


def keys_of(texts: Sequence[str]) -> Keys:
    """Stand for each text in 64 bits: of ten million, two are the same once in 400,000 times."""
    digests = (blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.fromiter((int.from_bytes(d, "little") for d in digests), np.uint64, len(texts))


class KnownVectors:
    """Vectors from several places, found by key."""

    def __init__(self, sources: Sequence[tuple[Keys, Stored]]) -> None:
        self._vectors = [vectors for _, vectors in sources]
        keys = [keys for keys, _ in sources]
        all_keys = np.concatenate(keys or [np.zeros(0, np.uint64)])
        counts = [len(k) for k in keys]
        source = np.repeat(np.arange(len(keys), dtype=np.int32), counts)
        place = np.concatenate([np.arange(count) for count in counts] or [np.zeros(0, np.int64)])
        order = np.argsort(all_keys, kind="stable")
        self._keys, self._source, self._place = all_keys[order], source[order], place[order]

    @property
    def dimension(self) -> int:
        """The length of the vectors."""
        return int(self._vectors[0].shape[1])

    def missing(self, keys: Keys) -> Keys:
        """Return those of the keys, each once, that no vector is known for."""
        return np.setdiff1d(keys, self._keys)

    def take(self, keys: Keys) -> Half:
        """Return the vectors of keys that are all known, shape (keys, dimension)."""
        found = np.searchsorted(self._keys, keys)
        sources, places = self._source[found], self._place[found]
        taken = np.zeros((len(keys), self.dimension), np.float16)
        for number, vectors in enumerate(self._vectors):
            mine = sources == number
            taken[mine] = vectors[places[mine]]
        return taken


class Journal:
    """The vectors that a build has made so far, of one model."""

    def __init__(self, folder: Path, embedder: str) -> None:
        self._folder, self._keys = folder, folder / "keys"
        folder.mkdir(exist_ok=True)
        made_by = folder / "embedder"
        if not made_by.is_file() or made_by.read_text("utf-8") != embedder:
            for path in folder.iterdir():
                path.unlink()
            made_by.write_text(embedder, "utf-8")

    def add(self, keys: Keys, vectors: Matrix) -> None:
        """Append vectors of shape (keys, dimension)."""
        # Vectors first: a key without its vector would be the worse half to be left with.
        path = self._folder / f"vectors-{vectors.shape[1]}"
        _append(path, vectors.astype("<f2").tobytes())
        _append(self._keys, keys.astype("<u8").tobytes())

    def read(self) -> list[tuple[Keys, Half]]:
        """Return what is in the journal, nothing where it is empty; cut what is half."""
        path = next(self._folder.glob("vectors-*"), None)
        if path is None or not self._keys.is_file():
            return []
        dimension = int(path.name.removeprefix("vectors-"))
        rows = min(self._keys.stat().st_size // 8, path.stat().st_size // (2 * dimension))
        os.truncate(self._keys, 8 * rows)
        os.truncate(path, 2 * dimension * rows)
        if not rows:
            return []
        keys = np.fromfile(self._keys, "<u8").astype(np.uint64)
        return [(keys, np.memmap(path, "<f2", "r", shape=(rows, dimension)))]


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
