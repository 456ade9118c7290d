"""A question on one grade (三级失能) or stage (II期临床): clauses alike that stand under another one
give way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from retriever.query import Hit

__all__ = ["grades_of", "of_the_grade", "stages_of"]

_DIGITS = dict(zip("一二三四五六1234567", [*range(1, 7), *range(1, 8)], strict=True))
_ONE = "[一二三四五六1-7]"
#: 2～3级, 一、二级; not the grade of a hospital, nor a number above nine.
_GRADES = re.compile(
    rf"(?<![\d第])(?P<from>{_ONE})(?:级)?(?:(?P<sign>[-—–～~至到、和或及])(?P<to>{_ONE}))?级"
    r"(?!市|以[上下]|及以[上下]|医[院疗]|定点|甲等)"
)
_STAGE = {n: i for i, names in enumerate(("I Ⅰ 一 1", "II Ⅱ 二 2", "III Ⅲ 三 3", "IV Ⅳ 四 4"), 1) for n in names.split()}  # fmt: skip
_STAGES = re.compile(r"(?<![A-Z])(I{1,3}|IV|[ⅠⅡⅢⅣ])期|(?<![\d第])([一二三四1-4])期(?=临床|试验)")
#: A clause as much on the matter scores at most this much less.
_NEAR = 0.03


def of_the_grade(hits: Sequence[Hit], question: str) -> tuple[Hit, ...]:
    """Return the hits, those of the first one's document that stand under other grades or stages
    only behind all others, where one about as good stands under the one that is asked for."""
    for read in (grades_of, stages_of):
        hits = _of_the_asked(hits, question, read)
    return tuple(hits)


def _of_the_asked(
    hits: Sequence[Hit], question: str, read: Callable[[str], set[int]]
) -> tuple[Hit, ...]:
    asked = read(question)
    if not asked or not hits:
        return tuple(hits)
    document = hits[0].passage.address.document
    named = [(hit, read(_words_above(hit))) for hit in hits]
    own = [(hit, grades) for hit, grades in named if hit.passage.address.document == document]
    others = [hit for hit, grades in own if grades and not asked & grades]
    if not others or not any(asked & g for h, g in own if h.score >= hits[0].score - _NEAR):
        return tuple(hits)
    lowest = min(hit.score for hit in hits)
    behind = [replace(hit, score=lowest) for hit in others]
    return (*(hit for hit in hits if hit not in others), *behind)


def _words_above(hit: Hit) -> str:
    """The words of a clause and of those above it; its document's title is no clause."""
    return "\n".join([*hit.passage.context[1:], hit.passage.text])


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


def stages_of(text: str) -> set[int]:
    """The stages of clinical trials that a text names; 一期工程 is none.

    >>> stages_of("完成Ⅰ期、Ⅱ期临床试验的"), stages_of("III期临床"), stages_of("二期工程")
    ({1, 2}, {3}, set())
    """
    return {_STAGE[match[1] or match[2]] for match in _STAGES.finditer(text)}
