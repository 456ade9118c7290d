"""A list of a document as it stands: the line it hangs on, its items, and what is said beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.address import Address, ClausePath
from corpus.outline import Outline
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
    outline = index.readings[first.document].outline
    articles = dict.fromkeys(
        _article(a.path, outline) for a in hits if a.document == first.document
    )
    found = []
    for article in articles:
        clauses = [c for c in outline.clauses if c.text and article.contains(c.path)]
        pieces = [Piece(Address(first.document, c.path), c.text) for c in clauses]
        found += listings_of(pieces, _article(first.path, outline))
    return found


def _article(path: ClausePath, outline: Outline) -> ClausePath:
    """The article that a clause lies in; of an item of a notice the 一、 that its list hangs on."""
    article = path.article
    above = next((c.text for c in outline.clauses if c.path == article.parent), "")
    return article.parent if article.parent and above.rstrip().endswith("：") else article


def listings_of(pieces: Sequence[Piece], best: ClausePath | None = None) -> list[Listing]:
    """The lists that some clauses make; ``best`` is the article that fits a question best."""
    found = []
    for lead in pieces:
        items = [p for p in pieces if _is_item(p.address.path, lead.address.path)]
        if len(items) < 2:
            continue
        own = {lead.address, *(p.address for p in items)}
        beside = [p for p in pieces if p.address not in own]
        at = lead.words.rstrip("。\n").rfind("。") + 1
        last = Piece(lead.address, lead.words[at:], at)
        is_best = best is not None and best.contains(lead.address.path)
        found.append(Listing(last, tuple(items), tuple(beside), is_best))
    return found


def _is_item(path: ClausePath, lead: ClausePath) -> bool:
    """Whether a clause is an item under a line, or the first paragraph of one: in a notice what stands
    behind a list is another paragraph of its last item."""
    step, above = path.steps[-1], path.parent
    if step.rank != "para" or above is None:
        return above == lead and step.rank != "para"
    return step.number == 1 and above.parent == lead and above.steps[-1].rank != "para"
