"""Measures, documents or levels that somebody chose, side by side, through ``comparing``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from corpus.address import Address
from corpus.errors import InputError
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from retriever.retriever import Retriever
from server.answer import Citation, Column
from server.comparing.check import held
from server.comparing.shown import comparison_json
from server.comparing.sides import Side
from server.comparing.table import side_by_side
from server.present_answer import citation_json
from server.sums.facets import conflict, facets_of
from server.sums.likeness import Likeness, event_text, row_text

__all__ = ["compared_sides", "nearest_in", "references_to", "side_of"]

Json = dict[str, Any]

_FEWEST, _MOST = 2, 3
#: The measures of a document are on the matter where they hold this share of its words.
_ON_IT = 0.15


def side_of(row: Entitlement) -> Side:
    """One measure as a side."""
    return Side(Column(row.address, row.event[:1]), (row,))


def nearest_in(retriever: Retriever, document: str, words: str) -> Side | None:
    """The clause of a document with the measures nearest to some words; None where none is near.

    Measures of another stage, class or kind than the words name are left out.
    """
    likeness, asked = Likeness(retriever), facets_of(words)
    rows = [
        row
        for row in retriever.index.entitlements[document]
        if not conflict(asked, facets_of(event_text(row)))
    ]
    best = max(rows, key=lambda row: likeness.share(words, row_text(row)), default=None)
    if best is None or likeness.share(words, row_text(best)) < _ON_IT:
        return None
    return Side(Column(best.address), tuple(r for r in rows if r.address == best.address))


def compared_sides(index: ClauseIndex, sides: Sequence[Side], as_of: date) -> Json | None:
    """The checked table of two or three sides with their references; None where nothing is left."""
    if not _FEWEST <= len(sides) <= _MOST:
        raise InputError("请选两项或三项 / choose two or three", field="measure")
    table = side_by_side(sides, index)
    addresses = list(dict.fromkeys(side.column.address for side in sides))
    checked = held(table, addresses, index)[0] if table else None
    if checked is None:
        return None
    places = [*addresses, *(claim.address for claim in checked.also)]
    citations = _citations(index, list(dict.fromkeys(places)))
    shown = comparison_json(checked, citations)
    return shown and shown | {"references": [citation_json(c, as_of) for c in citations]}


def references_to(index: ClauseIndex, addresses: Sequence[Address], as_of: date) -> list[Json]:
    """Clauses as numbered references."""
    return [citation_json(citation, as_of) for citation in _citations(index, addresses)]


def _citations(index: ClauseIndex, addresses: Sequence[Address]) -> list[Citation]:
    return [
        Citation(n, address, index.document(address.document), passage, passage.text)
        for n, address in enumerate(addresses, 1)
        for passage in [index.passage(address)]
    ]
