"""The clauses of two sides that are set against each other: of about equal ones, the most alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from indexer.lexical import terms
from retriever.query import Hit, Retrieval

__all__ = ["as_pair", "of_both"]

#: Clauses of a side that score so much less than its best may be the one meant.
_CLOSE = 0.015
#: What it counts that two clauses say the same, on a scale on which scores are from 0 to 1.
_ALIKE = 0.05
#: So many of the first clauses are candidates for the two things that a question sets apart.
_FIRST = 4


def as_pair(
    sides: Sequence[Retrieval], coverage: Callable[[Sequence[str], str], float]
) -> tuple[Retrieval, ...]:
    """Return two sides with the clauses in front that fit the question and each other best.

    The best clause of each side by itself may be on another matter than that of the other side.
    ``coverage`` is the share of some terms that a text holds. Other than two sides, sides that are
    asked different things, or that have one clause between them, stay as they are.
    """
    same = len({side.query.text for side in sides}) == 1
    if len(sides) != 2 or not same or not all(side.hits for side in sides):
        return tuple(sides)
    one, other = (_close(side.hits) for side in sides)
    if one[0].passage.address == other[0].passage.address:
        return tuple(sides)

    def worth(pair: tuple[Hit, Hit]) -> float:
        left, right = (hit.passage for hit in pair)
        if left.address == right.address:
            return 0.0
        alike = coverage(terms(left.text), right.text) + coverage(terms(right.text), left.text)
        return pair[0].score + pair[1].score + _ALIKE * alike

    best = max(((a, b) for a in one for b in other), key=worth)
    return tuple(
        replace(side, hits=(first, *(hit for hit in side.hits if hit is not first)))
        for side, first in zip(sides, best, strict=True)
    )


def of_both(sides: Sequence[Retrieval], hits: Sequence[Hit]) -> tuple[Retrieval, ...]:
    """Return the sides of two things set apart with those clauses that the whole question found
    first; none where these are not one for each."""
    found = {hit.passage.address for hit in hits[:_FIRST]}
    kept = [
        replace(side, hits=tuple(hit for hit in side.hits if hit.passage.address in found))
        for side in sides
    ]
    best = {side.hits[0].passage.address for side in kept if side.hits}
    return tuple(kept) if len(best) == len(kept) else ()


def _close(hits: Sequence[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.score >= hits[0].score - _CLOSE]
