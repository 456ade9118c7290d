"""Words to search by: character bigrams of Chinese, whole words of Latin text and numbers.

Bigrams need no dictionary, and on short legal clauses they match or beat segmented words
(see retriever/README.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexFolderError

__all__ = ["LexicalIndex", "terms"]

_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z]+|[0-9]+(?:\.[0-9]+)?")


def terms(text: str) -> list[str]:
    """Return the search terms of a text, repeated as they occur.

    >>> terms("三类证CDMO 500万元")
    ['三类', '类证', 'cdmo', '500', '万元']
    """
    found: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if "\u4e00" <= run[0] <= "\u9fff" and len(run) > 1:
            found += (run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.append(run)
    return found


class LexicalIndex:
    """BM25 over the terms of passages, rows in passage order."""

    def __init__(self, bm25: bm25s.BM25, size: int) -> None:
        self._bm25, self.size = bm25, size

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index texts; k1 and b are the usual 1.5 and 0.75 (Lucene's BM25 variant)."""
        bm25 = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        bm25.index([terms(text) or ["\0"] for text in texts], show_progress=False)
        return cls(bm25, len(texts))

    @classmethod
    def open(cls, folder: Path, size: int) -> LexicalIndex:
        """Open a saved index of ``size`` passages."""
        try:
            return cls(bm25s.BM25.load(str(folder), load_corpus=False), size)
        except (OSError, ValueError, KeyError) as error:
            raise IndexFolderError(
                f"词项索引损坏 / the lexical index is damaged: {folder.name}"
            ) from error

    def scores(self, query_terms: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every passage, shape (size,)."""
        known = [term for term in query_terms if term in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self.size, np.float32)
        return np.asarray(self._bm25.get_scores(known), np.float32)

    def frequency(self, term: str) -> int:
        """Return the number of passages that hold a term."""
        row = self._bm25.vocab_dict.get(term)
        if row is None:
            return 0
        starts = self._bm25.scores["indptr"]
        return int(starts[row + 1] - starts[row])

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        self._bm25.save(str(folder), show_progress=False)
