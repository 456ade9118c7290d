"""What a measure demands, piece by piece, each with the characters that it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound, Span
from server.comparing.wording import bound_words
from server.fitting.wordlist import found, pattern
from server.sums.facets import facets_of

__all__ = ["Demand", "Kind", "demands_of", "place_of"]

#: ``purpose`` is what a sentence or clause is for, in words before the measure itself.
Kind = Literal[
    "recipient", "occasion", "threshold", "requirement", "decision", "exclusion", "purpose"
]

_SENTENCE = re.compile(r"[^。；;\n]+")
_PIECE = re.compile(r"[^，,、。；;\n]+")
_BRACKET = re.compile(r"[（(]([^（）()]{2,40})[）)]")
#: A first sentence of at most so many characters says what the clause is for (鼓励新药产业化).
_LEAD = 24
_OR = re.compile(r"^(?:或|或者)")


@dataclass(frozen=True, slots=True)
class Demand:
    """One condition. ``spans`` are alternatives where there are several: one of them is enough."""

    kind: Kind
    spans: tuple[Span, ...]
    bound: Bound | None = None

    @property
    def words(self) -> str:
        """The very words, alternatives one after the other."""
        return "，".join(span.text for span in self.spans)

    @property
    def id(self) -> str:
        """The place of its words, by which an answer names it."""
        return place_of(self.spans)


def place_of(spans: Sequence[Span]) -> str:
    """Where some characters stand, as the id of the question on them."""
    return f"{spans[0].address}:{spans[0].start}-{spans[-1].end}"


def demands_of(row: Entitlement, index: ClauseIndex) -> list[Demand]:
    """All that a measure demands, as far as it was read; what stands beside that in words too."""
    found_: dict[tuple[Address, int, int, bool], Demand] = {}
    for demand in (*_read(row, index), *_beside(row, index)):
        first = demand.spans[0]
        found_.setdefault((first.address, first.start, first.end, bool(demand.bound)), demand)
    return list(found_.values())


def _read(row: Entitlement, index: ClauseIndex) -> Iterator[Demand]:
    """The fields of the measure."""
    if row.subject:
        yield Demand("recipient", (row.subject,))
    # A threshold says itself what it is of.
    own = {row.subject and row.subject.text, *(b.of.text for b in row.bounds if b.of)}
    figures = [bound.quantity.span for bound in row.bounds]
    events = [s for s in row.event if s.text not in own and not any(_holds(s, f) for f in figures)]
    for group in _alternatives(events):
        yield Demand("occasion", group)
    for span in row.conditions:
        if not any(_holds(span, bound.quantity.span) for bound in row.bounds):
            kind: Kind = "decision" if pattern("decision").search(span.text) else "requirement"
            yield Demand(kind, (span,))
    for bound in row.bounds:
        yield Demand("threshold", (bound_words(bound, index),), bound)
    for span in row.exclusions:
        if pattern("had").search(span.text):
            yield Demand("exclusion", (span,))


def _alternatives(events: list[Span]) -> Iterator[tuple[Span, ...]]:
    """Pieces of an occasion; one that begins with 或 stands for the one before it."""
    group: list[Span] = []
    for span in events:
        if group and not _OR.match(span.text):
            yield tuple(group)
            group = []
        group.append(span)
    if group:
        yield tuple(group)


def _beside(row: Entitlement, index: ClauseIndex) -> Iterator[Demand]:
    """Demands in the sentences of a measure that none of its fields holds."""
    text = index.clause(row.address)[1].text
    read = [s for s in _all_spans(row) if s.address == row.address]
    for number, match in enumerate(_SENTENCE.finditer(text)):
        own = [s for s in read if match.start() <= s.start < match.end()]
        if number == 0 and len(match[0]) <= _LEAD and not own:
            yield from _of_lead(row, match)
        if not own:
            continue
        for decision in pattern("decision").finditer(match[0]):
            span = _span(row, match.start() + decision.start(), decision[0])
            if not any(_holds(other, span) for other in row.conditions):
                yield Demand("decision", (span,))
        for piece in (*_PIECE.finditer(match[0]), *_BRACKET.finditer(match[0])):
            own_text = piece[piece.lastindex or 0]
            start = match.start() + piece.start(piece.lastindex or 0)
            span = _span(row, start, own_text)
            if any(_touch(other, span) for other in read):
                continue
            if pattern("demand").search(own_text):
                yield Demand("requirement", (span,))
            elif number and pattern("purpose").match(own_text):
                yield Demand("purpose", (span,))


def _of_lead(row: Entitlement, match: re.Match[str]) -> Iterator[Demand]:
    """What the first sentence says of a product, where the measure is for one and does not."""
    words = "".join(span.text for span in row.event)
    of_product = facets_of(words).keys() & {"drug", "class"}
    if of_product and set(found("milestone", match[0])) - set(found("milestone", words)):
        yield Demand("purpose", (_span(row, match.start(), match[0]),))


def _all_spans(row: Entitlement) -> list[Span]:
    quantities = [row.rate, row.amount, row.years, *(cap.quantity for cap in row.caps)]
    quantities += [bound.quantity for bound in row.bounds]
    quantities += [tier.rate for tier in row.tiers]
    spans = [row.subject, row.form, row.base, row.each, row.frequency, row.name]
    spans += [*row.event, *row.conditions, *row.deductions, *row.exclusions, *row.ceilings]
    spans += [q.span for q in quantities if q]
    spans += [bound.of for bound in row.bounds]
    return [span for span in spans if span]


def _span(row: Entitlement, start: int, text: str) -> Span:
    return Span(row.address, start, start + len(text), text)


def _holds(outer: Span, inner: Span) -> bool:
    same = outer.address == inner.address
    return same and outer.start <= inner.start and inner.end <= outer.end


def _touch(one: Span, other: Span) -> bool:
    return one.address == other.address and one.start < other.end and other.start < one.end
