"""An amount that is one of each of several things: 两场论坛各花30万元, 5个起降点每个投20万."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.entitlements.quantities import MONEY
from server.sums.fact import Fact

__all__ = ["of_each"]

#: An amount that is one of each of several things: 两场论坛各花30万元.
_EACH = re.compile(r"各(?![级类种地])|每(?![年月日天人平名])")
_OF_EACH = re.compile(r"每[个台套项家座场]")
#: Within as many characters.
_CLOSE = 20
_MOST = 20


def of_each(facts: list[Fact]) -> list[Fact]:
    """Say an amount as often as there are things that it is of each: 两场…各花30万元."""
    if any(_is_of_each(facts, place) for place in range(len(facts))):
        return [
            replace(fact)
            for place, fact in enumerate(facts)
            for _ in range(int(facts[place - 1].value) if _is_of_each(facts, place) else 1)
        ]
    measured = [fact for fact in facts if not fact.is_count and fact.unit == MONEY]
    counts = [fact for fact in facts if fact.is_count and 1 < fact.value <= _MOST]
    if len(measured) != 1 or len(counts) != 1 or counts[0].start > measured[0].start:
        return facts
    one = measured[0]
    if not _EACH.search(one.before):
        return facts
    place = facts.index(one)
    return [
        *facts[:place],
        *(replace(one) for _ in range(int(counts[0].value))),
        *facts[place + 1 :],
    ]


def _is_of_each(facts: Sequence[Fact], place: int) -> bool:
    """Whether an amount is that of each of the things counted right before it: 5个起降点每个投20万."""
    fact, before = facts[place], facts[place - 1] if place else None
    if before is None or fact.unit != MONEY or not (before.is_count and 1 < before.value <= _MOST):
        return False
    words = fact.before
    return bool(_OF_EACH.search(words)) and fact.start - before.start <= _CLOSE
