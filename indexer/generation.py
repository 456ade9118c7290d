"""Write one generation of an index: texts to keys, keys to vectors, all of it in row order."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.address import Address
from corpus.errors import CatalogueError
from indexer.codec import encode_document, encode_entitlements, encode_reading
from indexer.embedder import Matrix
from indexer.entitlements import entitlements_of
from indexer.glossary import glossary_of
from indexer.index_folder import Manifest, write_manifest
from indexer.kept_vectors import Half, Journal, Keys, KnownVectors, keys_of
from indexer.lexical_builder import LexicalBuilder
from indexer.milvus import Engine, upload
from indexer.passages import Passage, Units, passages_of
from indexer.readings import Reading
from indexer.stored_lines import write_lines
from indexer.traits import placed_traits, traits
from indexer.vectors import FLAT, train

__all__ = ["PassageEmbedder", "Texts", "embed_missing", "write_generation"]

#: Texts that are embedded before their vectors are written down: a crash costs no more than these.
_WINDOW = 2048
_BLOCK = 50_000
#: Questions that the search of many vectors is tuned on.
_QUESTIONS = 128


class PassageEmbedder(Protocol):
    """What a build needs of an embedder; the model may be loaded when a text is to be embedded."""

    name: str

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Matrix: ...

    def embed_query(self, text: str) -> Matrix: ...


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts that an index holds vectors of, as keys in row order.

    ``counts`` of shape (documents,) says how many passages each document has, ``pieces`` of
    shape (passages + 1,) where the sentences of each passage begin; ``articles`` of shape
    (passages,) is the same number for neighbours of one article.
    """

    clauses: Keys
    sentences: Keys
    counts: NDArray[np.int64]
    pieces: NDArray[np.int64]
    traits: NDArray[np.uint16]
    articles: NDArray[np.int32]
    lexical: LexicalBuilder

    @property
    def all(self) -> Keys:
        """The key of every text, each once."""
        return np.unique(np.concatenate([self.clauses, self.sentences]))

    @property
    def held(self) -> dict[str, tuple[Keys, NDArray[np.int32]]]:
        """For clauses and sentences the key of each, and the number of its document."""
        documents = np.repeat(np.arange(len(self.counts), dtype=np.int32), self.counts)
        return {
            "clauses": (self.clauses, documents),
            "sentences": (self.sentences, np.repeat(documents, np.diff(self.pieces))),
        }

    @classmethod
    def of(cls, readings: Mapping[str, Reading], units: Units) -> Texts:
        """Go through all passages once; raise CatalogueError where there is none."""
        clauses: list[Keys] = []
        sentences: list[Keys] = []
        counts: list[int] = []
        pieces: list[int] = []
        held: list[int] = []
        articles: list[int] = []
        lexical = LexicalBuilder()
        for reading, passages in _by_document(readings, units):
            counts.append(len(passages))
            held += _traits(reading, passages)
            articles += _articles(passages, articles[-1] + 1 if articles else 0)
            parted = [passage.pieces for passage in passages]
            for passage in passages:
                lexical.add(passage)
            pieces += map(len, parted)
            clauses.append(keys_of([passage.whole for passage in passages]))
            sentences.append(keys_of([piece for parts in parted for piece in parts]))
        if not pieces:
            raise CatalogueError("没有可检索的文字 / no words to search")
        return cls(
            np.concatenate(clauses),
            np.concatenate(sentences),
            np.asarray(counts, np.int64),
            np.concatenate([[0], np.cumsum(pieces)]),
            np.asarray(held, np.uint16),
            np.asarray(articles, np.int32),
            lexical,
        )


