"""Sums that take more than one figure of a measure: the forms in the order that they are tried."""

from __future__ import annotations

from collections.abc import Sequence

from retriever.query import Retrieval
from server.sums.by_formula import by_formula
from server.sums.copay import copay
from server.sums.facts import Fact
from server.sums.growth import growth
from server.sums.in_turn import in_turn
from server.sums.interest import interest
from server.sums.least import least
from server.sums.likeness import Likeness
from server.sums.limited import limited_share
from server.sums.multiples import multiple, raised
from server.sums.occasions import occasions
from server.sums.per_unit import per_unit
from server.sums.remission import remission
from server.sums.rent import rent
from server.sums.result import Sum
from server.sums.steps_up import steps_up
from server.sums.supports import supports

__all__ = ["several_clauses"]

_FORMS = (
    remission,
    copay,
    steps_up,
    limited_share,
    occasions,
    in_turn,
    supports,
    multiple,
    raised,
    growth,
    rent,
    interest,
    per_unit,
)


def several_clauses(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The sum of the first form that fits a question; None where none does."""
    if found := least(retrieval, likeness, facts):
        return found
    if found := by_formula(retrieval, likeness.retriever.index, facts):
        return found
    worked = (form(retrieval, likeness, facts) for form in _FORMS)
    return next((one for one in worked if one is not None), None)
