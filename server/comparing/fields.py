"""The fields of a measure as the rows of a comparison, each made of characters of its clause."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.address import Address
from corpus.charge import read_charge
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Span
from server.answer import Cell, Part
from server.checks import squeeze
from server.comparing.sides import Side, told_by
from server.comparing.wording import bound_words, figure_words, is_bounded, limit_words, tier_words

__all__ = [
    "BASE",
    "CAP",
    "CHARGE",
    "FIELDS",
    "RATE",
    "THRESHOLD",
    "cell_of",
    "charge_cell",
    "is_within",
    "promised",
]

Reader = Callable[[Entitlement, ClauseIndex], tuple[Span, ...]]

#: Fields by which others are spoken of.
SUBJECT, EVENT, THRESHOLD, BASE = "支持对象", "支持事项", "条件与门槛", "计算基数"
RATE, MORE, CAP, CHARGE = "标准", "另行提高", "上限", "责任单位"
#: Words that tell a measure are said with each figure up to this length.
_LONG = 16


def is_within(span: Span, address: Address) -> bool:
    """Whether characters stand in a clause or in one beneath it."""
    return address.contains(span.address)


def promised(row: Entitlement, index: ClauseIndex) -> bool:
    """Whether the amount is one: 最高 said once before a list makes each of it a cap."""
    if row.amount is None or not row.at_most or row.caps:
        return True
    return is_bounded(row.amount, index)


def _subject(row: Entitlement, index: ClauseIndex) -> tuple[Span, ...]:
    return (row.subject,) if row.subject else ()


def _event(row: Entitlement) -> tuple[Span, ...]:
    # Who gets it has a line of its own.
    return tuple(span for span in row.event if span != row.subject)


def _threshold(row: Entitlement, index: ClauseIndex) -> tuple[Span, ...]:
    """Conditions, and the thresholds that do not stand in one of them."""
    bounds = [bound_words(bound, index) for bound in row.bounds]
    inside = [b for b in bounds if any(_holds(span, b) for span in row.conditions)]
    return (*row.conditions, *(b for b in bounds if b not in inside))


def _base(row: Entitlement, index: ClauseIndex) -> tuple[Span, ...]:
    return (row.base,) if row.base else ()


def _rate(row: Entitlement, index: ClauseIndex) -> tuple[Span, ...]:
    found = [figure_words(row.rate, None, index)] if row.rate else []
    if row.amount and promised(row, index):
        found.append(figure_words(row.amount, row.each, index))
    return (*found, *(tier_words(tier, index) for tier in row.tiers))


def _caps(row: Entitlement, index: ClauseIndex) -> tuple[Span, ...]:
    held = [row.amount.span] if row.amount and not promised(row, index) else []
    limits = [*(cap.quantity.span for cap in row.caps), *row.ceilings]
    return (*held, *(limit_words(span, index) for span in limits))


def _term(row: Entitlement, index: ClauseIndex) -> tuple[Span, ...]:
    """How often and how long; 每月 of 每人每月 is said with the amount."""
    said = row.frequency and row.each and row.frequency.text in row.each.text
    often = None if said else row.frequency
    return tuple(span for span in (often, row.years.span if row.years else None) if span)


def _stacking(row: Entitlement, index: ClauseIndex) -> tuple[Span, ...]:
    return (*row.deductions, *row.exclusions)


#: The rows in their order.
FIELDS: dict[str, Reader] = {
    SUBJECT: _subject,
    EVENT: lambda row, _: _event(row),
    THRESHOLD: _threshold,
    BASE: _base,
    RATE: _rate,
    MORE: lambda row, _: tuple(increment.amount.span for increment in row.increments),
    CAP: _caps,
    "期限与频次": _term,
    "叠加规则": _stacking,
}


def cell_of(field: str, side: Side, index: ClauseIndex) -> Cell:
    """What a side has of a field: of each measure, or once where all have the same."""
    if field == EVENT:
        return _events(side)
    if field == MORE:
        return _increments(side)
    parts = []
    for place, row in enumerate(side.rows):
        spans = [s for s in FIELDS[field](row, index) if is_within(s, side.column.address)]
        if spans:
            parts.append(Part(tuple(_unlike(spans)), *_told(side, place)))
    once = {_texts(part.spans): Part(part.spans) for part in parts}
    # Recipients are what measures are told by, unless numbers tell them.
    bare = field == SUBJECT and not any(part.number for part in parts)
    if bare or (len(once) == 1 and len(parts) == len(side.rows)):
        return Cell(tuple(once.values()))
    return Cell(tuple(parts))


def _events(side: Side) -> Cell:
    """What measures are given for: the words they share once, then those of each."""
    events = [_event(row) for row in side.rows]
    shared = set.intersection(*(set(_texts(event)) for event in events))
    parts = [Part(tuple(s for s in events[0] if squeeze(s.text) in shared), glue="，")]
    if len(events) > 1:
        for place, event in enumerate(events):
            own = tuple(s for s in event if squeeze(s.text) not in shared)
            parts.append(Part(own, number=_told(side, place)[1], glue="，"))
    once = {(_texts(part.spans), part.number): part for part in parts if part.spans}
    return Cell(tuple(once.values()))


def _increments(side: Side) -> Cell:
    """What is added, each with the further case that it is for."""
    return Cell(
        tuple(
            Part((i.amount.span,), (*of, *i.event), number)
            for place, row in enumerate(side.rows)
            for of, number in [_told(side, place)]
            for i in row.increments
        )
    )


def _told(side: Side, place: int) -> tuple[tuple[Span, ...], int | None]:
    """What tells a measure from the others of a side: its words, its number where they are long."""
    if len(side.rows) == 1:
        return (), None
    words = [told_by(row, side.rows) for row in side.rows]
    if max(len("".join(_texts(spans))) for spans in words) > _LONG:
        return (), place + 1
    return words[place], None


def charge_cell(address: Address, index: ClauseIndex) -> Cell:
    """The units in charge that a clause names, those that lead first."""
    clause = index.clause(address)[1]
    charge = read_charge(clause.text)
    spans = []
    for name in dict.fromkeys((*charge.lead, *charge.responsible)):
        start = clause.text.find(name)
        if start >= 0:
            spans.append(Span(address, start, start + len(name), name))
    return Cell((Part(tuple(spans), glue="、"),)) if spans else Cell()


def _texts(spans: Sequence[Span]) -> tuple[str, ...]:
    return tuple(squeeze(span.text) for span in spans)


def _unlike(spans: Sequence[Span]) -> list[Span]:
    """Spans that do not say the same."""
    return list({squeeze(span.text): span for span in reversed(spans)}.values())[::-1]


def _holds(outer: Span, inner: Span) -> bool:
    same = outer.address == inner.address
    return same and outer.start <= inner.start and inner.end <= outer.end
