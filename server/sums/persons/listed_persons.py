"""Amounts listed for as many persons, each held to what the clause says of one: 三位人才，年薪分别是
80万元、120万元和200万元."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from indexer.entitlements import Entitlement
from server.sums.bounds import NOT_REACHED, as_written, holds
from server.sums.fact import Fact
from server.sums.likeness import row_text
from server.sums.uses import Matched
from server.sums.working import Working

__all__ = ["counts_listed", "for_each_person", "limited_each", "reaching"]

#: A rate that is of what one person gets or pays.
_OF_PERSONS = re.compile(
    r"[人员师生]才?(?=[，的]|$|\s)|薪|工资|劳务|社保|社会保险|学费|每[^，。；]{0,4}[人名]"
)
_EACH = re.compile(r"(?:每|单)个?(?:人|名|位)[^，。；\d]{0,10}$|人均[^，。；\d]{0,8}$")


def for_each_person(row: Entitlement, bases: Sequence[Fact], facts: Sequence[Fact]) -> bool:
    """Whether the amounts that go into a measure are those of as many persons as are stated."""
    persons = [fact for fact in facts if fact.unit == "人" and fact.value == len(bases)]
    return len(bases) > 1 and bool(persons) and bool(_OF_PERSONS.search(row_text(row)))


def counts_listed(fact: Fact, matched: Matched) -> bool:
    """Whether a number of persons only says of how many the amounts stated are."""
    rows = dict.fromkeys(use.row for use in matched.uses if use.role == "base")
    return any(
        for_each_person(row, [use.fact for use in matched.of(row, "base")], [fact]) for row in rows
    )


def limited_each(row: Entitlement, text: str) -> Entitlement:
    """A measure with the limits on one person (每人不超过8万元) as limits on each amount."""
    caps = [
        replace(cap, scope="item") if _EACH.search(text[: cap.quantity.span.start]) else cap
        for cap in row.caps
    ]
    return replace(row, caps=tuple(caps))


def reaching(
    row: Entitlement, bases: Sequence[Fact], is_base: Callable[[str], bool], working: Working
) -> list[Fact]:
    """The amounts that reach the thresholds of a measure, each for its own person."""
    kept = list(bases)
    for bound in row.bounds:
        if bound.quantity.unit != kept[0].unit or not is_base(bound.of.text if bound.of else ""):
            continue
        for fact in [fact for fact in kept if not holds(fact.value, bound)]:
            words = f"{fact.written} {NOT_REACHED[bound.relation]}{as_written(bound)}，不计入"
            working.says(words, bound.quantity.span)
            kept.remove(fact)
        if not kept:
            break
    return kept
