"""Sister measures that a question does not speak of, and paragraphs that belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address
from indexer.entitlements import Entitlement
from indexer.lexical import terms
from retriever.query import Hit
from retriever.retriever import Retriever
from server.sums.likeness import Likeness

__all__ = ["is_next_paragraph", "of_heading_asked", "of_other_measures"]

#: A measure is spoken of where the question holds this share of its own words.
_SPOKEN = 0.2
#: Characters that entries of the same kind begin with.
_BEGUN = 4


def of_other_measures(
    hit: Hit, pieces: Sequence[str], question: str, best: int, retriever: Retriever
) -> set[int]:
    """The sentences of sister measures that the question does not speak of.

    办公用房 of a clause that has a line each for 厂房, GMP车间 and 办公用房: the other two
    amounts would only mislead.
    """
    rows = [
        row
        for row in retriever.index.entitlements[hit.passage.address.document]
        if row.address == hit.passage.address and row.amount and not row.rate
    ]
    likeness = Likeness(retriever)
    # Of a follow-up with the question before it, the follow-up's own words count.
    text = re.split(r"[?？]", question.rstrip("?？ "))[-1]
    shares = {id(row): likeness.own(row, rows, text) for row in rows}
    if len(rows) < 2 or max(shares.values()) < _SPOKEN:
        return set()
    meant = [row for row in rows if shares[id(row)] >= _SPOKEN]
    others = [row for row in rows if shares[id(row)] == 0]
    spoken = {i for row in meant for i in _holding(pieces, row)}
    return {i for row in others for i in _holding(pieces, row)} - spoken - {best}


def _holding(pieces: Sequence[str], row: Entitlement) -> list[int]:
    """The sentences that state the amount of a measure, with its occasion where it has words."""
    amount = row.amount.span.text if row.amount else ""
    words = [span.text for span in row.event]
    return [
        i
        for i, piece in enumerate(pieces)
        if amount in piece and (not words or any(word in piece for word in words))
    ]


def is_next_paragraph(one: Address, other: Address) -> bool:
    """Whether two clauses are paragraphs of one article, which speak of one matter.

    >>> is_next_paragraph(Address.parse("a#art24.para2"), Address.parse("a#art24.para1"))
    True
    """
    ranks = {path.steps[-1].rank for path in (one.path, other.path)}
    together = one.document == other.document and one.path.parent == other.path.parent
    return together and ranks == {"para"}


def of_heading_asked(hits: Sequence[Hit], question: str, retriever: Retriever) -> list[Hit]:
    """Of entries that begin alike under different headings (博士…每月1500元 under 生活补贴, 博士…10万元
    under 购房补贴), those whose headings hold most of what is asked."""
    matter = terms(retriever.vocabulary.matter(question))
    held = {hit: retriever.coverage(matter, "\n".join(hit.passage.context[1:])) for hit in hits}

    def gives_way(hit: Hit) -> bool:
        begun, parent = hit.passage.text[:_BEGUN], hit.passage.address.path.parent
        return any(
            held[other] > held[hit]
            for other in hits
            if other.passage.text.startswith(begun) and other.passage.address.path.parent != parent
        )

    return [hit for hit in hits if not gives_way(hit)]
