"""Sums that take more than one measure: by a formula, with a limit and a share of two clauses."""

from __future__ import annotations

from collections.abc import Sequence

from retriever.query import Retrieval
from server.sums.by_formula import by_formula
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.result import Sum

__all__ = ["several_clauses"]


def several_clauses(
    retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]
) -> Sum | None:
    """The sum of the first form that fits a question; None where none does."""
    index = likeness.retriever.index
    return by_formula(retrieval, index, facts)
