"""Sums that take more than one measure: by a formula, with a limit and a share of two clauses."""

from __future__ import annotations

from collections.abc import Sequence

from retriever.query import Retrieval
from server.sums.by_formula import by_formula
from server.sums.facts import Fact
from server.sums.in_turn import in_turn
from server.sums.least import least
from server.sums.likeness import Likeness
from server.sums.limited import limited_share
from server.sums.multiples import multiple, raised
from server.sums.occasions import occasions
from server.sums.remission import remission
from server.sums.result import Sum
from server.sums.supports import supports

__all__ = ["several_clauses"]

_FORMS = (remission, limited_share, occasions, in_turn, supports, multiple, raised)


def several_clauses(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The sum of the first form that fits a question; None where none does."""
    if found := least(retrieval, likeness, facts):
        return found
    if found := by_formula(retrieval, likeness.retriever.index, facts):
        return found
    worked = (form(retrieval, likeness, facts) for form in _FORMS)
    return next((one for one in worked if one is not None), None)
