"""Sums of two levels of government, which do not add up, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements.quantities import MONEY
from retriever.limits import is_above
from retriever.query import Retrieval
from server.answer import Calculation, Step
from server.sums.money import written
from server.sums.result import Sum

__all__ = ["higher_of", "lie_apart", "only_one", "side_by_side"]


def lie_apart(retrieval: Retrieval, index: ClauseIndex) -> bool:
    """Whether places that a question sets against each other are no levels, none lying in another:
    what one city gives says nothing of what the other one does."""
    sides = [hits[0] for side in retrieval.sides if (hits := side.hits)]
    areas = {index.document(hit.passage.address.document).area or "" for hit in sides}
    pairs = [(one, other) for one in areas for other in areas if one != other]
    return bool(pairs) and not any(is_above(one, other) for one, other in pairs)


def only_one(worked: Sum, index: ClauseIndex) -> Sum:
    """The sum of one of the levels that were asked for, and that the others are left out."""
    said = f"只测算了{_level(worked, index)}的一份，另一份所需的情形没有说清"
    calculation = worked.calculation
    return replace(
        worked, calculation=replace(calculation, assumptions=(*calculation.assumptions, said))
    )


def higher_of(sums: Sequence[Sum], index: ClauseIndex) -> Sum:
    """The higher one of the sums of two levels, of which only one is had: 就高不重复."""
    both = side_by_side(sums, index)
    low, high = sorted(sums, key=lambda s: s.calculation.result or Decimal(0))
    said = f"{_level(low, index)}{_amount(low)} 未超过{_level(high, index)}{_amount(high)}"
    display = f"{high.calculation.display}（就高不重复：{both.calculation.display}）"
    steps = (*both.calculation.steps, Step(said, ()))
    return replace(both, calculation=replace(both.calculation, display=display, steps=steps))


def side_by_side(sums: Sequence[Sum], index: ClauseIndex) -> Sum:
    """Sums of two levels, the higher one first."""
    ordered = sorted(sums, key=lambda s: -(s.calculation.result or Decimal(0)))
    names = [_level(s, index) for s in ordered]
    steps = [
        Step(f"{name}：{step.text}", step.addresses)
        for name, s in zip(names, ordered, strict=True)
        for step in s.calculation.steps
    ]
    parts = [s.calculation for s in ordered]
    return Sum(
        Calculation(
            parts[0].result,
            MONEY,
            "；".join(f"{name}{part.display}" for name, part in zip(names, parts, strict=True)),
            tuple(steps),
            tuple(dict.fromkeys(cap for part in parts for cap in part.caps)),
            tuple(dict.fromkeys(text for part in parts for text in part.assumptions)),
        ),
        tuple(span for s in ordered for span in s.sources),
        levels=len(ordered),
    )


def _amount(one: Sum) -> str:
    return written(one.calculation.result or Decimal(0), MONEY)


def _level(one: Sum, index: ClauseIndex) -> str:
    document = index.document(one.sources[0].address.document)
    return document.area or f"《{document.title}》"
