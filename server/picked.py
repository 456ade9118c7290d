"""Measures named in addresses of pages: the clause, and which of its measures it is."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.address import Address
from corpus.errors import AddressError
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement

__all__ = ["name_of", "names_of_document", "row_named"]


def names_of_document(index: ClauseIndex, document: str) -> Iterator[tuple[str, Entitlement]]:
    """The measures of a document with their names."""
    seen: dict[Address, int] = {}
    for row in index.entitlements[document]:
        number = seen[row.address] = seen.get(row.address, 0) + 1
        yield f"{row.address}~{number}", row


def name_of(index: ClauseIndex, row: Entitlement) -> str:
    """The name of a measure, by which a page is asked for it."""
    return next(n for n, r in names_of_document(index, row.address.document) if r is row)


def row_named(index: ClauseIndex, name: str) -> Entitlement:
    """The measure of a name; an error for any other text."""
    document = name.partition("#")[0]
    if document in index.readings:
        for own, row in names_of_document(index, document):
            if own == name:
                return row
    raise AddressError(f"没有这一项措施 / no such measure: {name[:120]!r}", field="measure")
