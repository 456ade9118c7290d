"""What each generation of an index was made of, and files that have left the corpus since.

Each generation has a list of its corpus; a file that is taken out of the corpus is kept, by its digest, for
as long as a generation lists it. So a corpus can be put back to what it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.catalogue import CATALOGUE_FILE, Entry, digest_of
from corpus.catalogue_edit import copy_in, write_whole
from corpus.errors import LoadError, StateError
from indexer.index_folder import SOURCES, generations

__all__ = ["Listed", "Listing", "Sources", "listing_of", "read_listing", "write_listing"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of a corpus; ``file`` is its place in the corpus folder."""

    id: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A corpus at one moment; ``catalogue`` is the text of its catalogue, if it has one."""

    documents: tuple[Listed, ...]
    catalogue: str | None = None

    @property
    def ids(self) -> frozenset[str]:
        """The documents that were in."""
        return frozenset(document.id for document in self.documents)


def listing_of(corpus: Path, entries: Sequence[Entry]) -> Listing:
    """List a corpus as it is."""
    catalogue = corpus / CATALOGUE_FILE
    text = catalogue.read_bytes().decode("utf-8", "replace") if catalogue.is_file() else None
    # As it is read: a name may be printed otherwise than it is written.
    root = corpus.resolve()
    return Listing(tuple(Listed(e.id, _place(e, root), e.sha256) for e in entries), text)


def _place(entry: Entry, root: Path) -> str:
    path = entry.path.absolute()
    return os.path.relpath(path.parent.resolve() / path.name, root)


def write_listing(generation: Path, listing: Listing) -> None:
    """Write down what a generation is made of, unless that is written already.

    Beside it, as it is no part of the index: a comment in a catalogue makes no other generation.
    """
    if read_listing(generation) != listing:
        text = json.dumps(asdict(listing))
        path = _listed(generation)
        path.parent.mkdir(exist_ok=True)
        write_whole(path, f"{_digest(text)}\n{text}")


def _listed(generation: Path) -> Path:
    return generation.parent / SOURCES / f"{generation.name}.json"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_listing(generation: Path) -> Listing | None:
    """What a generation was made of; None where that is not written, or is damaged."""
    try:
        digest, _, text = _listed(generation).read_text("utf-8").partition("\n")
        values: Any = json.loads(text) if digest == _digest(text) else None
        documents = tuple(Listed(**value) for value in values["documents"])
        return Listing(documents, values["catalogue"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


@dataclass(frozen=True, slots=True)
class Sources:
    """Files that have left a corpus, beside the generations of its index."""

    folder: Path

    @classmethod
    def of(cls, index: Path) -> Sources:
        """Those of an index folder."""
        return cls(index / SOURCES)

    def keep(self, path: Path, sha256: str) -> None:
        """Keep a file that is about to leave; raise StateError where it is no longer that file."""
        place = self.folder / sha256
        if place.is_file() and digest_of(place) == sha256:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            copy_in(path, place, sha256)
        except LoadError as error:
            raise StateError(
                f"文件被改动过 / the file was changed: {path.name}", field="document"
            ) from error

    def find(self, sha256: str) -> Path | None:
        """The place of a kept file, if it is here and whole."""
        place = self.folder / sha256
        try:
            return place if digest_of(place) == sha256 else None
        except OSError:
            return None

    def prune(self, index: Path) -> None:
        """Remove what no generation lists any more."""
        kept = generations(index)
        listings = (read_listing(generation.folder) for generation in kept)
        wanted = {d.sha256 for listing in listings if listing for d in listing.documents}
        wanted |= {f"{generation.name}.json" for generation in kept}
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in wanted:
                    path.unlink(missing_ok=True)