def embed_missing(
    readings: Mapping[str, Reading],
    units: Units,
    missing: Keys,
    embedder: PassageEmbedder,
    journal: Journal,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Embed the texts of the missing keys into the journal, a window at a time."""
    wanted = set(missing.tolist())
    window: dict[int, str] = {}
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress(done, len(missing))

    def embed() -> None:
        if window:
            vectors = embedder.embed_passages(list(window.values()), advance)
            journal.add(np.fromiter(window, np.uint64), vectors)
            window.clear()

    for _, passages in _by_document(readings, units) if wanted else ():
        texts = [text for p in passages for text in (p.whole, *p.pieces)]
        for key, text in zip(keys_of(texts).tolist(), texts, strict=True):
            if key in wanted:
                wanted.discard(key)
                window[key] = text
        if len(window) >= _WINDOW:
            embed()
    embed()


def write_generation(
    folder: Path,
    manifest: Manifest,
    readings: Mapping[str, Reading],
    texts: Texts,
    known: KnownVectors,
    embedder: PassageEmbedder,
    engine: Engine | None = None,
) -> None:
    """Write everything into an empty folder, the manifest last; vectors into an engine if given."""
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as lines:
        for reading in readings.values():
            lines.write(json.dumps(encode_document(reading.document), ensure_ascii=False) + "\n")
    glossary = glossary_of(clause.text for r in readings.values() for clause in r.outline)
    (folder / "glossary.json").write_text(json.dumps(glossary, ensure_ascii=False), "utf-8")
    _write_lines(folder, "readings", map(encode_reading, readings.values()))
    rows = (entitlements_of(r.document, r.outline, _unread) for r in readings.values())
    _write_lines(folder, "entitlements", map(encode_entitlements, rows))
    np.save(folder / "counts.npy", texts.counts)
    np.save(folder / "pieces.npy", texts.pieces)
    np.save(folder / "traits.npy", texts.traits)
    np.save(folder / "articles.npy", texts.articles)
    texts.lexical.save(folder / "lexical")
    probes, recall = {}, {}
    for name, (keys, _) in texts.held.items():
        np.save(folder / f"{name}.keys.npy", keys)
        if engine is None:
            vectors = _write_vectors(folder / f"{name}.npy", keys, known)
            if len(vectors) > FLAT:
                questions = _questions(readings, manifest.units, embedder)
                probes[name], recall[name] = train(vectors, questions, folder / f"{name}.faiss")
    collections = upload(engine, folder, texts.held, known) if engine else {}
    write_manifest(folder, replace(manifest, probes=probes, recall=recall, collections=collections))


def _unread(address: Address, error: Exception) -> None:
    """A library of thousands is not lost for the words of one clause."""
    logging.getLogger(__name__).warning(
        "这一条的支持措施没有读出，其余照常 / the measures of this clause could not be read, the rest goes on: "
        "%s (%s)", address, type(error).__name__,
    )  # fmt: skip


def _write_lines(folder: Path, name: str, items: Iterable[object]) -> None:
    """Write one item a document as a line of JSON, and where each line begins."""
    lines = (json.dumps(item, ensure_ascii=False).encode() for item in items)
    starts = write_lines(folder / f"{name}.jsonl", lines)
    np.save(folder / f"{name}.npy", np.asarray(starts, np.int64))


def _write_vectors(path: Path, keys: Keys, known: KnownVectors) -> Half:
    first = known.take(keys[:1])
    shape = (len(keys), first.shape[1])
    vectors = np.lib.format.open_memmap(path, "w+", "<f2", shape)
    for start in range(0, len(keys), _BLOCK):
        vectors[start : start + _BLOCK] = known.take(keys[start : start + _BLOCK])
    vectors.flush()
    return vectors


def _questions(readings: Mapping[str, Reading], units: Units, embedder: PassageEmbedder) -> Matrix:
    """Vectors of questions that are like those of users: the first half of some sentences."""
    names = np.random.default_rng(0).permutation(list(readings))
    halves = []
    for name in names:
        reading = readings[str(name)]
        passages = tuple(passages_of(reading.document, reading.outline, units))
        if passages:
            piece = passages[len(passages) // 2].pieces[0]
            halves.append(piece[: max(8, len(piece) // 2)])
        if len(halves) == _QUESTIONS:
            break
    return np.concatenate([embedder.embed_query(half) for half in halves])


def _by_document(
    readings: Mapping[str, Reading], units: Units
) -> Iterator[tuple[Reading, tuple[Passage, ...]]]:
    for reading in readings.values():
        yield reading, tuple(passages_of(reading.document, reading.outline, units))


def _traits(reading: Reading, passages: Sequence[Passage]) -> Iterator[int]:
    document, outline = reading.document, reading.outline
    for p in passages:
        kind = outline[p.address.path].kind
        above = "\n".join(p.context[1:])
        yield traits(p.text, kind, above) | placed_traits(p.address, document, outline)


def _articles(passages: Sequence[Passage], first: int) -> list[int]:
    """Number the articles of a document in their order, a number for each passage."""
    articles = [passage.address.path.article for passage in passages]
    numbers: list[int] = []
    for article, before in zip(articles, [None, *articles], strict=False):
        numbers.append(numbers[-1] + (article != before) if numbers else first)
    return numbers
