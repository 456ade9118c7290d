"""Where two spouses each get what is their own: 夫妻双方均符合条件且共同购买一套住房的，按双方标准分别计算、合并发放."""

from __future__ import annotations

import re

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Span
from server.sums.phrases import SENTENCE

__all__ = ["own_standards"]

_GIVEN = r"(?:计算|享受|申[请领]|发放|给予)"
_EACH = re.compile(
    rf"(?:夫妻|配偶)双方[^。；\d]{{0,30}}?(?:按照?(?:双方|各自)[^。；\d]{{0,10}}{_GIVEN}|(?:分别|各自)(?:按[^。；\d]{{2,12}})?{_GIVEN})"
)
#: One of both gets less, or only one gets anything.
_LESS = re.compile(r"较[高低]|减半|一半|\d|就高|择一|一方")
#: Each buys a home of their own, which is another case.
_APART = re.compile(r"(?:各自|分别)购")


def own_standards(address: Address, index: ClauseIndex) -> Span | None:
    """The sentence of the chapter of a clause by which each of two spouses gets what is their own;
    None where none or several say how much two get."""
    outline = index.readings[address.document].outline
    headings = index.clause(address)[1].headings
    found: list[Span | None] = []
    for clause in (c for c in outline.clauses if c.headings == headings):
        for sentence in SENTENCE.finditer(clause.text):
            rule = _EACH.search(sentence[0])
            if rule and not _LESS.search(sentence[0]):
                place = Address(address.document, clause.path)
                found.append(Span(place, sentence.start(), sentence.end(), sentence[0]))
            elif "双方" in sentence[0] and not _APART.search(sentence[0]):
                found.append(None)
    return found[0] if len(found) == 1 else None
