"""Texts written for one sector are no answer for another: 无人机企业的贷款贴息 is not that of 生物医药."""

from __future__ import annotations

import re
from dataclasses import replace

from retriever.missing import is_beside_the_matter, is_for_a_sector
from retriever.offices import without_offices
from retriever.query import Retrieval
from retriever.retriever import Retriever

__all__ = ["without_other_sectors"]

#: Several things side by side: 工业技改和绿色用能、商贸物流及文旅消费.
_SEVERAL = re.compile(r"[、和及与][^、和及与》]{2,20}[、和及与]")


def without_other_sectors(retrieval: Retrieval, retriever: Retriever) -> Retrieval:
    """Return a retrieval, and those of its sides, without clauses of texts for another sector.

    A text is for a sector that its title names. It is for another one where it never speaks of any
    that the question names. Who names a document or a clause means it.
    """
    sides = tuple(without_other_sectors(side, retriever) for side in retrieval.sides)
    understood, vocabulary = retrieval.understanding, retriever.vocabulary
    text = without_offices(retrieval.query.text)
    asked = [
        word
        for word in vocabulary.sectors
        if word in text and not is_beside_the_matter(word, retrieval, retriever)
    ]
    if not asked or understood.documents or understood.addresses:
        return replace(retrieval, sides=sides)
    names = {name for word in asked for name in vocabulary.called(word)}
    others = {
        document
        for document in {hit.passage.address.document for hit in retrieval.hits}
        if _is_for_others(document, names, retriever)
    }
    hits = tuple(hit for hit in retrieval.hits if hit.passage.address.document not in others)
    return replace(retrieval, hits=hits, sides=sides)


def _is_for_others(name: str, asked: set[str], retriever: Retriever) -> bool:
    """Whether the title of a text names a sector, and no word of it one that is asked about.

    A title that names several (工业技改、商贸物流及文旅消费) is of a text for all kinds of firms.
    """
    title = retriever.index.document(name).title
    if not is_for_a_sector(title, retriever) or _SEVERAL.search(title):
        return False
    text = retriever.text_of(name)
    # Most texts have no word of it at all: only of the others the names of offices are taken out.
    if not any(word in text for word in asked):
        return True
    plain = without_offices(text)
    return not any(word in plain for word in asked)
