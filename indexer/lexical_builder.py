"""Postings of terms, counted and packed as passages come, and written as an index."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np

from indexer.lexical import FILES, HEADING, OWN, TITLE, Array, term_key, terms
from indexer.passages import Passage

__all__ = ["LexicalBuilder"]

#: The usual parameters of BM25 (Robertson and Zaragoza, 2009), as Lucene has them.
_K1, _B = 1.5, 0.75
#: Tokens that are held before they are counted and packed.
_BLOCK = 4_000_000


class LexicalBuilder:
    """Collect passages in row order, then write the index; memory holds packed postings only."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._context = lru_cache(maxsize=4096)(self._numbers)
        self._tokens: list[Array] = []
        self._lengths: list[int] = []
        self._held = self._packed = 0
        self._blocks: list[tuple[Array, Array, Array, Array]] = []

    def add(self, passage: Passage) -> None:
        """Add the next passage."""
        parts = [self._context(text, TITLE) for text in passage.context[:1]]
        parts += [self._context(text, HEADING) for text in passage.context[1:]]
        row = np.concatenate([*parts, self._numbers(passage.text, OWN)])
        self._tokens.append(row)
        self._lengths.append(len(row))
        self._held += len(row)
        if self._held >= _BLOCK:
            self._pack()

    def save(self, folder: Path) -> None:
        """Write everything into an empty folder."""
        self._pack()
        numbers, rows, counts, fields = (
            np.concatenate(column) for column in zip(*self._blocks, strict=True)
        )
        order = np.argsort(numbers, kind="stable")
        numbers, rows, counts, fields = (c[order] for c in (numbers, rows, counts, fields))
        frequencies = np.bincount(numbers, minlength=len(self._ids))
        scores = _bm25(counts, np.asarray(self._lengths), rows, frequencies[numbers])
        keys = np.fromiter(map(term_key, self._ids), np.uint64, len(self._ids))
        by_key = np.argsort(keys)
        # Postings lie in the order of the keys, so that a term is found by bisection alone.
        starts = np.concatenate([[0], np.cumsum(frequencies)])
        moved = _gathered(starts, by_key)
        arrays = {
            "keys": keys[by_key],
            "starts": np.concatenate([[0], np.cumsum(frequencies[by_key])]),
            "rows": rows[moved],
            "scores": scores[moved],
            "fields": fields[moved],
        }
        folder.mkdir()
        for name, kind in FILES.items():
            np.save(folder / f"{name}.npy", arrays[name].astype(kind))

    def _numbers(self, text: str, field: int) -> Array:
        """The terms of a text as numbers, the field in the lowest three bits."""
        ids = self._ids
        found = [ids.setdefault(term, len(ids)) for term in terms(text)]
        return (np.array(found, np.int64) << 3) | field

    def _pack(self) -> None:
        """Count the terms of the rows held: one posting for each term of each row."""
        if not self._tokens:
            return
        first = len(self._lengths) - len(self._tokens)
        tokens = np.concatenate(self._tokens)
        rows = np.repeat(np.arange(first, len(self._lengths)), self._lengths[first:])
        numbers, fields = tokens >> 3, (tokens & 7).astype(np.uint8)
        order = np.lexsort((rows, numbers))
        numbers, rows, fields = numbers[order], rows[order], fields[order]
        new = np.ones(len(numbers), bool)
        new[1:] = (numbers[1:] != numbers[:-1]) | (rows[1:] != rows[:-1])
        places = np.flatnonzero(new)
        counts = np.diff(np.append(places, len(numbers)))
        held = np.bitwise_or.reduceat(fields, places) if len(places) else fields
        self._blocks.append(
            (
                numbers[places].astype(np.int32),
                rows[places].astype(np.int32),
                counts.astype(np.float32),
                held,
            )
        )
        self._tokens, self._held = [], 0


def _bm25(counts: Array, lengths: Array, rows: Array, frequencies: Array) -> Array:
    """The score that each posting adds, in Lucene's variant."""
    rare = np.log(1 + (len(lengths) - frequencies + 0.5) / (frequencies + 0.5))
    long = _K1 * (1 - _B + _B * lengths / max(1.0, float(lengths.mean())))
    return np.asarray(rare * counts / (counts + long[rows]), np.float32)


def _gathered(starts: Array, order: Iterable[int]) -> Array:
    """The places of all postings when their terms come in another order."""
    return np.concatenate(
        [np.arange(starts[number], starts[number + 1]) for number in order] or [np.zeros(0, int)]
    )
