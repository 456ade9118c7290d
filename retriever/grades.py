"""A question on one grade (三级失能): clauses alike that stand under another grade give way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retriever.query import Hit

__all__ = ["grades_of", "of_the_grade"]

_DIGITS = dict(zip("一二三四五六1234567", [*range(1, 7), *range(1, 8)], strict=True))
_ONE = "[一二三四五六1-7]"
#: 2～3级, 一、二级; not the grade of a hospital, nor a number above nine.
_GRADES = re.compile(
    rf"(?<![\d第])(?P<from>{_ONE})(?:级)?(?:(?P<sign>[-—–～~至到、和或及])(?P<to>{_ONE}))?级"
    r"(?!市|以[上下]|及以[上下]|医[院疗]|定点|甲等)"
)
#: A clause as much on the matter scores at most this much less.
_NEAR = 0.03


def of_the_grade(hits: Sequence[Hit], question: str) -> tuple[Hit, ...]:
    """Return the hits, those of the first one's document that stand under other grades only behind
    all others, where one about as good stands under the grade that is asked for."""
    asked = grades_of(question)
    if not asked or not hits:
        return tuple(hits)
    document = hits[0].passage.address.document
    named = [(hit, _grades_above(hit)) for hit in hits]
    own = [(hit, grades) for hit, grades in named if hit.passage.address.document == document]
    others = [hit for hit, grades in own if grades and not asked & grades]
    if not others or not any(asked & g for h, g in own if h.score >= hits[0].score - _NEAR):
        return tuple(hits)
    lowest = min(hit.score for hit in hits)
    behind = [replace(hit, score=lowest) for hit in others]
    return (*(hit for hit in hits if hit not in others), *behind)


def _grades_above(hit: Hit) -> set[int]:
    """The grades that a clause names, itself or above; its document's title is no clause."""
    return grades_of("\n".join([*hit.passage.context[1:], hit.passage.text]))


def grades_of(text: str) -> set[int]:
    """The grades that a text names, those of a span each.

    >>> grades_of("享受2～3级待遇的"), grades_of("一、二级残疾"), grades_of("在三级医院")
    ({2, 3}, {1, 2}, set())
    """
    found = set[int]()
    for match in _GRADES.finditer(text):
        low = _DIGITS[match["from"]]
        high = _DIGITS[match["to"]] if match["to"] else low
        found |= (
            {low, high} if match["sign"] in ("、", "和", "或", "及") else set(range(low, high + 1))
        )
    return found
