"""Clauses under a title and headings that share the question's words."""

from __future__ import annotations

import numpy as np

from indexer.clause_index import ClauseIndex
from indexer.lexical import HEADING, TITLE, terms
from indexer.vectors import Found, Mask
from retriever.query import Query, Understanding
from retriever.vocabulary import Vocabulary

__all__ = ["HeadingFinder"]

_POOL = 30
#: The share of the question's terms that a heading must hold: less is chance.
_LEAST = 0.2


class HeadingFinder:
    """Score by the share of the question's terms in title and headings.

    All clauses under one heading score alike: of these, BM25 says which.
    """

    name = "heading"

    def __init__(self, index: ClauseIndex, vocabulary: Vocabulary) -> None:
        self._index, self._vocabulary = index, vocabulary

    def find(self, query: Query, understanding: Understanding, within: Mask | None) -> Found:
        matter = list(dict.fromkeys(terms(self._vocabulary.matter(understanding.text))))
        lexical = self._index.lexical
        held = lexical.held(matter, HEADING | TITLE)
        if within is not None:
            held[~within[self._index.passages.documents]] = 0
        rows = np.flatnonzero(held >= _LEAST)
        if len(rows) > _POOL:
            scores = held[rows] + lexical.scores(matter)[rows] / 1000
            rows = np.sort(rows[np.argpartition(-scores, _POOL - 1)[:_POOL]])
        return rows, held[rows]
