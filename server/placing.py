"""Of which place the rules are that an answer states, and whether those were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.divisions import area_of, is_of, lies_in, path_of, places_in, related, short_name
from indexer.clause_index import ClauseIndex
from indexer.lexical import terms
from retriever.giving_way import holds_nothing_beside
from retriever.limits import is_above
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.answer import Claim
from server.no_support import only_speaks_of

__all__ = [
    "beside_it",
    "found_there",
    "in_place",
    "of_another_place",
    "of_foreign",
    "of_one_place",
    "of_place",
    "only_elsewhere",
    "placed",
]

#: A clause of a level above the place that is named must be better by more than this.
_BETTER = 0.02
#: The share of what the first clause holds of a question that one of another place must hold.
_AS_MUCH = 0.6
#: Clauses of which one must be of the place that is named.
_FIRST = 3


def of_place(retrieval: Retrieval, retriever: Retriever) -> Retrieval:
    """Return the hits of the place that is named, where one of a level above is hardly better."""
    areas = retrieval.understanding.areas
    of = {
        hit: retriever.index.document(hit.passage.address.document).area for hit in retrieval.hits
    }
    first = next(iter(of.values()), None)
    own = tuple(hit for hit, area in of.items() if area in areas)
    if any(_is_policy(hit, retriever) for hit in retrieval.hits[:1]):
        # News of the place does not come before the policy.
        own = own if any(_is_policy(hit, retriever) for hit in own) else ()
    if not own or not first or not all(is_above(first, area) for area in areas):
        return retrieval
    best = retrieval.hits[0]
    near = own[0].score >= best.score - _BETTER and not holds_nothing_beside(own[0], best)
    texts = own[0].passage.text, best.passage.text
    near = near and not only_speaks_of(retrieval.query.text, *texts)
    return replace(retrieval, hits=own) if near else retrieval


def beside_it(name: str, retrieval: Retrieval, retriever: Retriever) -> set[str]:
    """The policies found that are of the place of a document too, and not out of force."""
    area, day = retriever.index.document(name).area, retrieval.query.as_of
    found = {hit.passage.address.document: hit for hit in retrieval.hits}
    return {
        own
        for own, hit in found.items()
        if area
        and retriever.index.document(own).area == area
        and _is_policy(hit, retriever)
        and retriever.index.document(own).validity(day).status in ("in_force", "unknown")
    }


def of_foreign(retrieval: Retrieval, retriever: Retriever) -> Retrieval:
    """Return the hits of documents that speak of a place of which there is none.

    What news tell of 巴南那个政策 is not to be told by the rules of another place.
    """
    foreign = retrieval.understanding.foreign
    if not foreign or retrieval.understanding.documents or retrieval.understanding.areas:
        return retrieval
    speak = {
        name: any(place in retriever.text_of(name) for place in foreign)
        for name in {hit.passage.address.document for hit in retrieval.hits}
    }
    own = tuple(hit for hit in retrieval.hits if speak[hit.passage.address.document])
    return replace(retrieval, hits=own) if own else retrieval


def in_place(hits: Sequence[Hit], retrieval: Retrieval, retriever: Retriever) -> list[Hit]:
    """Return a list without the clauses of other places, where the first one is of the place that
    is named."""
    understood = retrieval.understanding
    areas = {*understood.areas, *map(area_of, understood.places)}
    of = {hit: retriever.index.document(hit.passage.address.document).area for hit in hits}
    first = next(iter(of.values()), None)
    if not areas or (first is not None and first not in areas):
        return list(hits)

    def belongs(area: str | None) -> bool:
        return area is None or area in areas or any(is_above(area, place) for place in areas)

    return [hit for hit, area in of.items() if belongs(area)]


def of_one_place(hits: Sequence[Hit], retrieval: Retrieval, retriever: Retriever) -> list[Hit]:
    """Return clauses without those of other places than that of the first which hold less of the
    question, where it names neither a place nor a document: they are on another matter."""
    understood = retrieval.understanding
    if understood.places or understood.areas or understood.documents or not hits:
        return list(hits)
    first = retriever.index.document(hits[0].passage.address.document).area
    matter = terms(retriever.vocabulary.matter(understood.text))
    least = _AS_MUCH * retriever.coverage(matter, hits[0].passage.whole)

    def kept(hit: Hit) -> bool:
        area = retriever.index.document(hit.passage.address.document).area
        if first is None or area is None or area == "全国":
            return True
        alike = is_of(path_of(area), [path_of(first)]) or is_above(area, first)
        return alike or retriever.coverage(matter, hit.passage.whole) >= least

    return [hit for hit in hits if hit is hits[0] or kept(hit)]


def _is_policy(hit: Hit, retriever: Retriever) -> bool:
    return retriever.index.document(hit.passage.address.document).authority == "normative"


def placed(claims: Sequence[Claim], retrieval: Retrieval, retriever: Retriever) -> list[Claim]:
    """Say of each statement whose it is, its place or title, where there are several documents.

    Of one document only its place is said, and only where another one's rules were asked for.
    """
    documents = {c.address.document: retriever.index.document(c.address.document) for c in claims}
    areas = [document.area for document in documents.values()]
    apart = None not in areas and len(set(areas)) == len(areas)
    if len(documents) < 2 and not (apart and _asked_instead(claims, retrieval, retriever)):
        return list(claims)
    names = {name: d.area if apart else f"《{d.title}》" for name, d in documents.items()}
    return [replace(claim, lead=f"{names[claim.address.document]}：") for claim in claims]


def of_another_place(
    claims: Sequence[Claim], retrieval: Retrieval, retriever: Retriever
) -> list[str]:
    """Say that what is stated are not the rules of the place that was asked for.

    市里奖多少 asks for the city's measure; that of a district holds in the district only.
    """
    asked = _asked_instead(claims, retrieval, retriever)
    if not asked:
        return _above_seat(claims, retrieval, retriever) or _of_no_place(
            claims, retrieval, retriever
        )
    own = dict.fromkeys(
        area
        for area in (retriever.index.document(claim.address.document).area for claim in claims)
        if area
    )
    spoken, stated = "、".join(asked), "、".join(own)
    above = all(is_above(area, place) for area in own for place in asked)
    within = f"，{spoken}在其范围内" if above else ""
    return [f"层级：您问的是{spoken}，以上是{stated}的规定{within}。"]


def _above_seat(claims: Sequence[Claim], retrieval: Retrieval, retriever: Retriever) -> list[str]:
    """Say that what holds in the asker's place are rules of a level above, where the library has
    none of the place itself."""
    index = retriever.index
    stated = list(dict.fromkeys(index.document(c.address.document).area for c in claims))
    own = {path_of(area) for area in index.areas}
    for place in retrieval.understanding.places:
        above = [area for area in stated if area and is_above(area, area_of(place))]
        if above and not any(lies_in(path, place) for path in own if path):
            spoken = area_of(place)
            return [
                f"层级：{spoken}在{'、'.join(above)}范围内，以上是{'、'.join(above)}的规定；库内没有{spoken}自己的文件。"
            ]
    return []


def _of_no_place(claims: Sequence[Claim], retrieval: Retrieval, retriever: Retriever) -> list[str]:
    """Say that a document does not say whose it is, where a question names a place."""
    documents = {claim.address.document for claim in claims}
    spoken_of = {h.passage.address.document for h in retrieval.hits if h.signals.get("local")}
    unplaced = [d for d in documents if retriever.index.document(d).area is None]
    names = [area_of(place) for place in retrieval.understanding.places]
    if not names or len(unplaced) < len(documents) or documents & spoken_of:
        return []
    return [f"地区：您问的是{'、'.join(names)}，所引文件没有写明是哪里的规定，请核对是否适用。"]


def found_there(retrieval: Retrieval, claims: Sequence[Claim], index: ClauseIndex) -> Sequence[Hit]:
    """The first clause found of a place that is asked about, where none stated is of it: how its
    support is applied for stands in its own text, or in one yet to come."""
    areas = retrieval.understanding.areas
    if not areas or any(index.document(c.address.document).area in areas for c in claims):
        return ()
    own = (h for h in retrieval.hits if index.document(h.passage.address.document).area in areas)
    return tuple(own)[:1]


def only_elsewhere(retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether what was found is of other places alone than those that a question names."""
    hits = retrieval.hits[:_FIRST]
    if hits and not retrieval.understanding.documents and _speak_of_others(retrieval, retriever):
        return True
    if not hits or not hits[0].signals.get("elsewhere") or retrieval.understanding.documents:
        return False
    areas = [retriever.index.document(hit.passage.address.document).area for hit in hits]
    # Other rules of the place itself, which hold less of the question, do not make these its own.
    return "全国" not in areas and not _own_as_good(retrieval, retriever)


