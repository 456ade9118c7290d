"""Things counted of a kind of drug: which measures are for that kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.entitlements import Entitlement
from server.sums.facets import facets_of
from server.sums.facts import Fact
from server.sums.likeness import event_text
from server.sums.units import counted
from server.sums.uses import Use

__all__ = ["counts_another_drug", "counts_its_drug", "is_of_its_drug"]


def counts_its_drug(use: Use) -> bool:
    """Whether a number is one of the kind of drug that a measure gives an amount for."""
    asked = _drugs(counted(use.fact.words))
    return use.row.amount is not None and bool(asked & _drugs(event_text(use.row)))


def is_of_its_drug(use: Use, best: Iterable[Entitlement]) -> bool:
    """Whether things are counted of a kind that a measure is for and none of the best clause."""
    asked = _drugs(counted(use.fact.words))
    if use.role != "count" or not asked & _drugs(event_text(use.row)):
        return False
    return not any(asked & _drugs(event_text(row)) for row in best)


def counts_another_drug(fact: Fact, chosen: Sequence[Entitlement]) -> bool:
    """Whether things are counted of a kind that no measure chosen is for."""
    asked = _drugs(counted(fact.words))
    held = [_drugs(event_text(row)) for row in chosen]
    return bool(asked) and any(held) and not any(asked & kinds for kinds in held)


def _drugs(text: str) -> frozenset[str]:
    return facets_of(text).get("drug", frozenset())
