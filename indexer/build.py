"""Corpus folder in, index folder out; only what changed is embedded again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import numpy as np
from filelock import FileLock

from corpus.catalogue import Entry, read_catalogue
from corpus.errors import CatalogueError, IndexFolderError, LoadError
from indexer.clause_index import FORMAT, ClauseIndex, Manifest, publish
from indexer.embedder import Matrix
from indexer.lexical import LexicalIndex
from indexer.loaders import SUFFIXES
from indexer.passages import Passage, Units, digest, passages_of
from indexer.read import Reading
from indexer.reading_cache import READINGS, Progress, ReadingCache, code_digest, read_entries
from indexer.validity import apply_repeals
from indexer.vectors import FaissFlat

__all__ = [
    "BuildReport",
    "PassageEmbedder",
    "PiecesOf",
    "assemble",
    "build",
    "embed_fresh",
    "fingerprint",
    "known_vectors",
    "open_fresh",
    "open_whole",
    "read_corpus",
]


class PassageEmbedder(Protocol):
    """What a build needs of an embedder; the model may be loaded when a text is to be embedded."""

    name: str

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Matrix: ...


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``embedded`` and ``reused`` count texts (clauses and sentences);
    ``skipped`` says, file by file, what could not be read and why."""

    folder: Path
    documents: int
    clauses: int
    passages: int
    embedded: int
    reused: int
    changed: bool
    skipped: tuple[str, ...]
    seconds: float


#: The texts whose vectors stand for the sentences of a passage.
PiecesOf = Callable[[Passage], Sequence[str]]


def _pieces(passage: Passage) -> Sequence[str]:
    return passage.pieces


def read_corpus(
    folder: Path, progress: Progress | None = None
) -> tuple[dict[str, Reading], tuple[str, ...]]:
    """Read every source of a corpus; a bad one is reported and the others go on."""
    entries = read_catalogue(folder, SUFFIXES)
    return _combine(folder, entries, read_entries(entries, progress=progress))


def build(
    folder: Path,
    out: Path,
    embedder: PassageEmbedder,
    progress: Progress | None = None,
    units: Units = "clause",
) -> BuildReport:
    """Build or refresh the index of a corpus folder in ``out``."""
    started, began = time.perf_counter(), time.time()
    out.mkdir(parents=True, exist_ok=True)
    with FileLock(out / ".lock"):
        # Inside the lock: of two builds at once the later one must see what the earlier one saw.
        entries = read_catalogue(folder, SUFFIXES)
        wanted = fingerprint(entries, embedder.name, units)
        previous = open_whole(out)
        if previous and previous.manifest.fingerprint == wanted:
            return _report(out, previous.manifest, 0, 0, False, started)
        kept = ReadingCache(out / READINGS)
        readings, skipped = _combine(folder, entries, read_entries(entries, kept, progress))
        passages = [p for r in readings.values() for p in passages_of(r.document, r.outline, units)]
        if not passages:
            raise CatalogueError(f"没有可检索的文字 / no words to search in {folder}")
        known = known_vectors(previous, embedder)
        texts = [text for p in passages for text in (p.whole, *p.pieces)]
        fresh = embed_fresh(texts, known, embedder, progress)
        manifest = Manifest(
            FORMAT, embedder.name, _dimension(known), wanted, len(readings),
            sum(len(r.outline.clauses) for r in readings.values()), len(passages),
            datetime.now(UTC).isoformat(timespec="seconds"), str(folder.resolve()), skipped, units,
        )  # fmt: skip
        index = assemble(manifest, readings, passages, known)
        publish(out, f"g-{wanted[:12]}-{time.time_ns():x}", index.save)
        kept.prune(entries, began)
    return _report(out, manifest, fresh, len(set(texts)) - fresh, True, started)


def open_fresh(
    folder: Path, out: Path, embedder_name: str, units: Units = "clause"
) -> ClauseIndex | None:
    """Open the index in ``out`` if it is of exactly this corpus, code and embedder, else None."""
    index = open_whole(out)
    wanted = fingerprint(read_catalogue(folder, SUFFIXES), embedder_name, units)
    return index if index and index.manifest.fingerprint == wanted else None


