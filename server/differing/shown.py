"""Clauses that differ, as statements and notes: both, with level, day and validity."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.address import Address
from corpus.document import Document
from corpus.wording import reference
from indexer.clause_index import ClauseIndex
from indexer.passages import sentences
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.answer import Claim
from server.asking import Asking
from server.compared_versions import versions_of
from server.differing.matter import Matter, Other
from server.differing.relation import holds, relation_of
from server.notes import STATUS_WORDS
from server.pieces import quoted

__all__ = ["Differing", "Shown"]

#: Statements that are looked at, and documents told of beside them.
_STATED, _MOST = 3, 2
#: A text that says which of two holds.
_PREVAILS = re.compile(r"(?:不一致|有冲突|相抵触)[^。；]{0,16}(?:为准|执行)|以本[^。；]{1,8}为准")


@dataclass(frozen=True, slots=True)
class Shown:
    """The statements of an answer with those that differ, and what is said of them."""

    claims: tuple[Claim, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Differing:
    """Shows what other documents say on the matter of an answer.

    ``replaced`` are texts found that others found have replaced: they are told of, not stated.
    """

    retriever: Retriever
    retrieval: Retrieval
    ask: Asking
    replaced: frozenset[str] = frozenset()

    def beside(self, claims: Sequence[Claim]) -> Shown:
        """The statements with those of other documents that differ, what holds first."""
        found = list(self._found(claims))[:_MOST]
        listed = {claim.address for claim in claims}
        told = [other for other in found if self._is_stated(other, listed)]
        notes = dict.fromkeys(n for o in found for n in self._said(o, o in told))
        return Shown(tuple(self._marked(claims, told)), tuple(notes))

    def _found(self, claims: Sequence[Claim]) -> Iterator[Other]:
        """For each other document the sentence that says something else than a statement."""
        matter = Matter(self.retriever, self.retrieval, self.ask)
        groups: dict[str, list[Hit]] = {}
        for hit in self._hits():
            groups.setdefault(hit.passage.address.document, []).append(hit)
        told: set[frozenset[str]] = set()
        for claim in claims[:_STATED]:
            own = self._document(claim.address)
            for name, hits in groups.items():
                pair = frozenset((own.id, name))
                relation = relation_of(own, self._index.document(name), self._day)
                if name == own.id or pair in told or relation is None:
                    continue
                if other := matter.differing(claim, hits, relation):
                    told.add(pair)
                    yield other

    def _hits(self) -> Sequence[Hit]:
        """The clauses found; where a document is named, also those of its other versions."""
        named = self.retrieval.understanding.documents
        versions = (
            frozenset(name for own in named for name in versions_of(own, self._index)) - named
        )
        if not versions:
            return self.retrieval.hits
        query = replace(self.retrieval.query, documents=versions, sides=False)
        return [*self.retrieval.hits, *self.retriever.retrieve(query).hits]

    def _marked(self, claims: Sequence[Claim], told: Sequence[Other]) -> list[Claim]:
        """Each statement of a pair with its place, day and validity; what holds comes first."""
        if not told:
            return list(claims)
        stated = list(claims)
        for other in told:
            listed = any(c.address == other.hit.passage.address for c in stated)
            if not listed:
                stated.append(quoted(other.quote, other.hit.passage.address))
        marked = [replace(c, lead=f"{self._lead(c.address, told)}：") for c in stated]
        return sorted(marked, key=lambda c: not holds(self._document(c.address), self._day))

    def _lead(self, address: Address, told: Sequence[Other]) -> str:
        """The place, where that tells two apart, else the title with its validity."""
        document = self._document(address)
        if document.area and all(other.relation == "levels" for other in told):
            return document.area
        return f"《{document.title}》（{self._standing(document)}）"

    def _marked_reference(self, address: Address) -> str:
        """《title》（文号）第二条（青禾市，2024-03-01印发，现行有效）."""
        document = self._document(address)
        issued = f"{document.issued.isoformat()}印发" if document.issued else None
        said = "，".join(filter(None, (document.area, issued, self._standing(document))))
        return f"{self._printed(address)}（{said}）"

    def _standing(self, document: Document) -> str:
        if document.authority == "normative":
            return STATUS_WORDS[document.validity(self._day).status]
        return f"{document.kind or '资料'}，不能作为申报依据"

    def _said(self, other: Other, stated: bool) -> Iterator[str]:
        """What is said of a pair, with both addresses."""
        here, there = other.claim.address, other.hit.passage.address
        first, second = map(self._marked_reference, (here, there))
        if not holds(self._document(here), self._day):
            first, second = second, first
        if not stated and self._is_limited(other):
            yield f"另见：{self._marked_reference(there)}对同一事项另有规定。"
        elif other.relation == "news" and not stated:
            yield f"另有说法，与条文不同：“{other.quote}”{self._marked_reference(there)}。"
        elif other.relation == "levels":
            places = f"{self._document(here).area}与{self._document(there).area}"
            yield f"{places}各有规定，是两项措施，不是互相矛盾：{first}；{second}。"
        else:
            yield f"两处规定不一致：{first}；{second}。{self._why(other)}"

    def _why(self, other: Other) -> str:
        """Which of two comes first, as far as the texts say so."""
        here, there = other.claim.address, other.hit.passage.address
        documents = sorted(
            (self._document(here), self._document(there)), key=lambda d: not holds(d, self._day)
        )
        new, old = documents
        if other.relation == "news":
            return f"《{old.title}》是{old.kind or '资料'}，不能作为申报依据，条文列在前面。"
        if other.relation == "version":
            status = STATUS_WORDS[old.validity(self._day).status]
            # Its own clauses say from when it held; that another one repealed it counts more.
            repealing = [a for a in old.term.basis if a.document != old.id]
            basis = "、".join(map(self._printed, repealing or old.term.basis))
            because = f"（依据{basis}）" if basis else ""
            return f"《{old.title}》{status}{because}，现行的《{new.title}》列在前面。"
        rules = [self._prevailing(document) for document in documents]
        if rule := next(filter(None, rules), None):
            return f"文中写明：{rule}"
        return "文中没有写以哪一处为准，请向发文机关核实。"

    def _prevailing(self, document: Document) -> str | None:
        """The sentence of a document that says which of two texts holds."""
        for clause in self._index.readings[document.id].outline:
            for piece in sentences(clause.text):
                if _PREVAILS.search(piece):
                    return f"{piece.strip()}（{self._printed(Address(document.id, clause.path))}）"
        return None

    def _is_stated(self, other: Other, listed: Collection[Address]) -> bool:
        """Whether the other one is a statement too: what news says beside a text is a note."""
        there = other.hit.passage.address
        normative = self._document(there).authority == "normative"
        return there in listed or (normative and not self._is_limited(other))

    def _is_limited(self, other: Other) -> bool:
        """Whether a question limits itself to one document, place or day that the other is not of."""
        understood, there = self.retrieval.understanding, self._document(other.hit.passage.address)
        if there.id in self.replaced:
            return True
        if understood.documents:
            return there.id not in understood.documents
        return other.relation == "levels" and bool(understood.areas - {there.area})

    def _printed(self, address: Address) -> str:
        document = self._document(address)
        return reference(document.title, document.doc_number, address.path).rstrip("、")

    def _document(self, address: Address) -> Document:
        return self._index.document(address.document)

    @property
    def _index(self) -> ClauseIndex:
        return self.retriever.index

    @property
    def _day(self) -> date:
        return self.retrieval.query.as_of
