"""Corpus folder in, index folder out; only what changed is embedded again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from corpus.catalogue import Entry, read_catalogue
from corpus.errors import CatalogueError, IndexFolderError, LoadError
from indexer.amendments import apply_amendments
from indexer.clause_index import ClauseIndex
from indexer.generation import PassageEmbedder, Texts, embed_missing, write_generation
from indexer.index_folder import (
    FORMAT,
    KEPT,
    Generation,
    Manifest,
    generations,
    generations_before,
    publish,
    sweep,
    switch,
)
from indexer.kept_vectors import JOURNAL, Journal, KnownVectors
from indexer.loaders import SUFFIXES
from indexer.milvus import Engine, drop_collections
from indexer.passages import Units
from indexer.reading_cache import READINGS, Progress, ReadingCache, code_digest, read_entries
from indexer.readings import Reading
from indexer.repeals import apply_repeals
from indexer.sources import Listing, Sources, listing_of, write_listing

__all__ = [
    "BuildReport",
    "build",
    "fingerprint",
    "index_readings",
    "open_before",
    "open_fresh",
    "open_whole",
    "read_corpus",
]


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
    engine: Engine | None = None,
    keep: int = KEPT,
) -> BuildReport:
    """Build or refresh the index of a corpus folder in ``out``; vectors go to an engine if given.

    ``keep`` generations stay. One of them that is of just this corpus, code and embedder becomes
    the current one again.
    """
    _check(engine)
    started, began = time.perf_counter(), time.time()
    out.mkdir(parents=True, exist_ok=True)
    with FileLock(out / ".lock"):
        sweep(out, _forgetting(engine))
        # Inside the lock: of two builds at once the later one must see what the earlier one saw.
        entries = read_catalogue(folder, SUFFIXES)
        wanted = fingerprint(entries, embedder.name, units, engine)
        listing = listing_of(folder, entries)
        previous = open_whole(out, engine)
        if previous and previous.manifest.fingerprint == wanted:
            write_listing(previous.folder, listing)
            return _report(out, previous.manifest, (0, 0), False, started)
        if again := _made_before(out, wanted, engine):
            write_listing(again.folder, listing)
            return _report(out, again.manifest, (0, 0), True, started)
        kept = ReadingCache(out / READINGS)
        readings, skipped = _combine(folder, entries, read_entries(entries, kept, progress))
        made_of = (str(folder.resolve()), skipped, wanted, listing, keep)
        manifest, counts = _index(
            readings, out, previous, embedder, made_of, progress, units, engine
        )
        kept.prune(entries, began)
        Sources.of(out).prune(out)
    return _report(out, manifest, counts, True, started)


def index_readings(
    readings: Mapping[str, Reading],
    out: Path,
    embedder: PassageEmbedder,
    wanted: str,
    corpus: str = "",
    progress: Progress | None = None,
    engine: Engine | None = None,
) -> ClauseIndex:
    """Index readings that come from no corpus folder; ``wanted`` stands for all they depend on.

    An index of the same fingerprint that is there, with its vectors where they are wanted, is
    opened as it is.
    """
    _check(engine)
    out.mkdir(parents=True, exist_ok=True)
    with FileLock(out / ".lock"):
        previous = open_whole(out, engine)
        if (
            previous
            and previous.manifest.fingerprint == wanted
            and bool(previous.manifest.collections) == bool(engine)
        ):
            return previous
        made_of = (corpus, (), wanted, None, KEPT)
        _index(readings, out, previous, embedder, made_of, progress, "clause", engine)
    return ClauseIndex.open(out, engine)


def open_fresh(
    folder: Path,
    out: Path,
    embedder_name: str,
    units: Units = "clause",
    engine: Engine | None = None,
) -> ClauseIndex | None:
    """Open the index in ``out`` if it is of exactly this corpus, code and embedder, else None."""
    index = open_whole(out, engine)
    wanted = fingerprint(read_catalogue(folder, SUFFIXES), embedder_name, units, engine)
    return index if index and index.manifest.fingerprint == wanted else None


def open_whole(out: Path, engine: Engine | None = None) -> ClauseIndex | None:
    """Open the index in ``out``, None where there is none or a damaged one."""
    try:
        return ClauseIndex.open(out, engine)
    except IndexFolderError:
        return None


def open_before(out: Path, engine: Engine | None = None) -> ClauseIndex | None:
    """Open the latest whole generation made before the one that the folder names, if there is one."""
    for generation in generations_before(out):
        try:
            return ClauseIndex.of(generation.folder, engine)
        except IndexFolderError:
            continue
    return None


def fingerprint(
    entries: Sequence[Entry],
    embedder_name: str,
    units: Units = "clause",
    engine: Engine | None = None,
) -> str:
    """Digest all that an index depends on: sources, catalogue, reading code, embedder, units, and
    whether its vectors lie in an engine, whichever."""
    state = hashlib.sha256(f"{FORMAT}\0{embedder_name}\0{units}\0{code_digest()}".encode())
    state.update(b"\0milvus\0" if engine else b"")
    for entry in entries:
        state.update(repr(replace(entry, path=Path())).encode())
    return state.hexdigest()


def _index(
    readings: Mapping[str, Reading],
    out: Path,
    previous: ClauseIndex | None,
    embedder: PassageEmbedder,
    made_of: tuple[str, tuple[str, ...], str, Listing | None, int],
    progress: Progress | None,
    units: Units,
    engine: Engine | None,
) -> tuple[Manifest, tuple[int, int]]:
    """Write and publish a generation; return its manifest, and the texts embedded and reused."""
    corpus, skipped, wanted, listing, keep = made_of
    texts = Texts.of(readings, units)
    same = previous if previous and previous.manifest.embedder == embedder.name else None
    before = same.known_vectors() if same else []
    journal = Journal(out / JOURNAL, embedder.name)
    known = KnownVectors([*before, *journal.read()])
    missing = known.missing(texts.all)
    if len(missing):
        tell = (lambda done, whole: progress("embed", done, whole)) if progress else None
        embed_missing(readings, units, missing, embedder, journal, tell)
        known = KnownVectors([*before, *journal.read()])
    manifest = Manifest(
        FORMAT, embedder.name, known.dimension, wanted, len(readings),
        sum(len(r.outline.clauses) for r in readings.values()), len(texts.clauses),
        datetime.now(UTC).isoformat(timespec="seconds"), corpus, skipped, units,
    )  # fmt: skip

    def write(folder: Path) -> None:
        write_generation(folder, manifest, readings, texts, known, embedder, engine)
        if listing:
            write_listing(folder, listing)

    publish(out, f"g-{wanted[:12]}-{time.time_ns():x}", write, _forgetting(engine), keep)
    return manifest, (len(missing), len(texts.all) - len(missing))


def _forgetting(engine: Engine | None) -> Callable[[Path], object]:
    """What drops the vectors of a generation that goes."""
    return lambda folder: drop_collections(engine, folder.name) if engine else None


def _made_before(out: Path, wanted: str, engine: Engine | None) -> Generation | None:
    """Make a kept generation of this fingerprint the current one, where one is there and whole."""
    for one in generations(out):
        if one.manifest.fingerprint == wanted and bool(one.manifest.collections) == bool(engine):
            try:
                # Opening it checks its files, and tells whether an engine still holds its vectors.
                ClauseIndex.of(one.folder, engine)
            except IndexFolderError:
                continue
            switch(out, one.name)
            return one
    return None


def _check(engine: Engine | None) -> None:
    """Raise IndexFolderError where an engine cannot be used: before hours of work, not after."""
    if engine:
        engine.connect()


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
    documents = apply_amendments(readings)
    apply_repeals(documents)
    return (
        {name: replace(reading, document=documents[name]) for name, reading in readings.items()},
        skipped,
    )


def _report(
    out: Path, manifest: Manifest, texts: tuple[int, int], changed: bool, started: float
) -> BuildReport:
    seconds = round(time.perf_counter() - started, 2)
    return BuildReport(
        out, manifest.documents, manifest.clauses, manifest.passages, *texts, changed,
        manifest.skipped, seconds,
    )  # fmt: skip
