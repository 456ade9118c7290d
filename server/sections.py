"""Parts of a document that a question names by their heading: 生物药板块, 主要任务部分."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from corpus.address import Address
from indexer.clause_index import ClauseIndex

__all__ = ["clauses_of_section"]

_NAMED = re.compile(
    r"([\u4e00-\u9fffA-Za-z0-9+]{2,16}?)(?:这|那)?(?:一|个){0,3}(?:板块|部分|章节|[章节](?![约能省])|方面|领域|块)"
)
#: A short name (生物药) may leave out so many characters of a heading (生物技术药).
_LEFT_OUT = 3


def clauses_of_section(
    question: str, documents: Collection[str], index: ClauseIndex
) -> frozenset[Address]:
    """The clauses under the one heading that a question names; none where it names none."""
    for match in _NAMED.finditer(question):
        for name in _names(match[1]):
            found = [list(_under(name, document, index)) for document in sorted(documents)]
            kept = [addresses for addresses in found if addresses]
            if len(kept) == 1:
                return frozenset(kept[0])
    return frozenset()


def _names(words: str) -> Iterator[re.Pattern[str]]:
    """What a heading may hold, the longest first, as it is and then with characters left out."""
    for length in range(len(words), 1, -1):
        yield re.compile(re.escape(words[-length:]))
    for length in range(min(len(words), 8), 2, -1):
        gap = rf"[\u4e00-\u9fff]{{0,{_LEFT_OUT}}}?"
        yield re.compile(gap.join(map(re.escape, words[-length:])))


def _under(name: re.Pattern[str], document: str, index: ClauseIndex) -> Iterator[Address]:
    """The clauses of a document with words of their own under the heading of a name, if it is one."""
    clauses = list(index.readings[document].outline)
    named = {h for clause in clauses for h in clause.headings if name.search(h)}
    if len(named) != 1:
        return
    for clause in clauses:
        if named & set(clause.headings) and clause.text.strip():
            yield Address(document, clause.path)
