"""What must not be is asked for (哪些情形不得…): a clause that allows it is the wrong one."""

from __future__ import annotations

import re

import numpy as np

from indexer.clause_index import ClauseIndex
from indexer.passages import Passage
from indexer.vectors import Rows, Scores

__all__ = ["barring_first"]

_ASKS = re.compile(
    r"(?:哪些|什么|哪种|哪几|何种|啥)[^，。？?]{0,16}"
    r"(?<!能)(?:不能|不得|不可|不许|不准|不让|禁止|不予|不给|不应)"
)
_BARS = re.compile(r"不得|禁止|严禁|不予|不能|不应|不可|不许|不准|不适用|不享受|除外")
#: Candidates that are looked at, and how much is added to those that bar something.
_BEST, _MORE = 40, 0.04
#: A clause that is on something else bars a detail further down.
_BEGINNING = 60


def barring_first(question: str, rows: Rows, scores: Scores, index: ClauseIndex) -> Scores:
    """Return scores with more for the best clauses that bar something, their leads included."""
    if not _ASKS.search(question):
        return scores
    best = np.argsort(-scores, kind="stable")[:_BEST]
    bars = [_bars(index.passages[row]) for row in rows[best].tolist()]
    lifted = scores.copy()
    lifted[best] += _MORE * np.array(bars, float)
    return lifted


def _bars(passage: Passage) -> bool:
    """Whether a passage, or the lead that it stands under, begins with what must not be."""
    above = "\n".join(passage.context[1:])
    return bool(_BARS.search(above) or _BARS.search(passage.text[:_BEGINNING]))
