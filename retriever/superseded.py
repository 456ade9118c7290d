"""Clauses of texts that another text of the library has replaced stand behind those of that text.

A repealed text and the one that repealed it say nearly the same, with other figures, and an answer
from the former would be wrong. Whoever asks for the old rule, by its name, its time or as the old
one, gets it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from indexer.clause_index import ClauseIndex
from indexer.vectors import Rows, Scores
from retriever.query import Query, Retrieval, Understanding

__all__ = ["behind_successors", "without_replaced"]

#: A clause of the new text may score so much less and be on the same.
_ALIKE = 0.08
#: So much lower than its successor is put what was replaced.
_STEP = 1e-4
_OLD = re.compile(
    r"新[旧老]|[旧老](?:的|政策|办法|文件|规定|版|标准|措施|细则|法)|原来|原先|以前|之前|过去|当年|当时|那会儿?|[去前]年|废止|废了|取代|作废|历史|修订前|变化|变了"
)
_YEAR = re.compile(r"(20\d{2}|(?<!\d)\d{2}(?=年))")


def behind_successors(
    rows: Rows, scores: Scores, query: Query, understood: Understanding, index: ClauseIndex
) -> Scores:
    """Return the scores of candidates, those of replaced texts below their successors' best."""
    if _may_mean_the_old(query, understood):
        return scores
    numbers = index.passages.documents[rows]
    lowered = scores
    for number in np.unique(numbers).tolist():
        new = [
            at for name in _successors(number, query.as_of, query.text, index)
            for at in np.flatnonzero(numbers == index.passages.numbers[name])
        ]  # fmt: skip
        if not new:
            continue
        if lowered is scores:
            lowered = scores.copy()
        own = np.flatnonzero(numbers == number)
        best = float(scores[new].max())
        alike = own[(scores[own] >= best) & (scores[own] <= best + _ALIKE)]
        lowered[alike] = best - _STEP * (1 + best + _ALIKE - scores[alike])
    return lowered


def without_replaced(retrieval: Retrieval, index: ClauseIndex) -> Retrieval:
    """Return a retrieval, and those of its sides, without clauses of texts that another text found
    has replaced: an answer from both would only say what no longer holds."""
    sides = tuple(without_replaced(side, index) for side in retrieval.sides)
    query, hits = retrieval.query, retrieval.hits
    if not _may_mean_the_old(query, retrieval.understanding):
        best: dict[str, float] = {}
        for hit in hits:
            best.setdefault(hit.passage.address.document, hit.score)
        # What stands above its successor's best is on what that says nothing of.
        least = {name: _best_of_successors(name, best, query, index) for name in best}
        hits = tuple(hit for hit in hits if hit.score > least[hit.passage.address.document])
    return replace(retrieval, hits=hits, sides=sides)


def _best_of_successors(
    name: str, best: Mapping[str, float], query: Query, index: ClauseIndex
) -> float:
    """The best score of a text that replaced one, of those found; -1 where there is none."""
    by = _successors(index.passages.numbers[name], query.as_of, query.text, index)
    return max((best[other] for other in by if other in best), default=-1.0)


def _may_mean_the_old(query: Query, understood: Understanding) -> bool:
    """Whether a question names documents or clauses, or asks for what was before."""
    asked = understood.documents or query.documents or understood.addresses
    return bool(asked) or _OLD.search(query.text) is not None


def _successors(number: int, day: date, question: str, index: ClauseIndex) -> list[str]:
    """The texts of the library that repealed one by a day, unless a question tells of its time."""
    document = index.documents[number]
    repealed = document.term.repealed
    if not repealed or document.validity(day).status != "repealed":
        return []
    years = (int(year[-2:]) + 2000 for year in _YEAR.findall(question))
    if any(year < repealed.year for year in years):
        return []
    by = (address.document for address in document.term.basis)
    return [name for name in dict.fromkeys(by) if name != document.id and name in index.readings]
