"""Lists: the items under a lead sentence (有下列情形之一的：) answer a question for all of them as one."""

from __future__ import annotations

import re

import numpy as np

from indexer.clause_index import ClauseIndex
from indexer.traits import Trait
from indexer.vectors import Rows, Scores

__all__ = ["as_one", "asks_for_list", "with_items"]

_LIST = re.compile(
    r"哪[些几]|[几有]几?[种类项条个处]|列[出全举]|列一下|全部|所有|清单|汇总|盘点|都有|一共|分别"
)
#: The best so many of the candidates are looked at for a lead sentence.
_BEST = 5
_MOST = 30
#: A lead says nothing that its items do not say under it.
_LESS = 1e-4


def asks_for_list(question: str) -> bool:
    """Whether a question asks for all there are."""
    return bool(_LIST.search(question))


def with_items(rows: Rows, index: ClauseIndex) -> Rows:
    """Return candidate rows with the items of those that are leads."""
    leads = rows[(index.traits[rows] & Trait.LEAD) > 0]
    return np.unique(np.concatenate([rows, *(_items(row, index) for row in leads.tolist())]))


def as_one(rows: Rows, scores: Scores, index: ClauseIndex) -> Scores:
    """Return scores that lift the items of each lead among the best to the lead, which follows."""
    lifted = scores.copy()
    for place in np.argsort(-scores, kind="stable")[:_BEST].tolist():
        if index.traits[rows[place]] & Trait.LEAD:
            items = np.isin(rows, _items(int(rows[place]), index))
            lifted[items] = np.maximum(lifted[items], scores[place])
            lifted[place] -= _LESS
    return lifted


def _items(lead: int, index: ClauseIndex) -> Rows:
    """The rows of the clauses right beneath a lead, those without words of their own aside."""
    address = index.passages[lead].address
    found: list[int] = []
    for row in range(lead + 1, min(lead + 1 + _MOST, len(index.passages))):
        other = index.passages[row].address
        if not address.contains(other):
            break
        if not (found and index.passages[found[-1]].address.contains(other)):
            found.append(row)
    return np.array(found, np.int64)
