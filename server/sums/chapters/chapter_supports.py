"""The supports of a chapter whose other articles say more of them, and which one a question is on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Tier
from retriever.query import Retrieval
from server.sums.bands import bands_of
from server.sums.beside import Limits, limits_of
from server.sums.bounds import is_money
from server.sums.chapters.chapter_rules import (
    Rules,
    changes_another,
    names_of_support,
    pieces_of_chapter,
    rules_of,
)
from server.sums.facets import kinds_of_base
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.listing import Piece, listings_of

__all__ = ["Support", "support_meant"]

_NEAR = 3
#: As much of the line of a support is asked for, where no kind of money is named.
_SPOKEN = 0.1


@dataclass(frozen=True, slots=True)
class Support:
    """The line of a support, its steps or its one rate, its own limits, and what other articles say
    of it."""

    lead: Piece
    tiers: Sequence[Tier]
    limits: Limits
    rules: Rules
    rate: Quantity | None = None

    @property
    def names(self) -> list[str]:
        """What it is called."""
        return names_of_support(self.lead.words)


def support_meant(
    retrieval: Retrieval, money: Sequence[Fact], likeness: Likeness
) -> Support | None:
    """The one support, in the chapters of the clauses found, that is of such an amount."""
    index, question = likeness.retriever.index, retrieval.understanding.text
    document = retrieval.hits[0].passage.address.document
    near = [h.passage.address for h in retrieval.hits[:_NEAR]]
    kinds = {kind for fact in money for kind in kinds_of_base(fact.words)}
    found: dict[Address, Support] = {}
    for address in (a for a in near if a.document == document):
        for one in _supports(pieces_of_chapter(address, index), index):
            own = kinds_of_base(one.lead.words)
            spoken = likeness.share(one.lead.words, question) >= _SPOKEN
            if kinds & own if kinds and own else spoken:
                found[one.lead.address] = one
    named = [one for one in found.values() if any(name in question for name in one.names)]
    meant = named if len(found) > 1 else list(found.values())
    return meant[0] if len(meant) == 1 else None


def _supports(pieces: Sequence[Piece], index: ClauseIndex) -> Iterator[Support]:
    """The supports of a chapter that are paid in steps, or at one rate, and have a name of their own."""
    for listing in listings_of(pieces):
        if tiers := bands_of(listing):
            article = listing.lead.address.path.article
            beside = tuple(p for p in listing.beside if p.address.path.article == article)
            limits = limits_of(replace(listing, beside=beside), index)
            rules = rules_of(listing.lead, pieces, index)
            yield Support(listing.lead, tiers, limits, rules)
    for piece in pieces:
        rows = [row for row in index.measures(piece.address) if row.address == piece.address]
        if len(rows) != 1 or not (rate := rows[0].rate) or rate.unit != "%" or rate.low is not None:
            continue
        row = rows[0]
        read = not (row.unread or row.bounds or row.ceilings or row.deductions or row.increments)
        if read and not changes_another(piece.words) and names_of_support(piece.words):
            caps = tuple((cap.quantity, cap.yearly) for cap in row.caps if is_money(cap))
            yield Support(piece, (), Limits(caps=caps), rules_of(piece, pieces, index), rate)
