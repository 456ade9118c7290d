"""The sides of a comparison: the clauses that are stated, and of each the measures meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.address import Address
from corpus.document import Document
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Span
from indexer.lexical import terms
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.answer import Claim, Column
from server.sums.choosing import Choice
from server.sums.facets import Facets, conflict, facets_of
from server.sums.facts import stated_facts
from server.sums.likeness import Likeness, event_text, own_pieces, row_text
from server.sums.matching import Matcher

__all__ = ["Side", "Sides", "silent", "told_by"]

#: More columns than these are no comparison that can be read.
_MOST = 4
#: A measure is spoken of where the question holds this share of its own words.
_SPOKEN = 0.2
#: A measure is spoken of at all where it holds this share of the question.
_SPEAKS = 0.15
#: What parts the things compared: each names a stage or class of its own.
_BETWEEN = re.compile(r"[，,、；;。？?]|还是|以及|[和与跟比]")
#: Things named one behind the other.
_LISTED = re.compile(r"[^，,。；;？?、]{2,12}(?:、[^，,。；;？?、]{2,12})+")
#: Names of a place that is a side; 市级论坛 is a level of a measure only where no place is compared.
_PLACE = re.compile(r"[国市区]家?级")


@dataclass(frozen=True, slots=True)
class Side:
    """A column with the measures that go into it."""

    column: Column
    rows: tuple[Entitlement, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """Finds the sides of one question."""

    retriever: Retriever
    retrieval: Retrieval

    def of(self, claims: Sequence[Claim]) -> tuple[Side, ...]:
        """A side for each clause stated; of one clause, for each measure that is spoken of.

        None where fewer than two sides have a measure that the question speaks of.
        """
        addresses = dict.fromkeys(claim.address for claim in claims)
        found = [Side(Column(a), rows) for a in addresses if (rows := self._meant(a))]
        if len(found) == 1:
            found = self._in_one_clause(found[0])
        return tuple(found) if 1 < len(found) <= _MOST else ()

    def _meant(self, address: Address) -> tuple[Entitlement, ...]:
        """The measures of a clause that the question names, else all that fit it."""
        index = self.retriever.index
        if not self._is_of_a_side(index.document(address.document)):
            return ()
        asked = self._asked()
        fit = [r for r in index.measures(address) if not conflict(asked, facets_of(_words(r)))]
        fit = [row for row in fit if _has_figure(row)] or fit
        named = [row for row in fit if self._named(row, fit)] or fit
        named = fit if self._lists_all(fit, named) else named
        asked_for = any(a.contains(address) for a in self.retrieval.understanding.addresses)
        return tuple(named) if asked_for or any(self._speaks(row) for row in named) else ()

    def _lists_all(self, rows: Sequence[Entitlement], named: Sequence[Entitlement]) -> bool:
        """Whether a question lists as many things as a clause has measures, and says something of
        each: 厂房、GMP车间、办公室, where the last one is called 办公用房."""
        like, question = Likeness(self.retriever), self._question
        listed = max((len(run.split("、")) for run in _LISTED.findall(question)), default=0)
        return listed == len(rows) > len(named) > 1 and all(
            like.own(row, rows, question) > 0 for row in rows
        )

    def _is_of_a_side(self, document: Document) -> bool:
        """Whether a document is of a place compared, where places and no documents are named."""
        understood = self.retrieval.understanding
        meant = understood.documents or not understood.areas or document.area in understood.areas
        return document.authority == "normative" and bool(meant)

    def _in_one_clause(self, side: Side) -> list[Side]:
        """A side for each measure, where the question names several of one clause."""
        named = [row for row in side.rows if self._named(row, side.rows)]
        meant = len(named) == len(side.rows) or self._lists_all(side.rows, named)
        if not meant or not all(own_pieces(row, side.rows) for row in side.rows):
            return []
        address = side.column.address
        return [Side(Column(address, told_by(row, side.rows)), (row,)) for row in side.rows]

    def _asked(self) -> Facets:
        """The stages, classes and kinds that are named: those of either thing compared."""
        found: dict[str, frozenset[str]] = {}
        for part in _BETWEEN.split(self._question):
            for name, values in facets_of(part).items():
                found[name] = found.get(name, frozenset()) | values
        return found

    @property
    def _question(self) -> str:
        text = self.retrieval.understanding.text
        return _PLACE.sub("", text) if len(self.retrieval.understanding.areas) > 1 else text

    def _named(self, row: Entitlement, rows: Sequence[Entitlement]) -> bool:
        """Whether a measure is told from its sisters by words of the question."""
        asked, own = self._asked(), facets_of(_words(row))
        apart = {n for n in own for r in rows if facets_of(_words(r)).get(n) != own[n]}
        if any(not asked[name].isdisjoint(own[name]) for name in apart & asked.keys()):
            return True
        called = (
            row.name.text if row.name and len({r.name and r.name.text for r in rows}) > 1 else ""
        )
        if called and called in self._question:
            return True
        return Likeness(self.retriever).own(row, rows, self._question) >= _SPOKEN

    def _speaks(self, row: Entitlement) -> bool:
        """Whether the question speaks of a measure at all: a level may have none on the matter."""
        asked, own = self._asked(), facets_of(_words(row))
        if any(not asked[name].isdisjoint(own[name]) for name in asked.keys() & own.keys()):
            return True
        matter = terms(self.retriever.vocabulary.matter(self._question))
        if self.retriever.coverage(matter, row_text(row)) >= _SPEAKS:
            return True
        likeness, question = Likeness(self.retriever), self._question
        matcher = Matcher(likeness, question, [(row, 1.0)], self.retrieval.query.focus)
        return Choice(matcher, stated_facts(question)).speaks([row])


def told_by(row: Entitlement, rows: Sequence[Entitlement]) -> tuple[Span, ...]:
    """The words of a clause that tell one of its measures from the others.

    What all of them are called tells them best (住房补贴, 交通补贴).
    """
    if row.name and len({r.name.text for r in rows if r.name}) == len(rows) > 1:
        return (row.name,)
    own = own_pieces(row, rows)
    if own or row.subject is None or len({_subject(r) for r in rows}) < 2:
        return own or row.event
    return (row.subject,)


def silent(claims: Sequence[Claim], retrieval: Retrieval, index: ClauseIndex) -> list[str]:
    """Name the places compared whose documents hold nothing on the matter."""
    spoken = {index.document(c.address.document).area for c in claims}
    missing = sorted(retrieval.understanding.areas - spoken)
    return [f"比较：库内{area}的文件中没有找到相应条款。" for area in missing]


def _subject(row: Entitlement) -> str:
    return row.subject.text if row.subject else ""


def _words(row: Entitlement) -> str:
    """Occasion and recipient: 职工参保人员 may be either."""
    return f"{event_text(row)} {_subject(row)}"


def _has_figure(row: Entitlement) -> bool:
    return bool(row.amount or row.rate or row.tiers or row.caps)
