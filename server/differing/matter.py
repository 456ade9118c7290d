"""Whether two sentences are on the same matter, and the clause that says something else on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus.address import Address
from indexer.entitlements import Entitlement
from indexer.lexical import terms
from indexer.passages import sentences
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.amounts import members_of, plain
from server.answer import Claim
from server.asking import Asking
from server.differing.relation import Relation
from server.differing.values import kinds_asked, substituted, values_of, without_values
from server.sums.facets import conflict, facets_of, kinds_of_base
from server.sums.likeness import Likeness, row_text

__all__ = ["Matter", "Other"]

#: Two sentences are on one matter where each holds this share of the other's words, …
_ALIKE = 0.5
#: …and the other one about as much of what is asked.
_ON_IT = 0.8
#: Two measures of two levels are worded apart: these shares are enough where nothing excludes
#: the one from the other, both are what is asked for, and the clause scores about as high.
_MEASURES, _ASKED, _GAP = 0.15, 0.2, 0.05
#: …and it holds this much of what the clause stated holds of the question: who asks for what is
#: selected for a programme (科技重大专项) means that one.
_MEANT = 0.6
#: Sentences on the text itself: every text has its own day, term and reader.
_OF_ITSELF = ("施行", "有效期", "废止", "印发", "负责解释", "由我局解释")


@dataclass(frozen=True, slots=True)
class Other:
    """A sentence of another document on the matter of a statement, with another value."""

    claim: Claim
    hit: Hit
    quote: str
    relation: Relation
    likeness: float


@dataclass(frozen=True)
class Matter:
    """Looks for what other documents say on the matter of statements, for one question."""

    retriever: Retriever
    retrieval: Retrieval
    ask: Asking

    def differing(self, claim: Claim, hits: Sequence[Hit], relation: Relation) -> Other | None:
        """The sentence of a document that says something else; ``hits`` are its clauses found."""
        worded = max(self._worded(claim, hits, relation), key=_likeness, default=None)
        if worded or relation in ("same", "news"):
            return worded
        return max(self._measured(claim, hits, relation), key=_likeness, default=None)

    def _worded(self, claim: Claim, hits: Sequence[Hit], relation: Relation) -> Iterator[Other]:
        """Sentences worded alike that state another value."""
        for own in sentences(claim.quote):
            if not values_of(own) or any(word in own for word in _OF_ITSELF):
                continue
            # 二类 of a clause on both, where 三类 is asked about.
            if conflict(self._facets, facets_of(own)):
                continue
            asked = self._on_it(claim.address, own)
            for hit in hits:
                for there in sentences(hit.passage.text):
                    likeness = self._alike(own, there)
                    if likeness < _ALIKE:
                        continue
                    if self._on_it(hit.passage.address, there) >= _ON_IT * asked:
                        yield Other(claim, hit, there.strip(), relation, likeness)

    def _alike(self, own: str, there: str) -> float:
        """How alike two sentences are that state different values; 0 where they do not."""
        if any(word in there for word in _OF_ITSELF):
            return 0.0
        if not substituted(values_of(own), values_of(there), self._kinds) or _apart(own, there):
            return 0.0
        return Likeness(self.retriever).mutual(without_values(own), without_values(there))

    def _measured(self, claim: Claim, hits: Sequence[Hit], relation: Relation) -> Iterator[Other]:
        """The measures nearest to those stated, whose rate, amount or cap is another one."""
        if not self.ask.amount and not self.ask.figure:
            return
        first = self.retrieval.hits[0].score
        own = [r for r in self._rows(claim.address) if _stands_in(r, claim.quote)]
        asked = self._on_it(claim.address, claim.quote)
        for hit in hits if own else ():
            rows = self._rows(hit.passage.address) if hit.score >= first - _GAP else []
            if not rows or self._on_it(hit.passage.address, hit.passage.text) < _MEANT * asked:
                continue
            for there in rows:
                alike = max((self._measures(row, there) for row in own), default=0.0)
                if alike >= _MEASURES and self._speaks(there):
                    quote = _sentence_of(there, hit.passage.text)
                    yield Other(claim, hit, quote, relation, alike)

    def _measures(self, own: Entitlement, there: Entitlement) -> float:
        """How alike two measures are that give something else; 0 where one is not the other."""
        left, right = row_text(own), row_text(there)
        if _apart(left, right) or not _differ(own, there):
            return 0.0
        kinds = kinds_of_base(left), kinds_of_base(right)
        if all(kinds) and kinds[0].isdisjoint(kinds[1]):
            return 0.0
        return Likeness(self.retriever).mutual(left, right)

    def _rows(self, address: Address) -> list[Entitlement]:
        """The measures of a clause that the question may mean."""
        rows = self.retriever.index.entitlements[address.document]
        return [
            row
            for row in rows
            if row.address == address and not conflict(self._facets, facets_of(row_text(row)))
        ]

    def _speaks(self, row: Entitlement) -> bool:
        return self.retriever.coverage(self._terms, row_text(row)) >= _ASKED

    def _on_it(self, address: Address, text: str) -> float:
        """The share of the question that a sentence holds, with the headings above it."""
        above = self.retriever.index.clause(address)[1].headings
        return self.retriever.coverage(self._terms, "\n".join((*above, text)))

    @cached_property
    def _terms(self) -> list[str]:
        return terms(self.retriever.vocabulary.matter(self._question))

    @cached_property
    def _facets(self) -> dict[str, frozenset[str]]:
        return dict(facets_of(self._question))

    @cached_property
    def _kinds(self) -> tuple[str, ...] | None:
        return kinds_asked(self._question, self.ask)

    @property
    def _question(self) -> str:
        return self.retrieval.understanding.text


def _apart(left: str, right: str) -> bool:
    """Whether two texts name values that exclude each other: 二类 and 三类, 新建 and 改建."""
    here, there = _members(left), _members(right)
    if any(here[name].isdisjoint(there[name]) for name in here.keys() & there.keys()):
        return True
    return conflict(facets_of(left), facets_of(right))


@lru_cache(maxsize=1024)
def _members(text: str) -> dict[str, frozenset[str]]:
    return members_of(plain(text))


def _differ(own: Entitlement, there: Entitlement) -> bool:
    """Whether two measures have a value of one kind each, and another one."""
    pairs = [(own.rate, there.rate), (own.amount, there.amount)]
    values = [(a.value, b.value) for a, b in pairs if a and b and a.unit == b.unit]
    caps = [frozenset(cap.quantity.value for cap in row.caps) for row in (own, there)]
    return any(a != b for a, b in values) or bool(all(caps) and caps[0] != caps[1])


def _stands_in(row: Entitlement, quote: str) -> bool:
    figures = [q.span.text for q in (row.rate, row.amount) if q]
    figures += [cap.quantity.span.text for cap in row.caps]
    return any(text in quote for text in figures)


def _sentence_of(row: Entitlement, text: str) -> str:
    """The sentence of a clause that states a measure."""
    figure = row.rate or row.amount or (row.caps[0].quantity if row.caps else None)
    at = figure.span.start if figure else 0
    begun = 0
    for piece in sentences(text):
        begun = text.index(piece, begun)
        if begun <= at < begun + len(piece):
            return piece.strip()
        begun += len(piece)
    return text.strip()


def _likeness(other: Other) -> float:
    return other.likeness
