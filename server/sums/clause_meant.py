"""Which of the clauses found the figures go into: the first one, unless that is for another class."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.entitlements import Entitlement
from server.sums.facets import Facets

__all__ = ["clause_meant"]


def clause_meant(
    rows: Sequence[tuple[Entitlement, float]],
    asked: Facets,
    facets: Callable[[Entitlement], Facets],
) -> list[Entitlement]:
    """The measures of the clause that fits best; those of the next one where all of the first are for
    another class than is asked about, and the next one is for that class by name: 1类化学药 where
    2类化学药 was found before it."""
    first = [row for row, prior in rows if prior == 1]
    behind = sorted({prior for _, prior in rows if prior < 1}, reverse=True)
    later = [[row for row, prior in rows if prior == one] for one in behind]
    clashing = [_clashing(asked, facets(row)) for row in first]
    shared = set[str].intersection(*clashing) if clashing else set[str]()
    if not shared or not later:
        return first
    named = any(
        all(asked[group] & facets(row).get(group, frozenset()) for group in shared)
        for row in later[0]
    )
    return later[0] if named else first


def _clashing(asked: Facets, given: Facets) -> set[str]:
    """The groups of which two texts name different values."""
    return {g for g in asked.keys() & given.keys() if asked[g].isdisjoint(given[g])}
