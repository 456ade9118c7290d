"""An open index: documents, readings and passages by row, and the searches over the rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.address import Address
from corpus.document import Change, Document
from corpus.errors import AddressError, IndexFolderError
from corpus.outline import Clause, Outline
from indexer.arrays import load_array
from indexer.codec import decode_document, decode_entitlements, decode_reading
from indexer.entitlements import Entitlement
from indexer.index_folder import Manifest, check_files, current_generation, read_manifest
from indexer.kept_vectors import Keys
from indexer.lexical import LexicalIndex
from indexer.milvus import COLLECTIONS, Collection, Engine, MilvusLexical, MilvusVectors
from indexer.names import Names
from indexer.passage_table import PassageTable
from indexer.passages import Passage, whole_passage
from indexer.readings import Reading
from indexer.stored_lines import StoredLines
from indexer.vectors import Inverted, LocalVectors, Rows, Stored, VectorIndex

__all__ = ["ClauseIndex"]

_TABLES = ("readings", "entitlements", "counts", "pieces", "traits", "articles")


@dataclass(frozen=True)
class ClauseIndex:
    """An open generation. Everything from ``passages`` on is in the same rows.

    ``traits`` and ``articles`` are of shape (passages,); see Trait and Texts. ``glossary`` says
    what short names stand for in the texts themselves, ``entitlements`` which measures of support
    a document has.
    """

    folder: Path
    manifest: Manifest
    documents: tuple[Document, ...]
    readings: Mapping[str, Reading]
    entitlements: Mapping[str, tuple[Entitlement, ...]]
    glossary: Mapping[str, str]
    passages: PassageTable
    traits: NDArray[np.uint16]
    articles: NDArray[np.int32]
    clauses: VectorIndex
    sentences: VectorIndex
    lexical: LexicalIndex

    @classmethod
    def open(cls, folder: Path, engine: Engine | None = None) -> ClauseIndex:
        """Open the current generation; raise IndexFolderError where it is not whole.

        ``engine`` says where Milvus is, for an index whose vectors lie there.
        """
        return cls.of(current_generation(folder), engine)

    @classmethod
    def of(cls, generation: Path, engine: Engine | None = None) -> ClauseIndex:
        """Open one generation; raise IndexFolderError where it is not whole."""
        manifest = read_manifest(generation)
        check_files(generation, manifest)
        with (generation / "documents.jsonl").open(encoding="utf-8") as lines:
            documents = tuple(decode_document(json.loads(line)) for line in lines)
        rows = {name: load_array(generation / f"{name}.npy") for name in _TABLES}
        names = [document.id for document in documents]
        readings = StoredLines(
            generation / "readings.jsonl", names, rows["readings"],
            lambda line: decode_reading(json.loads(line)),
        )  # fmt: skip
        entitlements = StoredLines(
            generation / "entitlements.jsonl", names, rows["entitlements"],
            lambda line: decode_entitlements(json.loads(line)),
        )  # fmt: skip
        passages = PassageTable(readings, rows["counts"], manifest.units)
        starts = (np.arange(len(passages) + 1), rows["pieces"])
        return cls(
            generation,
            manifest,
            documents,
            readings,
            entitlements,
            json.loads((generation / "glossary.json").read_text("utf-8")),
            passages,
            rows["traits"],
            rows["articles"],
            *_searches(generation, manifest, starts, passages.documents, engine),
        )

    def known_vectors(self) -> list[tuple[Keys, Stored]]:
        """All vectors with the keys of their texts."""
        return [
            (load_array(self.folder / f"{name}.keys.npy"), vectors.vectors)
            for name, vectors in (("clauses", self.clauses), ("sentences", self.sentences))
        ]

    def document(self, name: str) -> Document:
        """Return the metadata of a document, without reading its text."""
        return self.documents[self.passages.numbers[name]]

    def passage(self, address: Address) -> Passage:
        """Return the passage of a clause; for one without words of its own, all beneath it."""
        row = self.passages.row(address)
        if row is None or self.has_parts(address):
            reading, _ = self.clause(address)
            return whole_passage(reading.document, reading.outline, address.path)
        return self.passages[row]

    def has_parts(self, address: Address) -> bool:
        """Whether clauses lie beneath this one."""
        reading, _ = self.clause(address)
        return len(reading.outline.under(address.path)) > 1

    def measures(self, address: Address) -> tuple[Entitlement, ...]:
        """The measures of support of a clause and of those beneath it."""
        rows = self.entitlements[address.document]
        return tuple(row for row in rows if address.contains(row.address))

    @cached_property
    def names(self) -> Names:
        """Documents by title and 文号."""
        return Names.of(self.documents)

    @cached_property
    def changed_by(self) -> dict[Address, tuple[tuple[str, Change], ...]]:
        """What each clause changes in other documents: their names, and what was changed."""
        found: dict[Address, list[tuple[str, Change]]] = {}
        for document in self.documents:
            for change in document.changes:
                found.setdefault(change.by, []).append((document.id, change))
        return {by: tuple(changes) for by, changes in found.items()}

    @cached_property
    def areas(self) -> frozenset[str]:
        """The places that documents are of."""
        return frozenset(d.area for d in self.documents if d.area)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Every title that a document goes by."""
        return tuple(title for document in self.documents for title in document.titles)

    def named(self, title: str, doc_number: str | None) -> tuple[str, Outline] | None:
        """The outline of the one document that a text names, if it is here."""
        name = self.names.find(title, doc_number)
        return (name, self.readings[name].outline) if name else None

    def clause(self, address: Address) -> tuple[Reading, Clause]:
        """Return a clause with its reading; raise AddressError where there is none."""
        reading = self.readings.get(address.document)
        if reading is None or address.path not in reading.outline:
            raise AddressError(f"没有这一条款 / no such clause: {address}", field="address")
        return reading, reading.outline[address.path]


