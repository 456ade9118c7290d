"""Totals that a sentence of their own sets: 夫妻双方的，补贴为较高一方标准与较低一方标准的50%之和."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.lexical import terms

__all__ = ["is_set_by_its_own_rule"]

_TOTAL = re.compile(r"标准[^，。；]{0,24}之和")
#: Up to here a sentence says whose total it sets.
_WHOSE = re.compile(r"^[^，。；]{2,24}(?=的?，)")


def is_set_by_its_own_rule(question: str, addresses: Sequence[Address], index: ClauseIndex) -> bool:
    """Whether one of some clauses sets the total of the very case that a question states.

    Its standards are put together in a way that no form reads; they must not be just added.
    """
    asked = set(terms(question))
    for address in dict.fromkeys(addresses):
        for piece in re.split(r"[。；\n]", index.clause(address)[1].text):
            whose = _WHOSE.search(piece) if _TOTAL.search(piece) else None
            if whose and asked.intersection(terms(whose[0])):
                return True
    return False
