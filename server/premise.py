"""Figures that a question takes for granted and the clause on the matter does not have."""

from __future__ import annotations

import re

from indexer.entitlements.quantities import find_quantities

__all__ = ["is_false_premise"]

#: The asker speaks of a figure as of something known: 这5%, 那200万.
_TAKEN = re.compile(r"[这那]\s*\d[\d.]*\s*(?:%|％|万|亿|元|块)")
_UNITS = ("%", "‰", "元")


def is_false_premise(question: str, clause: str, of_procedure: bool) -> bool:
    """Whether a question rests on a figure where the clause has another one of its unit.

    ``of_procedure``: the question asks how to apply, so that a figure in it can only be one that
    is taken for granted.

    >>> is_false_premise("集采奖5%，这5%怎么申请", "按年度集中采购金额的3%给予奖励", True)
    True
    """
    if not (of_procedure or _TAKEN.search(question)):
        return False
    taken = {(q.value, q.unit) for q in find_quantities(question) if q.unit in _UNITS}
    held = {(q.value, q.unit.split("/")[0]) for q in find_quantities(clause)}
    other = {unit for _, unit in held} & {unit for _, unit in taken}
    return bool(taken) and not taken & held and bool(other)
