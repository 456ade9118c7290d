"""An index over passages that are given as they are: one document with one clause for each."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from corpus.address import ClausePath, Step
from corpus.catalogue import digest_of
from corpus.document import Document, Source
from corpus.errors import InputError
from corpus.outline import Clause, Outline
from eval.external.records import CORPUS, Record
from indexer.build import assemble, embed_fresh, known_vectors, open_whole
from indexer.clause_index import FORMAT, ClauseIndex, Manifest, publish
from indexer.embedder import Embedder, Matrix
from indexer.passages import Passage, passages_of
from indexer.read import Reading
from indexer.reading_cache import code_digest
from server.console import Bar

__all__ = ["open_index"]

_PATH = ClausePath((Step("para", 1),))


def open_index(
    records: Sequence[Record], folder: Path, home: Path, embedder: Embedder
) -> ClauseIndex:
    """Open the index of a set's passages, built first where it is not there or of other code.

    It lies beneath ``home``, one for each corpus file and embedder. One that older code made is
    made anew, with the vectors of the texts that stayed the same.
    """
    made_of = f"{FORMAT}\0{digest_of(folder / CORPUS)}\0{embedder.name}"
    out = home / f"{folder.resolve().name}-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"
    wanted = hashlib.sha256(f"{made_of}\0{code_digest()}".encode()).hexdigest()
    out.mkdir(parents=True, exist_ok=True)
    with FileLock(out / ".lock"):
        kept = open_whole(out)
        if kept and kept.manifest.fingerprint == wanted:
            return kept
        known = known_vectors(kept, embedder, _embedded)
        index = _build(records, folder, wanted, embedder, known)
        publish(out, f"g-{wanted[:12]}-{time.time_ns():x}", index.save)
    return index


def _embedded(passage: Passage) -> tuple[str, ...]:
    """The texts whose vectors stand for the sentences of a passage.

    Where it has only one, that is the passage with its title: to embed the same words twice
    would double the time for corpora of short entries.
    """
    pieces = passage.pieces
    return pieces if len(pieces) > 1 else (passage.whole,)


def _build(
    records: Sequence[Record],
    folder: Path,
    fingerprint: str,
    embedder: Embedder,
    known: dict[str, Matrix],
) -> ClauseIndex:
    readings = {reading.document.id: reading for reading in _readings(records)}
    passages = tuple(p for r in readings.values() for p in passages_of(r.document, r.outline))
    if not passages:
        raise InputError(f"没有可检索的文字 / no words to search: {folder / CORPUS}", field="gold")
    texts = [text for p in passages for text in (p.whole, *_embedded(p))]
    embed_fresh(texts, known, embedder, Bar())
    manifest = Manifest(
        FORMAT, embedder.name, embedder.dimension, fingerprint, len(readings), len(readings),
        len(passages), datetime.now(UTC).isoformat(timespec="seconds"), str(folder.resolve()),
    )  # fmt: skip
    return assemble(manifest, readings, passages, known, _embedded)


def _readings(records: Sequence[Record]) -> Iterator[Reading]:
    """One reading for each record that has words; of one with only a title, that is its text."""
    for record in records:
        title = " ".join(record.texts["title"].split())
        text = record.texts["text"].strip() or title
        if text:
            source = Source(CORPUS, hashlib.sha256(f"{title}\0{text}".encode()).hexdigest())
            titles = (title,) if title else ()
            clause = Clause(_PATH, "paragraph", text, line=record.line)
            yield Reading(Document(record.id, title, source, titles), Outline((clause,)))