def _speak_of_others(retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether the first clause is of a document that does not say whose it is, but names another
    area of the library, and never the one that is asked about."""
    asked, index = retrieval.understanding.areas, retriever.index
    names = {area: (area, short_name(area)) for area in index.areas}
    first = retrieval.hits[0].passage.address.document
    if not asked or index.document(first).area is not None:
        return False
    text = retriever.text_of(first)
    named = {area for area, own in names.items() if any(name in text for name in own)}
    if not named:
        return _is_of_one_other(text, retrieval) and not _own_as_good(retrieval, retriever)
    return not any(
        area == other or is_above(area, other) or is_above(other, area)
        for area in named
        for other in asked
    )


def _is_of_one_other(text: str, retrieval: Retrieval) -> bool:
    """Whether all places that a text names are one, with what is above and below it, and not one
    that is asked about."""
    paths = {place.path for place in places_in(text)}
    top = min(paths, key=len, default=())
    alike = bool(paths) and all(related(path, top) for path in paths)
    return alike and not is_of(top, retrieval.understanding.places)


def _own_as_good(retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether a clause of the place asked about holds about as much of it as the first one."""
    matter = terms(retriever.vocabulary.matter(retrieval.understanding.text))
    own = [hit for hit in retrieval.hits[:_FIRST] if hit.signals.get("local")]
    held = (retriever.coverage(matter, hit.passage.text) for hit in own)
    least = _AS_MUCH * retriever.coverage(matter, retrieval.hits[0].passage.text)
    return any(share >= least for share in held)


def _asked_instead(
    claims: Sequence[Claim], retrieval: Retrieval, retriever: Retriever
) -> list[str]:
    """The places that a question names and no statement is of; none where it names a document.

    A word for a level that the clause holds too is of its matter: 市级审批程序.
    """
    understood, index = retrieval.understanding, retriever.index
    areas = {index.document(claim.address.document).area for claim in claims}
    if not areas or None in areas or understood.documents or understood.areas & areas:
        return []
    texts = [index.clause(claim.address)[1].text for claim in claims]
    asked = []
    for area in sorted(understood.areas):
        words = [word for word in retriever.spoken(area) if word in understood.text]
        if not any(word in text for word in words for text in texts):
            asked.append(area)
    return asked
