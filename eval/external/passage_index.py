"""An index over passages that are given as they are: one document with one clause for each."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from filelock import FileLock

from corpus.address import Address, ClausePath, Step
from corpus.catalogue import digest_of
from corpus.document import Document, Source
from corpus.errors import IndexFolderError, InputError
from corpus.outline import Clause, Outline
from eval.external.records import CORPUS, Record
from indexer.clause_index import FORMAT, ClauseIndex, Manifest, publish
from indexer.embedder import Embedder, Matrix
from indexer.lexical import LexicalIndex
from indexer.passages import Passage, digest, passages_of
from indexer.read import Reading
from indexer.reading_cache import code_digest
from indexer.vectors import FaissFlat
from server.console import Bar

__all__ = ["open_index"]

_PATH = ClausePath((Step("para", 1),))
#: Texts embedded at a time, so that a large corpus is never held in one batch.
_CHUNK = 4096

Vectors = dict[str, Matrix]


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
        kept = _kept(out)
        if kept and kept.manifest.fingerprint == wanted:
            return kept
        index = _build(records, folder, wanted, embedder, _known(kept) if kept else {})
        publish(out, f"g-{wanted[:12]}-{time.time_ns():x}", index.save)
    return index


def _kept(out: Path) -> ClauseIndex | None:
    try:
        return ClauseIndex.open(out)
    except IndexFolderError:
        return None


def _known(kept: ClauseIndex) -> Vectors:
    """The vectors of an index by the digest of their text; one sentence alone has the whole's."""
    pieces = [digest(text) for p in kept.passages for text in _embedded(p)]
    return dict(zip(pieces, kept.sentences.vectors, strict=True)) | dict(
        zip((digest(p.whole) for p in kept.passages), kept.clauses.vectors, strict=True)
    )


def _embedded(passage: Passage) -> tuple[str, ...]:
    """The texts whose vectors stand for the sentences of a passage.

    Where it has only one, that is the passage with its title: to embed the same words twice
    would double the time for corpora of short entries.
    """
    pieces = passage.pieces
    return pieces if len(pieces) > 1 else (passage.whole,)


def _build(
    records: Sequence[Record], folder: Path, fingerprint: str, embedder: Embedder, known: Vectors
) -> ClauseIndex:
    readings = {reading.document.id: reading for reading in _readings(records)}
    passages = tuple(p for r in readings.values() for p in passages_of(r.document, r.outline))
    if not passages:
        raise InputError(f"没有可检索的文字 / no words to search: {folder / CORPUS}", field="gold")
    sentences = [(p.address, text) for p in passages for text in _embedded(p)]
    _embed([*(p.whole for p in passages), *(text for _, text in sentences)], known, embedder)
    manifest = Manifest(
        FORMAT, embedder.name, embedder.dimension, fingerprint, len(readings), len(readings),
        len(passages), datetime.now(UTC).isoformat(timespec="seconds"), str(folder.resolve()),
    )  # fmt: skip
    return ClauseIndex(
        manifest,
        readings,
        passages,
        _searched([(p.address, p.whole) for p in passages], known),
        _searched(sentences, known),
        LexicalIndex.build([p.whole for p in passages]),
    )


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


def _embed(texts: Sequence[str], known: Vectors, embedder: Embedder) -> None:
    """Embed the texts that are not known yet, into ``known``."""
    fresh = {key: text for text in texts if (key := digest(text)) not in known}
    keys, bar, done = list(fresh), Bar(), 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        bar("embed", done, len(keys))

    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        vectors = embedder.embed_passages([fresh[key] for key in chunk], advance)
        known.update(zip(chunk, vectors, strict=True))


def _searched(rows: Sequence[tuple[Address, str]], known: Vectors) -> FaissFlat:
    vectors = np.stack([known[digest(text)] for _, text in rows])
    return FaissFlat.build([address for address, _ in rows], vectors)
