"""What is searched in a bench: real articles first, then the same again with noise.

A copy has a word of its own in each clause and a title of its own; its vectors are those of the
original, moved at random. So an index of any size is made without embedding a million texts, and
no two of its clauses are the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.address import ClausePath, Step
from corpus.document import Document, Source
from corpus.outline import Clause, Outline
from eval.training.laws import read_articles
from indexer.build import read_corpus
from indexer.clause_index import ClauseIndex
from indexer.embedder import Embedder, Matrix
from indexer.kept_vectors import KnownVectors, keys_of
from indexer.passages import passages_of
from indexer.readings import Reading

__all__ = ["NoisyEmbedder", "Originals", "copies", "questions", "read_originals"]

#: Clauses that are embedded for real; a few minutes on two cores.
_REAL = 2000
#: How far the vector of a copy is moved: a cosine of about 0.93 to its original.
_NOISE = 0.02
_WORD = "（{}）"
_NUMBER = "（第{}号副本）"
_MADE = re.compile(r"^（[\u4e00-\u9fff]{4}）|（第\d+号副本）", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Originals:
    """Documents whose texts are real; ``clauses`` counts what is searched of them."""

    readings: tuple[Reading, ...]
    clauses: int
    source: str


def read_originals(laws: Path | None, corpus: Path) -> Originals:
    """Take articles of national laws where they are there, else the clauses of a corpus."""
    if laws is None:
        readings, _ = read_corpus(corpus)
        kept = tuple(readings.values())
        return Originals(kept, sum(map(_size, kept)), corpus.name)
    by_law: dict[str, list[str]] = {}
    for article in read_articles(laws):
        by_law.setdefault(article.law, []).append(article.text)
    # Whole laws: how many clauses a document has is a part of what a size costs.
    names = np.random.default_rng(0).permutation(sorted(by_law))
    held = np.cumsum([len(by_law[name]) for name in names])
    by_law = {name: by_law[name] for name in names[: int(np.searchsorted(held, _REAL)) + 1]}
    made = []
    for number, (law, texts) in enumerate(by_law.items()):
        outline = Outline(
            tuple(
                Clause(ClausePath((Step("art", place),)), "article", text)
                for place, text in enumerate(texts, 1)
            )
        )
        made.append(Reading(_document(f"law-{number}", law), outline))
    return Originals(tuple(made), sum(map(_size, made)), "national laws")


def copies(originals: Originals, clauses: int) -> Iterator[Reading]:
    """Yield documents with at least so many clauses in all: the originals, then copies."""
    made, copy = 0, 0
    while made < clauses:
        for reading in originals.readings:
            if made >= clauses:
                return
            yield reading if copy == 0 else _copied(reading, copy)
            made += _size(reading)
        copy += 1


class NoisyEmbedder:
    """Gives originals the vectors that an index of them has, and copies those, moved a little."""

    def __init__(self, embedder: Embedder, originals: Originals, index: ClauseIndex) -> None:
        self.name, self.dimension = f"{embedder.name}+noise", embedder.dimension
        self.embed_query = embedder.embed_query
        texts = dict.fromkeys(
            text
            for reading in originals.readings
            for p in passages_of(reading.document, reading.outline)
            for text in (p.whole, *p.pieces)
        )
        self._rows = {text: row for row, text in enumerate(texts)}
        known = KnownVectors(index.known_vectors())
        self._vectors = known.take(keys_of(list(texts))).astype(np.float32)

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Matrix:
        """Return unit vectors; those of copies are moved, each in its own way but always alike."""
        # A word more may part a clause into other sentences: such a one gets any vector.
        rows = (self._rows.get(_MADE.sub("", t), len(t) % len(self._rows)) for t in texts)
        vectors = self._vectors[list(rows)]
        for row, text in enumerate(texts):
            if _MADE.search(text):
                seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
                moved = vectors[row] + _NOISE * np.random.default_rng(seed).standard_normal(
                    self.dimension
                )
                vectors[row] = moved / np.linalg.norm(moved)
        if progress:
            progress(len(texts))
        return vectors


def questions() -> list[str]:
    """Everyday questions on laws, which nothing was learned from."""
    path = Path(__file__).parent.parent / "training" / "lay-check.jsonl"
    return [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines()]


def _copied(reading: Reading, copy: int) -> Reading:
    random = np.random.default_rng(copy)
    words = random.integers(0x4E00, 0x9FA5, (len(reading.outline.clauses), 4))
    clauses = tuple(
        replace(clause, text=_WORD.format("".join(map(chr, word))) + clause.text)
        if clause.text.strip()
        else clause
        for clause, word in zip(reading.outline.clauses, words, strict=True)
    )
    title = reading.document.title + _NUMBER.format(copy)
    name = f"{reading.document.id}-{copy}"
    return replace(reading, document=_document(name, title), outline=Outline(clauses))


def _document(name: str, title: str) -> Document:
    return Document(name, title, Source(name, hashlib.sha256(title.encode()).hexdigest()), (title,))


def _size(reading: Reading) -> int:
    return sum(bool(clause.text.strip()) for clause in reading.outline.clauses)
