"""What an amount is of where that is named before it, of several things told one by one: 一个创新药报了上市，三期花了3000万；
另一个改良型新药，三期花了2000万."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.entitlements.quantities import MONEY
from server.sums.facets import Facets, facets_of, names_of
from server.sums.fact import Fact
from server.sums.sides_of_contract import SIDE, said_side, sides_of

__all__ = ["carried_names"]

#: Where the next thing begins.
_NEXT = re.compile(
    r"[。；;]|[，,](?=(?:另外?|还|再|又)有?(?:[一1两二三]|有)|(?:第[二三四]|后一)[个款项种])"
)
#: It is as far as the one before: 另一个同样走到这一步.
_ALIKE = re.compile(
    r"(?:同样|一样|也是?)(?:走到|到了?|做到|做完|完成|处于|在)|同样的?(?:阶段|情况|进度)"
)
#: What a company is, and none of what it does: 我们是市级专精特新企业.
_WHO = re.compile(r"^(?:我们?|我司|咱们?|本?公司|本?企业)(?:是|属于|为)[^，,。；;]*[，,]")


def carried_names(facts: Sequence[Fact], question: str) -> list[Fact]:
    """Put the kind, class or stage that a part of a question names, and an amount in it does not, into
    the words of the amount; only where the parts differ in it."""
    parts = [part for part in _parts(question) if _amounts(facts, part)]
    if len(parts) < 2:
        return list(facts)
    named = [_named(question[slice(*part)]) for part in parts]
    for at, (start, end) in enumerate(parts[1:], 1):
        if _ALIKE.search(question[start:end]):
            named[at] = {**named[at - 1], **named[at]}
    told = list(facts)
    for group in _differing(named):
        for part, own in zip(parts, named, strict=True):
            (value,) = own[group]
            name = _name(question, part, group, value)
            for fact in _amounts(told, part) if name else ():
                if group not in _named(fact.words):
                    told[told.index(fact)] = replace(fact, words=f"{name}，{fact.words}")
    return told


def _parts(question: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _NEXT.finditer(question):
        yield start, match.start()
        start = match.end()
    yield start, len(question)


def _amounts(facts: Sequence[Fact], part: tuple[int, int]) -> list[Fact]:
    start, end = part
    own = (f for f in facts if start <= f.start < end)
    return [f for f in own if f.unit == MONEY and not (f.part or f.of_one)]


def _differing(named: Sequence[Facets]) -> Iterator[str]:
    """The groups of which each part names one value, not all the same."""
    for group in named[0]:
        values = [own.get(group, frozenset()) for own in named]
        if all(len(value) == 1 for value in values) and len({*values}) > 1:
            yield group


def _named(text: str) -> Facets:
    own = _WHO.sub("", text)
    return {**facets_of(own), **sides_of(own)}


def _name(question: str, part: tuple[int, int], group: str, value: str) -> str:
    text = question[slice(*part)]
    if group == SIDE:
        return said_side(text, value)
    spans = (text[s:e] for named, s, e in names_of(text, group) if named == value)
    return next(spans, "")
