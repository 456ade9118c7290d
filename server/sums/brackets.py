"""Measures told apart by a threshold of one thing: 500人以下…，500人以上1000人以下…，1000人以上…."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound
from server.sums.bounds import as_written, holds
from server.sums.facts import Fact
from server.sums.uses import Matched
from server.sums.working import Working

__all__ = ["in_bracket", "tell"]

_ENDS = {">": "以上", ">=": "以上", "<": "以下", "<=": "以下"}


def in_bracket(
    rows: Sequence[Entitlement], matched: Matched
) -> tuple[list[Entitlement], list[Entitlement]]:
    """Return the measures whose bracket a stated figure falls in, and their sisters, which are
    then not meant.

    A figure that two brackets hold chooses neither, unless both only say from where on they
    begin: then the one reached last counts.
    """
    chosen: list[Entitlement] = []
    dropped: list[Entitlement] = []
    for fact in dict.fromkeys(use.fact for use in matched.uses if use.role == "bound"):
        uses = [use.row for use in matched.uses if use.fact is fact and use.role == "bound"]
        for address in dict.fromkeys(row.address for row in uses):
            sisters = [row for row in rows if row.address == address and row in uses]
            if not _are_brackets(sisters, fact):
                continue
            own = _own_bracket(sisters, fact)
            chosen += [own] if own else []
            dropped += [row for row in sisters if row is not own]
    return chosen, dropped


def tell(rows: Sequence[Entitlement], matched: Matched, working: Working) -> None:
    """Say which bracket a figure falls in."""
    for row in in_bracket(rows, matched)[0]:
        fact = next(use.fact for use in matched.uses if use.row is row and use.role == "bound")
        limits = _of(row, fact)
        said = "、".join(as_written(bound) + _ENDS[bound.relation] for bound in limits)
        working.says(f"{fact.written}，适用{said}一档", *(b.quantity.span for b in limits))


def _are_brackets(rows: Sequence[Entitlement], fact: Fact) -> bool:
    """Whether several measures of an amount each have a threshold of their own for a figure."""
    limits = [tuple((b.relation, b.quantity.value) for b in _of(row, fact)) for row in rows]
    return len(rows) > 1 and len(set(limits)) == len(rows) and all(row.amount for row in rows)


def _own_bracket(rows: Sequence[Entitlement], fact: Fact) -> Entitlement | None:
    held = [row for row in rows if all(holds(fact.value, bound) for bound in _of(row, fact))]
    if len(held) > 1 and all(b.relation in (">", ">=") for row in held for b in _of(row, fact)):
        return max(held, key=lambda row: max(b.quantity.value for b in _of(row, fact)))
    return held[0] if len(held) == 1 else None


def _of(row: Entitlement, fact: Fact) -> list[Bound]:
    return [bound for bound in row.bounds if bound.quantity.unit == fact.unit]