def fingerprint(entries: Sequence[Entry], embedder_name: str, units: Units = "clause") -> str:
    """Digest all that an index depends on: sources, catalogue, reading code, embedder, units."""
    state = hashlib.sha256(f"{FORMAT}\0{embedder_name}\0{units}\0{code_digest()}".encode())
    for entry in entries:
        state.update(repr(replace(entry, path=Path())).encode())
    return state.hexdigest()


def _combine(
    folder: Path, entries: Sequence[Entry], results: Sequence[Reading | LoadError]
) -> tuple[dict[str, Reading], tuple[str, ...]]:
    """Part readings from failures, and let the documents of a corpus act on each other."""
    skipped = tuple(result.message for result in results if isinstance(result, LoadError))
    readings = {
        entry.id: result
        for entry, result in zip(entries, results, strict=True)
        if isinstance(result, Reading)
    }
    if not readings:
        raise CatalogueError(
            f"没有一份文件可以读取 / no document could be read in {folder}: " + "; ".join(skipped)
        )
    documents = {name: reading.document for name, reading in readings.items()}
    apply_repeals(documents)
    return (
        {name: replace(reading, document=documents[name]) for name, reading in readings.items()},
        skipped,
    )


def open_whole(out: Path) -> ClauseIndex | None:
    """Open the index in ``out``, None where there is none or a damaged one."""
    try:
        return ClauseIndex.open(out)
    except IndexFolderError:
        return None


def known_vectors(
    previous: ClauseIndex | None, embedder: PassageEmbedder, pieces_of: PiecesOf = _pieces
) -> dict[str, Matrix]:
    """The vectors of the index before, by the digest of the text that they stand for."""
    if previous is None or previous.manifest.embedder != embedder.name:
        return {}
    wholes = [digest(p.whole) for p in previous.passages]
    pieces = [digest(piece) for p in previous.passages for piece in pieces_of(p)]
    known = dict(zip(wholes, previous.clauses.vectors, strict=True))
    return known | dict(zip(pieces, previous.sentences.vectors, strict=True))


def embed_fresh(
    texts: Sequence[str],
    known: dict[str, Matrix],
    embedder: PassageEmbedder,
    progress: Progress | None,
) -> int:
    """Embed the texts that are not known yet, into ``known``; return how many."""
    fresh = {digest(text): text for text in texts if digest(text) not in known}
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress("embed", done, len(fresh))

    if fresh:
        vectors = embedder.embed_passages(list(fresh.values()), advance)
        known.update(zip(fresh, vectors, strict=True))
    return len(fresh)


def _dimension(vectors: dict[str, Matrix]) -> int:
    """The length of the vectors, known without loading a model where none is embedded anew."""
    return len(next(iter(vectors.values())))


def assemble(
    manifest: Manifest,
    readings: dict[str, Reading],
    passages: Sequence[Passage],
    known: dict[str, Matrix],
    pieces_of: PiecesOf = _pieces,
) -> ClauseIndex:
    """Put an index together from vectors that are all known by the digest of their text."""
    wholes = [(p.address, known[digest(p.whole)]) for p in passages]
    pieces = [(p.address, known[digest(piece)]) for p in passages for piece in pieces_of(p)]
    return ClauseIndex(
        manifest,
        readings,
        tuple(passages),
        FaissFlat.build([key for key, _ in wholes], np.stack([v for _, v in wholes])),
        FaissFlat.build([key for key, _ in pieces], np.stack([v for _, v in pieces])),
        LexicalIndex.build([passage.whole for passage in passages]),
    )


def _report(
    out: Path, manifest: Manifest, fresh: int, reused: int, changed: bool, started: float
) -> BuildReport:
    seconds = round(time.perf_counter() - started, 2)
    return BuildReport(
        out, manifest.documents, manifest.clauses, manifest.passages, fresh,
        reused, changed, manifest.skipped, seconds,
    )  # fmt: skip
