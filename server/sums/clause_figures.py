"""Figures of a document with the words that each belongs to: those before it, of its clause and above."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import Measured, find_quantities
from server.sums.facets import facets_of
from server.sums.phrases import SENTENCE

__all__ = ["Figure", "figures_of", "kinds_of_cost", "quantity_at"]

_NUMBER = re.compile(r"[\d一二两三四五六七八九十百半全]")
_COST = re.compile(r"([\u4e00-\u9fff]{2,12}?)费用?(?![\u4e00-\u9fff]?率)")
_CUT = re.compile(r"[的和与及或、]|发生|支付|按照?|纳入|提供|享受|护理期")


@dataclass(frozen=True)
class Figure:
    """A figure of a clause. ``head`` are the words of its sentence before the first figure, ``own``
    those between the figure before it and itself, ``tail`` those behind it up to the next one,
    ``above`` the headings and the lines that its clause stands under, the outermost first.
    ``is_part``: it is on a part of what the sentence is on (其中床位费不高于35元).
    """

    address: Address
    quantity: Quantity
    above: tuple[str, ...]
    head: str
    own: str
    tail: str
    is_part: bool = False

    @property
    def value(self) -> Decimal:
        """The figure itself."""
        return self.quantity.value

    @cached_property
    def text(self) -> str:
        """All words that it belongs to, in their order."""
        return " ".join([*self.above, self.head, self.own])

    @cached_property
    def facets(self) -> Mapping[str, frozenset[str]]:
        """The kinds that its words name; those nearer to it take the place of those further off."""
        named: dict[str, frozenset[str]] = {}
        for words in [*self.above, self.head, self.own]:
            named |= facets_of(words)
        return named

    @cached_property
    def costs(self) -> frozenset[str]:
        """The kinds of cost that it is on, those named nearest to it."""
        for words in [self.own, self.head, *reversed(self.above)]:
            if named := kinds_of_cost(words):
                return named
        return frozenset()


def kinds_of_cost(text: str) -> frozenset[str]:
    """The kinds of cost that a text names.

    >>> sorted(kinds_of_cost("机构发生的生活照料费用和医疗护理费用"))
    ['医疗护理', '生活照料']
    """
    named = (_CUT.split(match[1])[-1] for match in _COST.finditer(text))
    return frozenset(name for name in named if len(name) >= 2)


def figures_of(
    index: ClauseIndex, document: str, wanted: Callable[[Address], bool] = lambda _: True
) -> Iterator[Figure]:
    """The figures of a document, or of those of its clauses that are ``wanted``, with their words."""
    outline = index.readings[document].outline
    clauses = {clause.path: clause for clause in outline.clauses}
    for clause in outline.clauses:
        address = Address(document, clause.path)
        if clause.kind == "table" or not wanted(address) or not _NUMBER.search(clause.text):
            continue
        above, path = [clause.title or ""], clause.path.parent
        while path is not None:
            if found := clauses.get(path):
                above += [found.text.split("\n")[0], found.title or ""]
            path = path.parent
        above = [words for words in reversed(above) if words]
        for sentence in SENTENCE.finditer(clause.text):
            yield from _of_sentence(address, sentence, (*clause.headings[-1:], *above))


def quantity_at(address: Address, words: str, q: Measured, at: int) -> Quantity:
    """A figure found in some words of a clause that begin at a place of its text; of a range the
    upper end."""
    span = Span(address, at + q.start, at + q.end, words[q.start : q.end])
    return Quantity(q.value, q.unit, span)


def _of_sentence(
    address: Address, sentence: re.Match[str], above: tuple[str, ...]
) -> Iterator[Figure]:
    words, start = sentence[0], sentence.start()
    found = find_quantities(words)
    part = False
    for place, q in enumerate(found):
        behind = found[place + 1].start if place + 1 < len(found) else len(words)
        own = words[found[place - 1].end if place else 0 : q.start]
        # 其中 goes on to the end of the sentence, or of its brackets.
        part = "其中" in own or (part and not re.search(r"[）)]", own))
        yield Figure(
            address,
            replace(quantity_at(address, words, q, start), low=q.low),
            above,
            words[: found[0].start],
            own,
            words[q.end : behind],
            part,
        )
