"""A list of a document as it stands: the line it hangs on, its items, and what is said beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from retriever.query import Retrieval

__all__ = ["Listing", "Piece", "listings_near", "listings_of"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a clause and where they begin in it."""

    address: Address
    words: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """``lead`` is the last sentence of the clause that the items stand under, ``beside`` the other
    paragraphs of its article. ``best``: the clause that fits a question best lies in it."""

    lead: Piece
    items: tuple[Piece, ...]
    beside: tuple[Piece, ...]
    best: bool


def listings_near(retrieval: Retrieval, index: ClauseIndex, near: int = 3) -> list[Listing]:
    """The lists of the articles that fit a question best, of the document found first."""
    if not retrieval.hits:
        return []
    first = retrieval.hits[0].passage.address
    hits = [hit.passage.address for hit in retrieval.hits[:near]]
    articles = dict.fromkeys(a.path.article for a in hits if a.document == first.document)
    found = []
    for article in articles:
        clauses = [
            c for c in index.readings[first.document].outline.clauses
            if c.text and c.path.article == article
        ]  # fmt: skip
        pieces = [Piece(Address(first.document, c.path), c.text) for c in clauses]
        found += listings_of(pieces, first)
    return found


def listings_of(pieces: Sequence[Piece], first: Address | None = None) -> list[Listing]:
    """The lists that some clauses make."""
    found = []
    for lead in pieces:
        items = [p for p in pieces if p.address.path.parent == lead.address.path]
        items = [p for p in items if p.address.path.steps[-1].rank != "para"]
        if len(items) < 2:
            continue
        own = {lead.address, *(p.address for p in items)}
        beside = [p for p in pieces if p.address not in own]
        at = lead.words.rstrip("。\n").rfind("。") + 1
        last = Piece(lead.address, lead.words[at:], at)
        best = first is not None and first.path.article == lead.address.path.article
        found.append(Listing(last, tuple(items), tuple(beside), best))
    return found
