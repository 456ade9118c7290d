"""A measure while it is being read, and where its characters stand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from corpus.address import Address
from indexer.entitlements.entitlement import (
    Bound,
    Cap,
    Entitlement,
    Increment,
    Quantity,
    Span,
    Tier,
)
from indexer.entitlements.quantities import Measured

__all__ = ["ClauseText", "Place", "Row"]

#: Characters of a text, from the first up to the second.
Place = tuple[int, int]


@dataclass(slots=True)
class Row:
    """A measure while it is being read; ``phrase`` is the number of the phrase that grants."""

    address: Address
    event: tuple[Span, ...]
    phrase: int
    subject: Span | None = None
    conditions: tuple[Span, ...] = ()
    bounds: tuple[Bound, ...] = ()
    form: Span | None = None
    base: Span | None = None
    rate: Quantity | None = None
    amount: Quantity | None = None
    each: Span | None = None
    at_most: bool = False
    tiers: tuple[Tier, ...] = ()
    caps: list[Cap] = field(default_factory=list)
    increments: list[Increment] = field(default_factory=list)
    frequency: Span | None = None
    years: Quantity | None = None
    deductions: list[Span] = field(default_factory=list)
    exclusions: list[Span] = field(default_factory=list)
    unread: tuple[str, ...] = ()
    name: Span | None = None
    ceilings: list[Span] = field(default_factory=list)

    @property
    def has_figure(self) -> bool:
        """Whether a rate, an amount or tiers were read."""
        return bool(self.rate or self.amount or self.tiers)

    def doubt(self, name: str) -> None:
        """Note a field that could not be read for certain."""
        if name not in self.unread:
            self.unread = (*self.unread, name)

    def copied(self, event: tuple[Span, ...]) -> Row:
        """The same measure for another event."""
        return replace(
            self,
            event=event,
            caps=list(self.caps),
            increments=[],
            deductions=list(self.deductions),
            exclusions=list(self.exclusions),
            ceilings=list(self.ceilings),
        )

    def frozen(self) -> Entitlement:
        """The row as it is kept."""
        return Entitlement(
            self.address, self.event, self.subject, self.conditions,
            tuple(dict.fromkeys(self.bounds)), self.form,
            self.base, self.rate, self.amount, self.each, self.at_most, self.tiers,
            tuple(dict.fromkeys(self.caps)), tuple(self.increments), self.frequency, self.years,
            tuple(self.deductions), tuple(self.exclusions), self.unread, self.name,
            tuple(dict.fromkeys(self.ceilings)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClauseText:
    """The own text of a clause, of which spans and quantities are made."""

    address: Address
    text: str

    def span(self, start: int, end: int) -> Span:
        """Characters of this clause."""
        return Span(self.address, start, end, self.text[start:end])

    def spans(self, places: list[Place] | tuple[Place, ...]) -> tuple[Span, ...]:
        """Several pieces of this clause."""
        return tuple(self.span(*place) for place in places)

    def placed(self, place: Place | None, offset: int = 0) -> Span | None:
        """A place found in a part of the text that begins at ``offset``."""
        return self.span(offset + place[0], offset + place[1]) if place else None

    def quantity(self, measured: Measured) -> Quantity:
        """A figure of this clause with its characters."""
        span = self.span(measured.start, measured.end)
        return Quantity(measured.value, measured.unit, span, measured.low)
