"""Things that a question counts and then tells apart: 三个批文，一个是创新药，两个改良型."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from server.sums.facets import conflict, facets_of
from server.sums.fact import Fact

__all__ = ["told_apart"]


#: 两个注射剂和一个口服药 are three.
_JOINED = re.compile(r"(?:[和与及、加]|还有)$")


def told_apart(facts: list[Fact], question: str) -> list[Fact]:
    """Put the things told apart in the place of their number: 两张证，一张…，另一张…; 三个，一个…两个…."""
    for place, fact in enumerate(facts):
        if not fact.is_count or fact.value < 2:
            continue
        told = _adding_up(fact, facts[place + 1 :])
        if told and not _JOINED.search(question[fact.start : told[0].start].rstrip()):
            rest = [f for f in facts if f is not fact and f not in told]
            apart = [replace(f, words=f"{fact.words}；{f.words}", part=False) for f in told]
            return sorted([*rest, *apart], key=lambda f: f.start)
    return facts


def _adding_up(fact: Fact, behind: Sequence[Fact]) -> list[Fact]:
    """The counts behind one that come to it, where no count of the same unit is left over."""
    told = [
        f
        for f in behind
        if f.is_count
        and f.unit == fact.unit
        # 两张三类证，…，还有一张二类证: that one is none of the two.
        and not conflict(facets_of(fact.words), facets_of(f.words))
    ]
    return told if sum((f.value for f in told), Decimal(0)) == fact.value else []
