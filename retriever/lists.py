"""Lists: the items under a lead sentence (有下列情形之一的：) answer a question for all of them as one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.passages import lead_of_paragraph
from indexer.traits import Trait
from indexer.vectors import Rows, Scores

__all__ = ["as_one", "beneath", "lead_of", "with_items"]

#: The best so many of the candidates are looked at for a lead sentence.
_BEST = 5
_NEXT = 10
_MOST = 30
#: A lead says nothing that its items do not say under it.
_LESS = 1e-4


def with_items(rows: Rows, index: ClauseIndex) -> Rows:
    """Return candidate rows with the items of those that are leads."""
    leads = rows[(index.traits[rows] & Trait.LEAD) > 0]
    return np.unique(np.concatenate([rows, *(_items(row, index) for row in leads.tolist())]))


def as_one(rows: Rows, scores: Scores, index: ClauseIndex) -> Scores:
    """Return scores that lift the items of each lead among the best to the lead, which follows.

    Where the best is an item and another item beside it is among the best, so are all of them.
    """
    order = np.argsort(-scores, kind="stable")
    lifted = scores.copy()
    for rank, place in enumerate(order[:_BEST].tolist()):
        held = index.traits[rows[place]]
        if held & Trait.LEAD:
            items = np.isin(rows, _items(int(rows[place]), index))
            lifted[items] = np.maximum(lifted[items], scores[place])
            lifted[place] -= _LESS
        elif rank == 0 and held & Trait.LISTED:
            beside = _beside(int(rows[place]), rows, index)
            if beside[order[1:_NEXT]].any():
                lifted[beside] = np.maximum(lifted[beside], scores[place] - _LESS)
    return lifted


def _beside(item: int, rows: Rows, index: ClauseIndex) -> NDArray[np.bool_]:
    """Which of the rows are of the same list as an item, itself aside."""
    parent = index.passages[item].address.path.parent
    same = (index.articles[rows] == index.articles[item]) & (rows != item)
    for place in np.flatnonzero(same).tolist():
        same[place] = index.passages[int(rows[place])].address.path.parent == parent
    return np.asarray(same, np.bool_)


def beneath(lead: int, index: ClauseIndex) -> Iterator[int]:
    """The rows of all clauses beneath a lead, in their order."""
    address = index.passages[lead].address
    for row in range(lead + 1, len(index.passages)):
        if not address.contains(index.passages[row].address):
            return
        yield row


def lead_of(row: int, index: ClauseIndex) -> int | None:
    """The row of the lead that a passage is an entry under."""
    address = index.passages[row].address
    outline = index.readings[address.document].outline
    if paragraph := lead_of_paragraph(outline, address.path):
        return index.passages.row(Address(address.document, paragraph))
    parent = address.path.parent
    if parent is None or not index.traits[row] & Trait.LISTED:
        return None
    lead = index.passages.row(Address(address.document, parent))
    return lead if lead is not None and index.traits[lead] & Trait.LEAD else None


def _items(lead: int, index: ClauseIndex) -> Rows:
    """The rows of the clauses right beneath a lead, those without words of their own aside."""
    found: list[int] = []
    for row in islice(beneath(lead, index), _MOST):
        if not (found and index.passages[found[-1]].address.contains(index.passages[row].address)):
            found.append(row)
    return np.array(found, np.int64)