def _searches(
    generation: Path,
    manifest: Manifest,
    starts: tuple[Rows, Rows],
    documents: NDArray[np.int32],
    engine: Engine | None,
) -> tuple[VectorIndex, VectorIndex, LexicalIndex]:
    """The searches by vectors of clauses and of sentences, and by words."""
    if manifest.collections:
        return _in_engine(generation, manifest, starts, documents, engine)
    clauses, sentences = (
        _in_folder(generation, manifest, name, own, documents)
        for name, own in zip(COLLECTIONS, starts, strict=True)
    )
    return clauses, sentences, LexicalIndex.open(generation / "lexical", documents)


def _in_folder(
    generation: Path, manifest: Manifest, name: str, starts: Rows, documents: NDArray[np.int32]
) -> LocalVectors:
    probes = manifest.probes.get(name)
    inverted = Inverted.open(generation / f"{name}.faiss", probes) if probes else None
    return LocalVectors.open(generation / f"{name}.npy", starts, documents, inverted)


def _in_engine(
    generation: Path,
    manifest: Manifest,
    starts: tuple[Rows, Rows],
    documents: NDArray[np.int32],
    engine: Engine | None,
) -> tuple[VectorIndex, VectorIndex, LexicalIndex]:
    if engine is None:
        raise IndexFolderError(
            "这个索引的向量在 Milvus 中，请设置 TIAOWEN_MILVUS / the vectors of this index lie in "
            "Milvus: set TIAOWEN_MILVUS",
            field="milvus",
        )
    clauses, sentences = (
        Collection.open(engine, manifest.collections[name], int(own[-1]))
        for name, own in zip(COLLECTIONS, starts, strict=True)
    )
    return (
        MilvusVectors(clauses, starts[0], documents),
        MilvusVectors(sentences, starts[1], documents),
        MilvusLexical.over(generation / "lexical", documents, clauses),
    )
