"""Words to search by, and BM25 over them: postings on disk, mapped into memory.

Terms are character bigrams of Chinese, whole words of Latin text and numbers. Bigrams need no
dictionary, and on short legal clauses they match or beat segmented words (see retriever/README.md).
A posting says in which fields of a passage its term stands (title, headings, own words): a term
of the title is held by every passage of a document, and says less about one of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from indexer.arrays import load_array
from indexer.vectors import Found, Mask, best_first

__all__ = ["FILES", "HEADING", "OWN", "TITLE", "Array", "Held", "LexicalIndex", "term_key", "terms"]

#: The fields of a passage, as bits.
OWN, HEADING, TITLE = 1, 2, 4
#: Postings that are read for a question; of the terms beyond, all but the rarest are left out.
_POSTINGS = 400_000
_SAME = 1e-3
#: The arrays of an index, with their types.
FILES = {"keys": "<u8", "starts": "<i8", "rows": "<i4", "scores": "<f4", "fields": "u1"}
_AREA = re.compile(r"(?<![a-z])m2(?![0-9a-z])|平米")
_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z]+|[0-9]+(?:\.[0-9]+)?(?=(?P<unit>[\u4e00-\u9fff%])?)")

Array = NDArray[Any]


def terms(text: str) -> list[str]:
    """Return the search terms of a text, repeated as they occur.

    A number counts alone and with what it counts: 2级 is another level than 3级.

    >>> terms("三类证CDMO 500万元")
    ['三类', '类证', 'cdmo', '500', '500万', '万元']
    >>> terms("元/㎡") == terms("元/平方米") == terms("元/平米")
    True
    """
    return _terms(_plain(text))


def _plain(text: str) -> str:
    """A text in one width and case, its square metres (㎡, m², 平米) by one name."""
    return _AREA.sub("平方米", unicodedata.normalize("NFKC", text).lower())


def _terms(plain: str) -> list[str]:
    found: list[str] = []
    for match in _RUN.finditer(plain):
        run = match[0]
        if "\u4e00" <= run[0] <= "\u9fff" and len(run) > 1:
            found += (run[i : i + 2] for i in range(len(run) - 1))
        elif match["unit"]:
            found += (run, run + match["unit"])
        else:
            found.append(run)
    return found


class Held:
    """The terms of a text, to be asked for some of them without making a list of all.

    >>> held = Held("三类证CDMO 500万元")
    >>> "类证" in held, "cdmo" in held, "500万" in held, "dm" in held
    (True, True, True, False)
    """

    def __init__(self, text: str) -> None:
        self._plain = _plain(text)

    def __contains__(self, term: str) -> bool:
        # Two Chinese characters side by side are always a term, and nothing else is one like it.
        if len(term) == 2 and "\u4e00" <= term[0] <= "\u9fff" and "\u4e00" <= term[1] <= "\u9fff":
            return term in self._plain
        return term in self._all

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(_terms(self._plain))


def term_key(term: str) -> int:
    """Stand for a term in 64 bits: two of a million terms are the same once in forty million."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "little")


