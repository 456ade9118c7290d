"""All clauses that a question for a list asks for: by figure, unit in charge, measure, or words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.address import Address
from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from indexer.lexical import terms
from indexer.traits import Trait
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from retriever.signals import in_charge
from server.capped import asks_for_caps_only, capped_at
from server.criteria import Criteria
from server.sections import clauses_of_section
from server.telling import telling_word

__all__ = ["LONGEST_LIST", "Lister", "is_told_by_name"]

#: Clauses in the answer to a question for a list.
LONGEST_LIST = 10
_LOOKED_AT = 50
#: Clauses of a named document that are all looked at.
_WHOLE = 200
_MONEY = re.compile(r"给钱|奖励|奖金|补贴|补助|资助|贴息|真金白银|拿的?钱|资金支持|掏钱|领钱")
_NO_FIGURE = re.compile(
    r"(?:没|未|不)\S{0,3}(?:写|说|给|明确|列)\S{0,3}(?:数额|金额|多少|标准|数字|额度)"
)
_CAP = re.compile(r"封顶|上限|最[高多]|不超过|顶格")
_FIGURES = re.compile(r"多少|几[万元个成]|标准|金额|比例")
#: 补贴包括就餐补贴、送餐补贴: names of what other clauses are about.
_NAMES = re.compile(r"(?:包括|分为|包含)([^。；：]+)")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
#: A clause is on the same matter where it holds this share of what the best one has of the question.
_ALIKE = 0.72
#: The best clause must hold this share of the question for others to be measured by it.
_TELLING = 0.35
#: Documents whose best clause scores this much less are meant too, where none is named.
_NEAR = 0.02
#: A recipient of fewer characters (企业) tells no measure from another.
_SPECIFIC = 3
#: What more than this share of a document's clauses hold tells none of them from the others.
_COMMON = 0.25
#: The best clauses of which one may name what others are about.
_FIRST = 3
#: So many terms that do (终止, 止合, 合作) are a phrase.
_PHRASE = 3


@dataclass(frozen=True, slots=True)
class Lister:
    """Finds what belongs on a list, the best first."""

    retriever: Retriever

    def listed(self, retrieval: Retrieval) -> list[Hit]:
        """All clauses asked for; none where the question gives nothing to tell them by."""
        deeper = self.retriever.retrieve(replace(retrieval.query, k=_LOOKED_AT)).hits
        found = self._in_charge(retrieval, deeper) or self._told(retrieval, deeper)
        no_figure = _NO_FIGURE.search(retrieval.query.text)
        if no_figure or _MONEY.search(retrieval.understanding.text):
            measures = self._measures(found or deeper, retrieval)
            found = measures if found or no_figure else found
        found = found or self._sisters(retrieval, deeper) or self._alike(retrieval, deeper)
        return found[:LONGEST_LIST]

    def is_told_by_caps(self, retrieval: Retrieval) -> bool:
        """Whether nothing but a cap tells what is on the list, and some measure found has it."""
        question = retrieval.understanding.text
        told = Criteria.read(retrieval.query.text)
        if not (told.figures and _CAP.search(question) and retrieval.hits):
            return False
        here = self.retriever.without_areas(question, retrieval.understanding.areas)
        plain = asks_for_caps_only(self.retriever.vocabulary.matter(here))
        return plain and bool(self._capped(retrieval, told))

    def _in_charge(self, retrieval: Retrieval, deeper: Sequence[Hit]) -> list[Hit]:
        """Those that a unit named is in charge of (市药监局牵头的有哪几条)."""
        if not any(hit.signals.get("charge") == 1 for hit in retrieval.hits):
            return []
        index, text = self.retriever.index, retrieval.understanding.text
        found = {h.passage.address: h for h in deeper if h.signals.get("charge") == 1}
        for document in sorted(retrieval.understanding.documents):
            rows = np.array(self._rows(document)[:_WHOLE], np.int64)
            for row, charge in zip(rows.tolist(), in_charge(rows, text, index), strict=True):
                if charge == 1:
                    passage = index.passages[row]
                    found.setdefault(passage.address, Hit(passage, 0.0, ()))
        return list(found.values())

    def _told(self, retrieval: Retrieval, deeper: Sequence[Hit]) -> list[Hit]:
        """Those that meet what the question tells them by, each demand that any of them meets."""
        found, told = self._pool(retrieval, deeper), False
        section = self._section(retrieval)
        demands = list(self._demands(retrieval))
        if section and (len(section) <= LONGEST_LIST or demands):
            demands.insert(0, lambda hit: hit.passage.address in section)
        for demand in demands:
            if kept := [hit for hit in found if demand(hit)]:
                found, told = kept, True
        return found if told else []

    def _pool(self, retrieval: Retrieval, deeper: Sequence[Hit]) -> list[Hit]:
        """The clauses found, and all others of the documents named, unless these are long."""
        index, pool = self.retriever.index, {hit.passage.address: hit for hit in deeper}
        for document in sorted(retrieval.understanding.documents):
            rows = self._rows(document)
            for row in rows if len(rows) <= _WHOLE else ():
                passage = index.passages[row]
                pool.setdefault(passage.address, Hit(passage, 0.0, ()))
        meant = self._documents(retrieval)
        everywhere = Criteria.read(retrieval.query.text).mentioned
        return [
            hit
            for hit in pool.values()
            if (everywhere or hit.passage.address.document in meant) and not self._is_lead(hit)
        ]

    def _rows(self, document: str) -> list[int]:
        """The rows of the passages of a document, in their order."""
        index = self.retriever.index
        addresses = (Address(document, c.path) for c in index.readings[document].outline)
        return [row for a in addresses if (row := index.passages.row(a)) is not None]

    def _documents(self, retrieval: Retrieval) -> frozenset[str]:
        """The documents named, else those of the best clauses."""
        best = max(hit.score for hit in retrieval.hits)
        near = (h.passage.address.document for h in retrieval.hits if h.score >= best - _NEAR)
        return retrieval.understanding.documents or frozenset(near)

    def _is_lead(self, hit: Hit) -> bool:
        """Whether a clause says nothing that the clauses beneath it do not say under it."""
        row = self.retriever.index.passages.row(hit.passage.address)
        return row is not None and bool(self.retriever.index.traits[row] & Trait.LEAD)

    def _section(self, retrieval: Retrieval) -> frozenset[Address]:
        documents = self._documents(retrieval)
        return clauses_of_section(retrieval.query.text, documents, self.retriever.index)

    def _demands(self, retrieval: Retrieval) -> list[Callable[[Hit], bool]]:
        """What the clauses must meet, as the question says it."""
        question = retrieval.understanding.text
        told, rows = Criteria.read(retrieval.query.text), self.retriever.index.measures
        demands: list[Callable[[Hit], bool]] = []
        if told.figures:
            capped = self._capped(retrieval, told) if _CAP.search(question) else frozenset()
            demands.append(
                (lambda hit: hit.passage.address in capped)
                if capped
                else lambda hit: told.holds_figures(hit.passage)
            )
        if told.bases:
            demands.append(lambda hit: told.has_base(rows(hit.passage.address)))
        if told.thresholds:
            demands.append(lambda hit: told.has_threshold(rows(hit.passage.address)))
        if told.left_out:
            demands.append(lambda hit: told.leaves_out(hit.passage))
        if told.of_persons and _MONEY.search(question):
            demands.append(lambda hit: _is_for_persons(rows(hit.passage.address)))
        if (subjects := self._recipients(retrieval)) and _MONEY.search(question):
            demands.append(lambda hit: any(who in self._spoken(hit) for who in subjects))
        if told.mentioned:
            demands.append(lambda hit: told.mentioned in hit.passage.text)
        if told.demanded and (word := telling_word(told.demanded, retrieval, self.retriever.index)):
            demands.append(lambda hit: word in hit.passage.text)
        return demands

    def _recipients(self, retrieval: Retrieval) -> frozenset[str]:
        """Who gets a measure, where the question says it in the clause's own words (医疗机构)."""
        rows = self.retriever.index.entitlements
        found = {_recipient(r) for name in self._documents(retrieval) for r in rows[name]}
        question = retrieval.query.text
        return frozenset(who for who in found if len(who) >= _SPECIFIC and who in question)

    def _capped(self, retrieval: Retrieval, told: Criteria) -> frozenset[Address]:
        asked = {value for value, unit in told.figures if unit == MONEY}
        rows = self.retriever.index.entitlements
        own = [row for name in self._documents(retrieval) for row in rows[name]]
        return capped_at(asked, retrieval.understanding.text, own)

    def _measures(self, hits: Sequence[Hit], retrieval: Retrieval) -> list[Hit]:
        """Those that grant support; where it is asked for, only those that leave the amount open."""
        open_only = bool(_NO_FIGURE.search(retrieval.query.text))
        kept = []
        for hit in hits:
            own = self.retriever.index.measures(hit.passage.address)
            if open_only:
                own = tuple(r for r in own if not (r.amount or r.rate or r.tiers or r.unread))
            kept += [hit] if own else []
        return kept

    def _sisters(self, retrieval: Retrieval, deeper: Sequence[Hit]) -> list[Hit]:
        """The items of the one list that the best clauses are of, and what says the same beside it."""
        first = retrieval.hits[0]
        if first.signals.get("listed") != 1:
            return []
        address = first.passage.address
        parent = address.path.parent
        sisters = [
            hit
            for hit in deeper
            if hit.passage.address.document == address.document
            and hit.passage.address.path.parent == parent
            and hit.signals.get("listed") == 1
        ]
        if parent is None:
            return sisters
        lead = Address(address.document, parent)
        _, clause = self.retriever.index.clause(lead)
        outside = [
            hit
            for hit in deeper
            if hit.passage.address.document == address.document
            and not lead.contains(hit.passage.address)
        ]
        return sisters + self._as_much(retrieval, clause.text, outside, telling=True)

    def _alike(self, retrieval: Retrieval, deeper: Sequence[Hit]) -> list[Hit]:
        """Those that hold about as much of the question as the best one does."""
        first = retrieval.hits[0]
        found = self._as_much(retrieval, self._spoken(first), deeper)
        if not _FIGURES.search(retrieval.query.text):
            return found
        spelt_out = (self._named_in(hit, deeper) for hit in retrieval.hits[:_FIRST])
        named = next(filter(None, spelt_out), [])
        return [*found, *(hit for hit in named if hit not in found)]

    def _as_much(
        self, retrieval: Retrieval, text: str, hits: Sequence[Hit], telling: bool = False
    ) -> list[Hit]:
        """Those that hold about as much of the question as a text does, if that holds enough.

        ``telling``: by words that not many of them hold.
        """
        # What stands in brackets explains a name, or gives an example.
        question = _BRACKETS.sub(" ", _BRACKETS.sub(" ", retrieval.understanding.text))
        # That a clause is of the place tells none of them from the others.
        question = self.retriever.without_areas(question, retrieval.understanding.areas)
        matter = terms(self.retriever.vocabulary.matter(question))
        there = set(terms(text))
        own = [term for term in matter if term in there]
        if telling:
            held = [set(terms(hit.passage.text)) for hit in hits]
            own = [t for t in own if sum(t in words for words in held) <= _COMMON * len(held)]
        enough = len(own) >= _PHRASE if telling else self._covers(matter, text, _TELLING)
        if not enough:
            return []
        return [hit for hit in hits if self._covers(own, self._spoken(hit), _ALIKE)]

    def _covers(self, words: Sequence[str], text: str, share: float) -> bool:
        return self.retriever.coverage(words, text) >= share

    def _spoken(self, hit: Hit) -> str:
        """What a clause says but for what it excludes: what it is not about."""
        text = hit.passage.text
        for row in self.retriever.index.measures(hit.passage.address):
            for span in row.exclusions:
                text = text.replace(span.text, " ")
        return text

    def _named_in(self, naming: Hit, deeper: Sequence[Hit]) -> list[Hit]:
        """The measures that a clause only names (补贴包括就餐补贴、送餐补贴)."""
        match = _NAMES.search(naming.passage.text)
        parts = re.split(r"[、，和及]", match[1]) if match else []
        ends = [part[-2:] for part in parts]
        # Kinds of one thing are called alike: 就餐补贴, 送餐补贴.
        names = [name for name in parts if len(name) > 2 and ends.count(name[-2:]) > 1]
        document = naming.passage.address.document
        own = [h for h in deeper if h.passage.address.document == document and h != naming]
        return [
            hit
            for hit in self._with_figures(own)
            if any(name in hit.passage.text for name in names)
        ]

    def _with_figures(self, hits: Sequence[Hit]) -> list[Hit]:
        measures = self.retriever.index.measures
        return [h for h in hits if any(r.amount or r.rate for r in measures(h.passage.address))]


def is_told_by_name(retrieval: Retrieval) -> bool:
    """Whether a question asks where a name stands that the best clauses hold as it is written."""
    name = Criteria.read(retrieval.query.text).mentioned
    return bool(name) and any(name in hit.passage.text for hit in retrieval.hits)


def _recipient(row: Entitlement) -> str:
    return row.subject.text if row.subject else ""


def _is_for_persons(rows: Sequence[Entitlement]) -> bool:
    """Whether a measure is for each person, not for each firm."""
    return any(row.each and row.each.text.startswith(("每人", "人")) for row in rows)
