"""What a notice changed: the clauses of it that do, where a question asks for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address
from corpus.document import Amendment, Document
from indexer.lexical import terms
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever

__all__ = ["changes_told"]

#: Asks for all that was changed: 都改了些什么, 调整了哪几条, 动了哪些地方.
_ASKS = re.compile(
    r"(?:[改动变]|调整|修改|修订|变动)(?:过|了|掉)?(?:的)?(?:些|都|是|有)*(?:什么|啥|哪[几些]|几[处条项个])"
    r"|(?:哪[几些]|什么|啥)[^，。？?]{0,6}(?:被改|改了|变了|有变|作了(?:调整|修改))"
)
#: Clauses that are told of.
_MOST = 12
#: A text is not meant whose title holds less than this share of what another one does.
_HALF = 0.5


def changes_told(retrieval: Retrieval, retriever: Retriever) -> list[Hit]:
    """Return the clauses by which the best text found changes another one, in their order.

    Where it changes several, those for the text that the question is on.
    """
    if not retrieval.hits or not _ASKS.search(retrieval.query.text):
        return []
    document = _changing(retrieval, retriever)
    if document is None:
        return []
    amends = _of_the_text_meant(document.amends, retrieval, retriever)
    found = []
    for address in dict.fromkeys(amendment.by for amendment in amends):
        row = retriever.index.passages.row(address)
        if row is not None:
            found.append(_hit(address, row, retrieval, retriever))
    return found[:_MOST]


def _changing(retrieval: Retrieval, retriever: Retriever) -> Document | None:
    """The text that changes others: the one that is named, else the best one found that does."""
    index, named = retriever.index, retrieval.understanding.documents
    names = [hit.passage.address.document for hit in retrieval.hits]
    changing = [name for name in names if index.document(name).amends]
    meant = [name for name in changing if name in named] or ([] if named else changing)
    if not meant and named:
        titles = {title for name in named for title in index.document(name).titles}
        meant = [n for n in changing if any(a.title in titles for a in index.document(n).amends)]
    return index.document(meant[0]) if meant else None


def _of_the_text_meant(
    amends: Sequence[Amendment], retrieval: Retrieval, retriever: Retriever
) -> Sequence[Amendment]:
    titles = {amendment.title for amendment in amends}
    matter = terms(retriever.vocabulary.matter(retrieval.understanding.text))
    held = {title: retriever.coverage(matter, title) for title in titles}
    best = max(held.values())
    meant = {title for title, share in held.items() if share > best * _HALF}
    return [amendment for amendment in amends if amendment.title in (meant or titles)]


def _hit(address: Address, row: int, retrieval: Retrieval, retriever: Retriever) -> Hit:
    """The clause as it was found, or as it stands."""
    own = (hit for hit in retrieval.hits if hit.passage.address == address)
    passage, best = retriever.index.passages[row], retrieval.hits[0]
    return next(own, Hit(passage, best.score, best.found_by))
