"""A calculation with the characters that it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import MONEY
from server.answer import Calculation
from server.sums.as_changed import AS_CHANGED, Changes
from server.sums.money import written
from server.sums.working import Working

__all__ = [
    "STOPPED",
    "Sum",
    "added",
    "as_changed",
    "asking",
    "read_from",
    "unique",
    "worked_alone",
    "worked_held",
]


@dataclass(frozen=True, slots=True)
class Sum:
    """A calculation, the characters it was read from, and of how many levels of government it is.

    ``high`` is the higher one of two readings, where the result is that of one measure or a total.
    """

    calculation: Calculation
    sources: tuple[Span, ...]
    levels: int = 1
    high: Decimal | None = None


#: A question that must get no sum: what is read says that any other way of working would be wrong.
STOPPED = Sum(Calculation(None, MONEY, "", ()), ())


def asking(missing: tuple[str, ...], rows: Sequence[Entitlement]) -> Sum:
    """No sum yet, but the questions that would make it one."""
    return Sum(Calculation(None, MONEY, "", (), missing=missing), read_from(rows))


def worked_alone(value: Decimal, unit: str, most: str, working: Working) -> Sum:
    """What a working comes to, without caps and assumptions."""
    display = f"{most}{written(value, unit)}"
    return Sum(Calculation(value, unit, display, tuple(working.steps)), unique(working.sources))


def worked_held(value: Decimal, working: Working, assumed: Sequence[str] = ()) -> Sum:
    """What a working in money comes to, with the caps that it was held to and what was assumed."""
    most = "最高" if working.caps and value else ""
    steps, caps = tuple(working.steps), tuple(dict.fromkeys(working.caps))
    return Sum(
        Calculation(value, MONEY, f"{most}{written(value, MONEY)}", steps, caps, tuple(assumed)),
        unique(working.sources),
    )


def read_from(rows: Sequence[Entitlement]) -> tuple[Span, ...]:
    """The characters that the figures of measures were read from."""
    spans: list[Span] = []
    for row in rows:
        quantities = [row.rate, row.amount, *(tier.rate for tier in row.tiers)]
        spans += [q.span for q in quantities if q]
    return unique(spans)


def unique(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Each span once, in their order."""
    return tuple(dict.fromkeys(spans))


def added(sums: Sequence[Sum]) -> Sum:
    """Several sums, one behind the other, and what they come to together."""
    working, parts = Working(), [s.calculation for s in sums]
    total = working.plus([p.result or Decimal(0) for p in parts])
    most = "最高" if any(p.display.startswith("最高") for p in parts) else ""
    calculation = Calculation(
        total, MONEY, f"{most}{written(total, MONEY)}",
        (*(step for p in parts for step in p.steps), *working.steps),
        tuple(dict.fromkeys(cap for p in parts for cap in p.caps)),
        tuple(dict.fromkeys(text for p in parts for text in p.assumptions)),
    )  # fmt: skip
    return Sum(calculation, unique([span for s in sums for span in s.sources]))


def as_changed(found: Sum, changes: Changes) -> Sum:
    """A sum that says so where figures that were put in since are in it, with the places of those
    they took the place of; as it is where nothing was changed, or not all of it is told."""
    put_out = changes.put_out(found.sources)
    if put_out is None or found.calculation.result is None:
        return found
    said = (*found.calculation.assumptions, AS_CHANGED)
    return replace(
        found,
        calculation=replace(found.calculation, assumptions=said),
        sources=unique([*found.sources, *put_out]),
    )
