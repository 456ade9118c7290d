"""Things that a definition counts as so many of a unit: 1个40英尺集装箱折算为2个标箱, of which a question states 800个."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import read_number
from server.sums.facts import Fact
from server.sums.money import plain, written

__all__ = ["counted_as"]

_AS = re.compile(
    r"(?:每|(?<![\d.])[1一])(?P<piece>[个只辆台张条])(?P<what>\d{0,3}[^，。；、\d]{2,14}?)(?:折算|折合|换算)(?:为|成|作)?"
    r"(?P<n>\d{1,2}(?:\.\d{1,2})?|[两二])(?P<of>[个只辆台张条]?)(?P<unit>[\u4e00-\u9fff]{1,4})(?=[，。；]|$)"
)
_SIZE = re.compile(r"(?<!\d)(\d{2})英?尺")
_SIZED = re.compile(r"^\d{2}英?尺(?:标准|国际标准)?")


def counted_as(
    facts: Sequence[Fact], units: Collection[str], document: str, index: ClauseIndex
) -> Sequence[Fact]:
    """The figures, with what is counted by the piece in one of some units where the document says how many of it
    each is; as they are where it says so twice."""
    rules = [
        (m, Span(Address(document, clause.path), m.start(), m.end(), m[0]))
        for clause in index.readings[document].outline.clauses
        for m in _AS.finditer(clause.text)
        if m["unit"] in units
    ]
    return [_converted(fact, rules) for fact in facts] if rules else facts


def _converted(fact: Fact, rules: Sequence[tuple[re.Match[str], Span]]) -> Fact:
    own = [(m, span) for m, span in rules if m["piece"] == fact.unit and _is_named(m, fact.words)]
    if len(own) != 1:
        return fact
    match, span = own[0]
    unit = match["unit"]
    each = read_number(match["n"])
    value = fact.value * each
    line = f"{fact.written} × {plain(each)}{match['of']}{unit} = {written(value, unit)}"
    return replace(fact, value=value, unit=unit, derived=(*fact.derived, line), sources=(span,))


def _is_named(match: re.Match[str], words: str) -> bool:
    """Whether some words name what is counted otherwise: its size and no other, and what it is."""
    sizes, own = set(_SIZE.findall(words)), set(_SIZE.findall(match["what"]))
    return sizes == own and _SIZED.sub("", match["what"])[-2:] in words
