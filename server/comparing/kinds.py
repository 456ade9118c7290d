"""Which of several figures is the higher: only where all are of one kind, else that they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap, Span
from server.checks import squeeze
from server.comparing.fields import BASE, CAP, RATE, THRESHOLD, is_within, promised
from server.comparing.sides import Side
from server.comparing.wording import is_bounded

__all__ = ["differs", "highest", "sort_of"]

#: Words that leave the sort of an amount as it is: 实际完成固定资产投资额 is 固定资产投资额.
_SAME_SORT = re.compile(r"[（(][^（）()]*[）)]|实际|完成|发生|^[其该]|的")
#: One of what is supported, however it is counted.
_OF_ONE = re.compile(r"(?:每|单)[个项件家]?(?:品种|项目|产品)?")
_ONE_OF = re.compile(r"/(?:项|个|件|家|品种)$")


@dataclass(frozen=True, slots=True)
class _Figure:
    value: Decimal
    kind: tuple[object, ...]


def highest(field: str, sides: Sequence[Side], index: ClauseIndex) -> int | None:
    """Return the place of the side with the highest figure; None where that is not certain."""
    read = _FIGURES.get(field)
    if read is None:
        return None
    figures = [_one({read(row, s.column.address, index) for row in s.rows}) for s in sides]
    known = [figure for figure in figures if figure]
    if len(known) < len(sides) or len({figure.kind for figure in known}) > 1:
        return None
    values = [figure.value for figure in known]
    return values.index(max(values)) if values.count(max(values)) == 1 else None


def differs(field: str, sides: Sequence[Side]) -> bool:
    """Whether two sides have a field, and what it is of differs in kind."""
    read = _KINDS.get(field)
    if read is None:
        return False
    kinds = [{kind for row in s.rows for kind in read(row, s.column.address)} for s in sides]
    return len({frozenset(found) for found in kinds if found}) > 1


def sort_of(span: Span | None) -> str:
    """What an amount is of, without words that leave it the same.

    >>> from corpus.address import Address
    >>> sort_of(Span(Address.parse("a#art1"), 0, 11, "实际完成固定资产投资额"))
    '固定资产投资额'
    """
    return _SAME_SORT.sub("", squeeze(span.text)) if span else ""


def _one(figures: set[_Figure | None]) -> _Figure | None:
    return figures.pop() if len(figures) == 1 else None


def _rate_or_amount(row: Entitlement, address: Address, index: ClauseIndex) -> _Figure | None:
    figure = row.rate or row.amount
    both = row.rate and row.amount
    if figure is None or both or row.tiers or row.unread or figure.low is not None:
        return None
    if not promised(row, index):
        return None
    limit = is_bounded(figure, index)
    if row.rate:
        # Without a base only rates of one clause are certain to be of the same.
        of = sort_of(row.base) or str(address)
        return _Figure(figure.value, ("rate", figure.unit, of, limit))
    return _Figure(figure.value, ("amount", figure.unit, *_given(row), limit))


def _given(row: Entitlement) -> tuple[str, str]:
    """What an amount is for, and how often it is given."""
    each = squeeze(row.each.text) if row.each else ""
    often = squeeze(row.frequency.text) if row.frequency else ""
    return _OF_ONE.sub("一", each), often.replace("一次性", "")


def _cap(row: Entitlement, address: Address, index: ClauseIndex) -> _Figure | None:
    caps = [cap for cap in row.caps if is_within(cap.quantity.span, address)]
    if len(caps) != 1 or row.unread or row.ceilings:
        return None
    return _Figure(caps[0].quantity.value, ("cap", *_scope(caps[0])))


def _scope(cap: Cap) -> tuple[str, bool, str]:
    """What a cap holds for; 元/项 is an amount of one thing."""
    unit = cap.quantity.unit
    return cap.scope, cap.yearly, _ONE_OF.sub("", unit) if cap.scope == "item" else unit


_FIGURES: dict[str, Callable[[Entitlement, Address, ClauseIndex], _Figure | None]] = {
    RATE: _rate_or_amount,
    CAP: _cap,
}
_KINDS: dict[str, Callable[[Entitlement, Address], list[object]]] = {
    THRESHOLD: lambda row, _: [(sort_of(b.of), b.quantity.unit) for b in row.bounds],
    BASE: lambda row, _: [sort_of(row.base)] if row.base else [],
    RATE: lambda row, _: [(row.amount.unit, *_given(row))] if row.amount else [],
    CAP: lambda row, at: [_scope(c) for c in row.caps if is_within(c.quantity.span, at)],
}
