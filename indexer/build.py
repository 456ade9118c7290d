"""Corpus folder in, index folder out; only what changed is embedded again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from filelock import FileLock

import corpus
import indexer
from corpus.catalogue import Entry, read_catalogue
from corpus.errors import CatalogueError, IndexFolderError, LoadError
from indexer.clause_index import FORMAT, ClauseIndex, Manifest, publish
from indexer.embedder import Embedder, Matrix
from indexer.lexical import LexicalIndex
from indexer.loaders import LOADERS
from indexer.passages import Passage, digest, passages_of
from indexer.read import Reading, read_source
from indexer.validity import apply_repeals
from indexer.vectors import FaissFlat

__all__ = ["BuildReport", "build", "fingerprint", "open_fresh", "read_corpus"]

#: Told the stage, what is done and what there is to do.
Progress = Callable[[str, int, int], None]


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


def read_corpus(folder: Path) -> tuple[dict[str, Reading], tuple[str, ...]]:
    """Read every source of a corpus; a bad one is reported and the others go on."""
    return _read_all(folder, read_catalogue(folder, tuple(LOADERS)))


def build(
    folder: Path, out: Path, embedder: Embedder, progress: Progress | None = None
) -> BuildReport:
    """Build or refresh the index of a corpus folder in ``out``."""
    started = time.perf_counter()
    entries = read_catalogue(folder, tuple(LOADERS))
    wanted = fingerprint(entries, embedder.name)
    out.mkdir(parents=True, exist_ok=True)
    with FileLock(out / ".lock"):
        previous = _open_whole(out)
        if previous and previous.manifest.fingerprint == wanted:
            return _report(out, previous.manifest, 0, 0, False, started)
        readings, skipped = _read_all(folder, entries)
        passages = [p for r in readings.values() for p in passages_of(r.document, r.outline)]
        known = _known_vectors(previous, embedder)
        texts = [text for p in passages for text in (p.whole, *p.pieces)]
        fresh = _embed_fresh(texts, known, embedder, progress)
        manifest = Manifest(
            FORMAT, embedder.name, embedder.dimension, wanted, len(readings),
            sum(len(r.outline.clauses) for r in readings.values()), len(passages),
            datetime.now(UTC).isoformat(timespec="seconds"), str(folder.resolve()), skipped,
        )  # fmt: skip
        index = _assemble(manifest, readings, passages, known)
        publish(out, f"g-{wanted[:12]}-{time.time_ns():x}", index.save)
    return _report(out, manifest, fresh, len(set(texts)) - fresh, True, started)


def open_fresh(folder: Path, out: Path, embedder_name: str) -> ClauseIndex | None:
    """Open the index in ``out`` if it is of exactly this corpus, code and embedder, else None."""
    index = _open_whole(out)
    wanted = fingerprint(read_catalogue(folder, tuple(LOADERS)), embedder_name)
    return index if index and index.manifest.fingerprint == wanted else None


def fingerprint(entries: Sequence[Entry], embedder_name: str) -> str:
    """Digest all that an index depends on: sources, catalogue, reading code and embedder."""
    state = hashlib.sha256(f"{FORMAT}\0{embedder_name}".encode())
    for entry in entries:
        state.update(repr(replace(entry, path=Path())).encode())
    for package in (corpus, indexer):
        root = Path(package.__path__[0])
        for path in sorted(root.rglob("*.py")):
            state.update(path.read_bytes())
    return state.hexdigest()


def _read_all(folder: Path, entries: Sequence[Entry]) -> tuple[dict[str, Reading], tuple[str, ...]]:
    readings: dict[str, Reading] = {}
    skipped: list[str] = []
    for entry in entries:
        try:
            readings[entry.id] = read_source(entry)
        except LoadError as error:
            skipped.append(error.message)
    if not readings:
        raise CatalogueError(
            f"没有一份文件可以读取 / no document could be read in {folder}: " + "; ".join(skipped)
        )
    documents = {name: reading.document for name, reading in readings.items()}
    apply_repeals(documents, {name: reading.outline for name, reading in readings.items()})
    return (
        {name: replace(reading, document=documents[name]) for name, reading in readings.items()},
        tuple(skipped),
    )


def _open_whole(out: Path) -> ClauseIndex | None:
    try:
        return ClauseIndex.open(out)
    except IndexFolderError:
        return None


def _known_vectors(previous: ClauseIndex | None, embedder: Embedder) -> dict[str, Matrix]:
    """The vectors of the index before, by the digest of the text that they stand for."""
    if previous is None or previous.manifest.embedder != embedder.name:
        return {}
    wholes = [digest(p.whole) for p in previous.passages]
    pieces = [digest(piece) for p in previous.passages for piece in p.pieces]
    known = dict(zip(wholes, previous.clauses.vectors, strict=True))
    return known | dict(zip(pieces, previous.sentences.vectors, strict=True))


def _embed_fresh(
    texts: Sequence[str],
    known: dict[str, Matrix],
    embedder: Embedder,
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

    vectors = embedder.embed_passages(list(fresh.values()), advance)
    known.update(zip(fresh, vectors, strict=True))
    return len(fresh)


def _assemble(
    manifest: Manifest,
    readings: dict[str, Reading],
    passages: Sequence[Passage],
    known: dict[str, Matrix],
) -> ClauseIndex:
    wholes = [(p.address, known[digest(p.whole)]) for p in passages]
    pieces = [(p.address, known[digest(piece)]) for p in passages for piece in p.pieces]
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
