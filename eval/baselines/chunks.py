"""Pieces of fixed size, as pipelines without a notion of an article cut them.

A piece counts for an expected clause if it holds at least half of the clause's distinct character
8-grams (white space aside), or if nine tenths of its own lie in the clause: generous to the piece,
and independent of where it was cut. Of a document it counts for its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.embedder import Embedder, Matrix
from indexer.loaders import load
from server.checks import squeeze

__all__ = ["Chunk", "cached_vectors", "counts_for", "cut_documents", "fixed_size"]

_GRAM = 8
_SIZE, _OVERLAP = 500, 50
#: Cuts one text into pieces.
Cutter = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a document's text."""

    document: str
    text: str


def fixed_size(text: str) -> list[str]:
    """Cut every 500 characters, each piece beginning with the last 50 of the one before.

    >>> [len(piece) for piece in fixed_size("条" * 1000)]
    [500, 500, 100]
    """
    step = _SIZE - _OVERLAP
    return [text[start : start + _SIZE] for start in range(0, max(1, len(text) - _OVERLAP), step)]


def cut_documents(index: ClauseIndex, cut: Cutter) -> tuple[Chunk, ...]:
    """Cut the texts of all sources, as they were loaded from the corpus that an index is of."""
    corpus = Path(index.manifest.corpus)
    chunks = []
    for document in index.documents:
        lines = load(corpus / document.source.file).lines
        text = "\n".join(line.text for line in lines)
        chunks += [Chunk(document.id, piece) for piece in cut(text) if piece.strip()]
    return tuple(chunks)


def cached_vectors(texts: Sequence[str], embedder: Embedder, home: Path) -> Matrix:
    """Embed texts once: the vectors are kept by a digest over the embedder's name and the texts."""
    state = hashlib.sha256("\0".join((embedder.name, *texts)).encode())
    path = home / "eval" / "chunks" / f"{state.hexdigest()[:24]}.npy"
    try:
        kept: Matrix = np.load(path)
        if kept.shape == (len(texts), embedder.dimension):
            return kept
    except (OSError, ValueError, EOFError):
        pass  # Not there yet, or damaged: made anew below.
    vectors = embedder.embed_passages(texts)
    _keep(vectors, path)
    return vectors


def counts_for(chunk: Chunk, expected: Collection[Address], index: ClauseIndex) -> set[Address]:
    """Return the expected clauses that a piece counts for."""
    grams = _grams(chunk.text)
    found = set()
    for address in expected:
        if address.document == chunk.document:
            wanted = _grams(index.readings[address.document].outline.text(address.path))
            shared = len(grams & wanted)
            if shared and (shared >= len(wanted) / 2 or shared >= 0.9 * len(grams)):
                found.add(address)
    return found


def _keep(vectors: Matrix, path: Path) -> None:
    """Write vectors by one rename; a disk that is full or read-only only costs time later."""
    unfinished = path.with_suffix(f".{os.getpid()}.npy")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(unfinished, vectors)
        unfinished.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink()


@lru_cache(maxsize=4096)
def _grams(text: str) -> frozenset[str]:
    plain = squeeze(text)
    return frozenset(plain[i : i + _GRAM] for i in range(max(1, len(plain) - _GRAM + 1)))
