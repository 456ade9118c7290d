"""The clauses of two sides that are set against each other: of about equal ones, the most alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from indexer.lexical import terms
from indexer.passages import Passage
from retriever.query import Hit, Retrieval

__all__ = ["agreed", "as_pair", "of_both"]

#: Clauses of a side that score so much less than its best may be the one meant.
_CLOSE = 0.015
#: …or as good as it.
_EQUAL = 0.005
#: What it counts that two clauses say the same, on a scale on which scores are from 0 to 1.
_ALIKE = 0.05
#: A clause is on both of two things that holds as much of what each is called.
_BOTH = 0.1
#: So many of the first clauses are candidates for the two things that a question sets apart.
_FIRST = 4


def as_pair(
    sides: Sequence[Retrieval],
    coverage: Callable[[Sequence[str], str], float],
    spoken: Callable[[str], Sequence[str]],
) -> tuple[Retrieval, ...]:
    """Return two sides with the clauses in front that fit the question and each other best.

    The best clause of each side by itself may be on another matter than that of the other side.
    ``coverage`` is the share of some terms that a text holds, ``spoken`` gives the words that name
    an area. Other than two sides, sides that are asked different things, their places aside, or
    that have one clause between them, stay as they are.
    """
    places = {word for s in sides for area in s.understanding.areas for word in spoken(area)}
    same = len({_without(side.query.text, places) for side in sides}) == 1
    if len(sides) != 2 or not same or not all(side.hits for side in sides):
        return tuple(sides)
    one, other = (_close(side.hits) for side in sides)
    if one[0].passage.address == other[0].passage.address:
        return tuple(sides)

    def worth(pair: tuple[Hit, Hit]) -> float:
        left, right = (hit.passage for hit in pair)
        if left.address == right.address:
            return 0.0
        one, other = _read(left), _read(right)
        alike = coverage(terms(one), other) + coverage(terms(other), one)
        return pair[0].score + pair[1].score + _ALIKE * alike

    best = max(((a, b) for a in one for b in other), key=worth)
    return tuple(
        replace(side, hits=(first, *(hit for hit in side.hits if hit is not first)))
        for side, first in zip(sides, best, strict=True)
    )


def of_both(
    sides: Sequence[Retrieval], hits: Sequence[Hit], coverage: Callable[[Sequence[str], str], float]
) -> tuple[Retrieval, ...]:
    """Return the sides of two things set apart with those clauses that the whole question found
    first; none where these are not one for each.

    Where both sides have found the same one, each has the clause that holds most of its own words.
    """
    found = {hit.passage.address for hit in hits[:_FIRST]}
    kept = [
        replace(side, hits=tuple(hit for hit in side.hits if hit.passage.address in found))
        for side in sides
    ]
    if len({side.hits[0].passage.address for side in kept if side.hits}) < len(kept) == 2:
        kept = _by_own_words(kept, coverage)
    best = {side.hits[0].passage.address for side in kept if side.hits}
    return tuple(kept) if len(best) == len(kept) else ()


def agreed(sides: Sequence[Retrieval], hits: Sequence[Hit]) -> tuple[Retrieval, ...]:
    """Return questions in one breath with that of equally good clauses in front that the whole
    question found before the others; what another of them found first is none, unless it is as good."""
    place = {hit.passage.address: number for number, hit in enumerate(hits)}
    first = [side.hits[0].passage.address if side.hits else None for side in sides]
    found = []
    for number, side in enumerate(sides):
        others = {*first[:number], *first[number + 1 :]}
        near = [hit for hit in side.hits if abs(hit.score - side.hits[0].score) <= _EQUAL]
        near = [
            hit
            for hit in near
            if hit.passage.address not in others or hit.score >= side.hits[0].score
        ] or near
        best = min(near, key=lambda hit: place.get(hit.passage.address, len(hits)), default=None)
        behind = (hit for hit in side.hits if hit is not best)
        found.append(replace(side, hits=(best, *behind)) if best else side)
    return tuple(found)


def _by_own_words(
    sides: Sequence[Retrieval], coverage: Callable[[Sequence[str], str], float]
) -> list[Retrieval]:
    """Two sides, each with the clause in front that holds more of the words that are its alone."""
    words = [set(terms(side.understanding.text)) for side in sides]
    alone = [sorted(own - other) for own, other in zip(words, reversed(words), strict=True)]

    if not all(alone):
        return list(sides)

    def held(which: int, hit: Hit) -> float:
        return coverage(alone[which], hit.passage.text)

    def ranked(which: int, without: Hit | None = None) -> Retrieval:
        hits = [
            h
            for h in sides[which].hits
            if not without or h.passage.address != without.passage.address
        ]
        hits.sort(key=lambda hit: -held(which, hit))
        return replace(sides[which], hits=tuple(hits))

    found = [ranked(0), ranked(1)]
    first = [side.hits[0] for side in found if side.hits]
    if len(first) == len(found) and first[0].passage.address == first[1].passage.address:
        if min(held(0, first[0]), held(1, first[1])) >= _BOTH:
            # One clause is on both of them.
            return list(sides)
        # What is said of one of them is not what the other is called by.
        surer = int(held(1, first[1]) > held(0, first[0]))
        found[1 - surer] = ranked(1 - surer, first[surer])
    return found


def _without(text: str, words: Collection[str]) -> str:
    """A text without some words, the longer ones first, and what hangs on them (重庆市里)."""
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(rf"{re.escape(word)}(?:里|上|那边|这边|财政|的)?", "", text)
    return text


def _read(passage: Passage) -> str:
    """A clause as it is read: an entry of a list (1类新药每个品种800万元；) behind its lead."""
    lead = passage.context[-1] if passage.context else ""
    return f"{lead}{passage.text}" if lead.rstrip().endswith(("：", ":")) else passage.text


def _close(hits: Sequence[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.score >= hits[0].score - _CLOSE]
