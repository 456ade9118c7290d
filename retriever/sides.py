"""The sides of a question: documents or places it compares, questions it asks in one breath.

Each is searched for itself too, and its best clause moves up behind the first hit: what is asked
about second must not lose to a third clause on what was asked first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retriever.query import Hit, Query, Understanding

__all__ = ["moved_up", "sides_of", "sub_questions"]

#: More sides than these are a list, not a comparison.
_MOST = 4
_PART = re.compile(r"[^，,；;。！!？?\n]+[，,；;。！!？?\n]*")
_ASKS = re.compile(
    r"多少|多[久大高长远]|几|什么|啥|哪|谁|怎么|怎样|咋|如何|吗|是否|能否|可否|有没有|是不是|能不能|可不可以"
)
#: Characters that a sub-question needs besides words that ask.
_LEAST = 4


def sides_of(query: Query, understanding: Understanding) -> tuple[Query, ...]:
    """Return the searches for the sides of a question; none for one that has only one."""
    documents = understanding.documents
    if query.documents is not None:
        documents &= query.documents
    if len(documents) > 1:
        sides = [replace(query, documents=frozenset({name})) for name in sorted(documents)]
    elif len(understanding.areas) > 1 and query.area is None and not documents:
        sides = [replace(query, area=area) for area in sorted(understanding.areas)]
    else:
        sides = [replace(query, text=text) for text in sub_questions(understanding.text)]
    return tuple(sides) if len(sides) <= _MOST else ()


def sub_questions(text: str) -> tuple[str, ...]:
    """Return the questions that a text asks, each with what was said before all of them.

    >>> sub_questions("长护评了1级，上门照料一个月限额多少，一次评定能享受多久？")
    ('长护评了1级，上门照料一个月限额多少，', '长护评了1级，一次评定能享受多久？')
    >>> sub_questions("租厂房补多少？")
    ()
    """
    asked: list[str] = []
    said = own = ""
    for part in _PART.findall(text):
        if not _ASKS.search(part):
            own += part
        elif not asked:
            said, own = own, ""
            asked.append(part)
        else:
            asked.append(own + part)
            own = ""
    matter = [part for part in asked if len(re.findall(r"\w", _ASKS.sub("", part))) >= _LEAST]
    return tuple(said + part for part in matter) if len(matter) > 1 else ()


def moved_up(hits: Sequence[Hit], sides: Sequence[Sequence[Hit]], k: int) -> tuple[Hit, ...]:
    """Return hits with the best of each side behind the first, at most ``k``."""
    best = sorted((side[0] for side in sides if side), key=lambda hit: -hit.score)
    order = {hit.passage.address: hit for hit in [*hits[:1], *best, *hits]}
    return tuple(order.values())[:k]
