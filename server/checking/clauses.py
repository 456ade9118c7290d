"""A clause as it is checked against: its words, those above it, the clauses beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.address import Address, ClausePath
from corpus.outline import Outline
from indexer.clause_index import ClauseIndex
from server.amounts import plain
from server.checks import squeeze

__all__ = ["Held", "bigrams", "containment", "held_by"]


@dataclass(frozen=True)
class Held:
    """What the clauses of a reference say. ``text`` with all beneath them, ``above`` what stands
    over them: the words of the article that an item is of, headings."""

    outline: Outline
    document: str
    paths: tuple[ClausePath, ...]
    text: str
    above: str

    @property
    def whole(self) -> str:
        """The clause with what stands above it."""
        return f"{self.above}\n{self.text}"

    @cached_property
    def squeezed(self) -> str:
        """The whole without white space."""
        return squeeze(self.whole)

    @cached_property
    def words(self) -> frozenset[str]:
        """The bigrams of the whole."""
        return bigrams(self.whole)

    def others(self) -> Iterator[tuple[Address, str]]:
        """The other clauses of the document: articles, or what stands alone."""
        for clause in self.outline:
            inside = any(p.contains(clause.path) or clause.path.contains(p) for p in self.paths)
            article = clause.path.article
            if not inside and (clause.path == article or clause.path.parent == article):
                yield Address(self.document, clause.path), self.outline.text(clause.path)


def held_by(addresses: Sequence[Address], index: ClauseIndex) -> Held:
    """What clauses of one document say together; of several documents, that of the first."""
    document = addresses[0].document
    outline = index.readings[document].outline
    paths = tuple(a.path for a in addresses if a.document == document)
    texts = [index.readings[a.document].outline.text(a.path) for a in addresses]
    above = [line for path in paths for line in _above(path, outline)]
    return Held(outline, document, paths, "\n".join(texts), "\n".join(dict.fromkeys(above)))


def _above(path: ClausePath, outline: Outline) -> Iterator[str]:
    yield from outline[path].headings
    parent = path.parent
    while parent:
        if parent in outline:
            yield outline[parent].text
        parent = parent.parent


def bigrams(text: str) -> frozenset[str]:
    """Pairs of Chinese characters and letters of a text, figures left out."""
    words = re.findall(
        r"[\u4e00-\u9fffA-Za-z]+", re.sub(r"\d[\d.,]*[万亿千百]?[元%]?", " ", plain(text))
    )
    return frozenset(word[at : at + 2] for word in words for at in range(len(word) - 1))


def containment(part: frozenset[str], whole: frozenset[str]) -> float:
    """The share of one set's members that the other has."""
    return len(part & whole) / len(part) if part else 0.0
