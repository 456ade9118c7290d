"""Clauses of texts that another text of the library has replaced stand behind those of that text.

A repealed text and the one that repealed it say nearly the same, with other figures, and an answer
from the former would be wrong. Whoever asks for the old rule, by its name, its time or as the old
one, gets it.
"""

from __future__ import annotations

import re
from datetime import date

import numpy as np

from indexer.clause_index import ClauseIndex
from indexer.vectors import Rows, Scores
from retriever.query import Query, Understanding

__all__ = ["behind_successors"]

#: A clause of the new text may score so much less and be on the same.
_ALIKE = 0.08
#: So much lower than its successor is put what was replaced.
_STEP = 1e-4
_OLD = re.compile(
    r"[旧老](?:的|政策|办法|文件|规定|版|标准|措施|细则|法)|原来|原先|以前|之前|过去|当年|当时|那会儿?|[去前]年|废止|废了|取代|作废|新旧|历史|修订前|变化|变了"
)
_YEAR = re.compile(r"(20\d{2}|(?<!\d)\d{2}(?=年))")


def behind_successors(
    rows: Rows, scores: Scores, query: Query, understood: Understanding, index: ClauseIndex
) -> Scores:
    """Return the scores of candidates, those of replaced texts below their successors' best."""
    asked = understood.documents or query.documents or understood.addresses
    if asked or _OLD.search(query.text):
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
