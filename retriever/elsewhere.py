"""A matter of which only documents of other places than the one that is named speak.

博士去东屏市工作，租房补多少: of 东屏 there is a notice on lorries alone, on rent a document of another
city. What was found is then of the place, and of nothing else that is asked.
"""

from __future__ import annotations

import numpy as np

from corpus.divisions import area_of, is_of, path_of, short_name
from retriever.query import Retrieval
from retriever.retriever import Retriever

__all__ = ["is_known_elsewhere", "only_the_country_holds"]


def is_known_elsewhere(retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether a question without its places is nearer to a clause of another place than to any of
    the places that it names, of those above and below them, and of none."""
    understood, index = retrieval.understanding, retriever.index
    if not understood.places or understood.documents or understood.foreign:
        return False
    own = np.array(
        [
            d.area in (None, "全国") or is_of(path_of(d.area), understood.places)
            for d in index.documents
        ],
        bool,
    )
    if own.all() or not own.any():
        return False
    text = retriever.without_areas(understood.text, understood.areas)
    for place in understood.places:
        for name in (area_of(place), place[-1], short_name(place[-1])):
            text = text.replace(name, " ")
    return retriever.nearness(text, ~own) > retriever.nearness(text, own)


def only_the_country_holds(retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether no document is of a place that a question names, nor of one above or below it, but for
    those of the whole country."""
    understood, areas = retrieval.understanding, retriever.index.areas
    if not understood.places or understood.areas or "全国" not in areas:
        return False
    return not any(is_of(path_of(area), understood.places) for area in areas)
