"""An index over passages that are given as they are: one document with one clause for each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.address import ClausePath, Step
from corpus.catalogue import digest_of
from corpus.document import Document, Source
from corpus.errors import InputError
from corpus.outline import Clause, Outline
from eval.external.records import CORPUS, Record
from indexer.build import index_readings
from indexer.clause_index import ClauseIndex
from indexer.embedder import Embedder
from indexer.index_folder import FORMAT
from indexer.reading_cache import code_digest
from indexer.readings import Reading
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
    readings = {reading.document.id: reading for reading in _readings(records)}
    if not readings:
        raise InputError(f"没有可检索的文字 / no words to search: {folder / CORPUS}", field="gold")
    return index_readings(readings, out, embedder, wanted, str(folder.resolve()), Bar())


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