class LexicalIndex:
    """BM25 over passages in row order; see the module.

    ``documents`` of shape (passages,) says which document each belongs to.
    """

    def __init__(self, arrays: dict[str, Array], documents: NDArray[np.int32]) -> None:
        self._keys, self._starts = arrays["keys"], arrays["starts"]
        self._rows, self._scores, self._fields = arrays["rows"], arrays["scores"], arrays["fields"]
        self.size, self._documents = len(documents), documents
        # One question is scored by several finders, and each of its terms looked up many times.
        self._recent = lru_cache(maxsize=2)(self._score)
        self.number = lru_cache(maxsize=1 << 16)(self._number)
        self.frequency = lru_cache(maxsize=1 << 16)(self._frequency)

    @classmethod
    def open(cls, folder: Path, documents: NDArray[np.int32]) -> Self:
        """Open a saved index; nothing is read until it is asked for."""
        arrays = {name: load_array(folder / f"{name}.npy", mapped=True) for name in FILES}
        return cls(arrays, documents)

    def search(self, query_terms: Sequence[str], k: int, within: Mask | None = None) -> Found:
        """Return the ``k`` passages with the best scores, best first, none that scores nothing.

        ``within`` says for each document whether it is searched; it acts before the top k is taken.
        """
        scores = self.scores(query_terms)
        if within is not None:
            scores[~within[self._documents]] = 0
        rows = np.flatnonzero(scores)
        if len(rows) > k:
            # All that score as the last one does: which of them are taken is for best_first.
            last = np.partition(scores[rows], -k)[-k]
            rows = rows[scores[rows] > last - _SAME]
            rows = rows[np.round(scores[rows], 4) >= np.round(last, 4)]
        return best_first(rows, scores[rows], k)

    def scores(self, query_terms: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every passage, shape (size,).

        Of millions of passages, only the rarer terms count: what a common one adds is little.
        """
        return self._recent(tuple(query_terms)).copy()

    def _score(self, query_terms: tuple[str, ...]) -> NDArray[np.float32]:
        spans = self._telling(query_terms)
        if not spans:
            return np.zeros(self.size, np.float32)
        rows = np.concatenate([self._rows[span] for span in spans])
        weights = np.concatenate([self._scores[span] for span in spans])
        return np.bincount(rows, weights, self.size).astype(np.float32)

    def _telling(self, query_terms: Iterable[str]) -> list[slice]:
        """The postings of terms, the rarest first, as many as are read in milliseconds."""
        spans = (span for term in query_terms if (span := self._span(term)))
        taken: list[slice] = []
        read = 0
        for span in sorted(spans, key=lambda span: span.stop - span.start):
            read += span.stop - span.start
            if taken and read > _POSTINGS:
                break
            taken.append(span)
        return taken

    def held(self, query_terms: Sequence[str], fields: int) -> NDArray[np.float32]:
        """Return the share of the terms that each passage holds in some of its fields, shape
        (size,); terms count by their rarity."""
        whole = float(self.rarity(query_terms).sum())
        held = np.zeros(self.size, np.float32)
        for span in self._telling(query_terms):
            rows = self._rows[span][(self._fields[span] & fields) > 0]
            held[rows] += self._rarity(span.stop - span.start) / whole
        return held

    def fields(self, query_terms: Sequence[str], rows: Array) -> NDArray[np.uint8]:
        """Return the fields of passages in which terms stand, shape (terms, rows); 0 for none."""
        held = np.zeros((len(query_terms), len(rows)), np.uint8)
        for number, term in enumerate(query_terms):
            span = self._span(term)
            if span and span.stop > span.start:
                postings = self._rows[span]
                places = np.minimum(np.searchsorted(postings, rows), len(postings) - 1)
                found = postings[places] == rows
                held[number, found] = self._fields[span][places[found]]
        return held

    def rarity(self, query_terms: Sequence[str]) -> NDArray[np.float64]:
        """Return how much each term tells passages apart: the fewer hold it, the more."""
        frequencies = np.array([self.frequency(term) for term in query_terms], np.float64)
        return np.asarray(self._rarity(frequencies), np.float64)

    def _rarity(self, frequency: Any) -> Any:
        return np.log(1 + self.size / (1 + frequency))

    def _frequency(self, term: str) -> int:
        """The number of passages that hold a term."""
        span = self._span(term)
        return span.stop - span.start if span else 0

    def _number(self, term: str) -> int | None:
        """Return the number of a term among all terms, None for one that no passage holds."""
        key = np.uint64(term_key(term))
        place = int(np.searchsorted(self._keys, key))
        return place if place < len(self._keys) and self._keys[place] == key else None

    def of_rows(self, first: int, end: int) -> list[dict[int, float]]:
        """Return what each term adds to the scores of some passages, by the number of the term.

        A passage without terms gets a number that no term has: engines refuse an empty vector.
        """
        places = np.flatnonzero((self._rows >= first) & (self._rows < end))
        numbers = np.searchsorted(self._starts, places, "right") - 1
        held: list[dict[int, float]] = [{} for _ in range(first, end)]
        columns = (self._rows[places] - first, numbers, self._scores[places])
        for row, number, score in zip(*(c.tolist() for c in columns), strict=True):
            held[row][number] = score
        return [words or {len(self._keys): 1.0} for words in held]

    def _span(self, term: str) -> slice | None:
        """The postings of a term."""
        place = self.number(term)
        if place is None:
            return None
        return slice(int(self._starts[place]), int(self._starts[place + 1]))
