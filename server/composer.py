"""Hits to a draft, without a model: states what clauses say, in their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.document import Document
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Span
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from retriever.sectors import without_other_sectors
from retriever.sides import asks_apart
from retriever.superseded import without_replaced
from server.announced_list import announced_list
from server.another_kind import of_another_kind, of_another_thing
from server.answer import Claim, Draft, Status
from server.applying import applied_at
from server.applying_time import applied_when
from server.asking import Asking, asked_day, asking_last, asking_of_sides
from server.attributes import without_attribute
from server.changes_told import changes_told
from server.choose import Chooser
from server.comparing.sides import silent
from server.comparing.table import compared
from server.definitions import defines
from server.differing.shown import Differing, Shown
from server.from_outside import from_outside
from server.no_support import gives_none
from server.not_for import not_for
from server.notes import STATUS_WORDS, notes, refusal, validity_note
from server.paired import paired
from server.pieces import between, ended, left_out_behind, read_from, runs
from server.placing import of_another_place, placed
from server.premise import asks_a_condition, corrections, is_false_premise, said_term, wrong_rates
from server.reaching import named_only, reached_at
from server.refusing import Refusing
from server.repealed import repealed
from server.results import of_other_years, only_aims
from server.stacking import asks_for_both, rule_on_both, ruled_for_both
from server.standing import interpreted_by, repeal_claims, standing, term_claims
from server.steps import tells_all_steps, with_steps
from server.sums.denied import denied
from server.sums.kept import worked_out
from server.sums.result import Sum
from server.transition import transitional
from server.unheld_documents import clauses_naming
from server.unstated import Unstated
from server.wanted import is_left_open
from server.whole_lists import whole_lists

__all__ = ["ExtractiveComposer"]

_OTHER_FIGURE = "条文写的数额与您说的不同，以条文为准。"


@dataclass(frozen=True, slots=True)
class ExtractiveComposer:
    """Chooses clauses and sentences, and says how far they answer."""

    index: ClauseIndex
    retriever: Retriever
    threshold: float

    def compose(self, retrieval: Retrieval) -> Draft:
        """Draft an answer to a retrieved question."""
        understood = retrieval.understanding
        whole = without_other_sectors(retrieval, self.retriever)
        retrieval = without_replaced(whole, self.index)
        ask = self._asking(retrieval)
        if draft := self._before_clauses(retrieval, ask):
            return draft
        if rules := self._denied(retrieval, ask):
            return self._told(rules, ask, retrieval)
        plain = ask.lookup or asks_a_condition(understood.text)
        if not plain and (worked := worked_out(retrieval, self.retriever)):
            return self._worked(worked, ask, retrieval)
        chooser = Chooser(self.retriever, self.threshold)
        if self._takes_for_granted(retrieval, ask):
            return self._corrected(retrieval, chooser, ask)
        if told := self._told_alone(retrieval, chooser, ask):
            return self._told(told, ask, retrieval)
        if changes := changes_told(retrieval, self.retriever):
            ask = replace(ask, list_all=True)
        hits, claims = self._stated(changes, retrieval, chooser, ask)
        unstated = Unstated(chooser, retrieval, ask)
        if hit := unstated.elsewhere(claims):
            hits, claims = [hit], chooser.claims(hit, retrieval, ask)
        if draft := self._not_told(hits, claims := unstated.with_its_value(claims), unstated):
            return draft
        if not ask.lookup and asks_for_both(understood.text):
            claims += rule_on_both({claim.address.document for claim in claims}, self.index)
        before = transitional(claims, retrieval, self.index)
        claims = placed([*before, *unstated.stated_first(claims)], retrieval, self.retriever)
        beside = self._beside(claims, retrieval, whole, ask)
        claims = paired(list(beside.claims), retrieval, ask, self.retriever)
        table = compared(claims, retrieval, ask, self.retriever)
        # Whoever weighs two measures must know whether both can be had.
        ask = replace(ask, amount=ask.amount or table is not None)
        said = self._notes(claims, ask, retrieval.query.as_of)
        said = (*silent(claims, retrieval, self.index), *said) if ask.compare else said
        wrong = dict.fromkeys(corrections(retrieval, claims, self.retriever))
        said = (*of_another_place(claims, retrieval, self.retriever), *wrong, *beside.notes, *said)
        return Draft(self._status(claims), tuple(claims), said, comparison=table)

    def _asking(self, retrieval: Retrieval) -> Asking:
        text, latest = retrieval.understanding.text, retrieval.query.latest
        return asking_of_sides(asking_last(text, latest, self.index.titles), retrieval.sides)

    def _denied(self, retrieval: Retrieval, ask: Asking) -> list[Claim]:
        """The sentence by which a text is not for who asks, or denies them what they ask for."""
        if rule := not_for(retrieval, ask, self.index):
            return [rule]
        span = None if ask.lookup else denied(retrieval, self.retriever)
        return list(self._read_from([span])) if span else []

    def _stated(
        self, hits: Sequence[Hit], retrieval: Retrieval, chooser: Chooser, ask: Asking
    ) -> tuple[list[Hit], list[Claim]]:
        """The clauses given, else those chosen, lists whole, and what they say."""
        hits = hits or chooser.clauses(retrieval, ask)
        whole = whole_lists(hits, retrieval, ask, self.index)
        listed = len(whole) if ask.list_all else 1
        return whole, [c for hit in whole for c in chooser.claims(hit, retrieval, ask, listed)]

    def _not_told(
        self, hits: Sequence[Hit], claims: Sequence[Claim], unstated: Unstated
    ) -> Draft | None:
        """Where clauses on the matter are of another class or stage, give nothing, or leave the
        answer open."""
        ask, retrieval, index = unstated.ask, unstated.retrieval, self.index
        question = retrieval.understanding.text
        if other := of_another_kind(claims, retrieval, ask, index):
            return Draft("refused", reason=other)
        if things := of_another_thing(claims, retrieval, ask, self.retriever):
            return Draft("refused", reason=refusal(index, retrieval, things))
        if any(without(question, claims, ask, index) for without in (only_aims, gives_none)):
            return Draft("refused")
        told = any(defines(c.quote, question) for c in claims)
        told = told or tells_all_steps(question, [hit.passage.text for hit in hits])
        found = () if ask.lookup or told else unstated.found(hits, claims)
        lost = of_other_years(question, claims, ask)
        # 依法依规对投保企业按50%补贴 leaves nothing open.
        if not any(is_left_open(c.quote) and not re.search(r"\d", c.quote) for c in found):
            # In the asker's own words: 保费 is written out for a search.
            asked = retrieval.query.latest or retrieval.query.text
            lost += without_attribute(asked, claims, ask, index)
        if lost:
            return Draft("refused", reason=refusal(index, retrieval, unstated=lost))
        said = self._notes(found, ask, retrieval.query.as_of)
        return Draft("not_stated", found, said) if found else None

    def _told_alone(self, retrieval: Retrieval, chooser: Chooser, ask: Asking) -> list[Claim]:
        """What is all that is asked for: who takes applications, the list of a kind."""
        if ask.compare:
            return []
        if not ask.amount and (office := applied_at(retrieval, self.retriever)):
            return with_steps(office, retrieval.understanding.text, self.index)
        hits = [] if ask.lookup else announced_list(retrieval, self.retriever)
        told = [c for hit in hits for c in chooser.claims(hit, retrieval, ask, len(hits))]
        return placed(told, retrieval, self.retriever)

    def _told(self, claims: Sequence[Claim], ask: Asking, retrieval: Retrieval) -> Draft:
        said = self._notes(claims, ask, retrieval.query.as_of)
        return Draft(self._status(claims), tuple(claims), said)

    def _beside(
        self, claims: Sequence[Claim], retrieval: Retrieval, whole: Retrieval, ask: Asking
    ) -> Shown:
        """The statements with what other documents say on their matter; of those replaced, which
        only the ``whole`` retrieval holds, that they do."""
        if ask.compare or ask.list_all or ask.lookup:
            return Shown(tuple(claims))
        replaced = whole.documents - retrieval.documents
        return Differing(self.retriever, whole, ask, replaced).beside(claims)

    def _before_clauses(self, retrieval: Retrieval, ask: Asking) -> Draft | None:
        """What is answered without choosing clauses: validity, both of two policies, a refusal."""
        understood = retrieval.understanding
        named = understood.documents or understood.unknown_documents
        listed = None if named else standing(retrieval.query, self.index)
        if listed:
            return listed
        if ask.validity and named and (draft := self._validity(retrieval, ask)):
            return draft
        plain = not (ask.lookup or ask.amount)
        if rules := ruled_for_both(retrieval, self.retriever, self.threshold, plain):
            return Draft(self._status(rules), tuple(rules))
        if claims := repealed(retrieval, self.index):
            return Draft(self._status(claims), tuple(claims))
        if ask.contact and (told := reached_at(retrieval, self.retriever, self.threshold)):
            return self._told(told, ask, retrieval)
        if ask.contact and (told := named_only(retrieval, self.retriever)):
            return Draft("not_stated", tuple(told))
        apart = asks_apart(retrieval.sides)
        plain = not (ask.compare or ask.lookup or apart)
        if plain and (told := applied_when(retrieval, self.retriever, self.threshold)):
            told = with_steps(told, understood.text, self.index)
            return self._told(told, ask, retrieval)
        if draft := from_outside(retrieval, ask, self.index) or self._refused(retrieval, ask):
            return draft
        meant = None if ask.validity or apart else self._document_meant(retrieval)
        if meant and (said := interpreted_by(meant, retrieval.query.text, self.index)):
            return self._told(said, ask, retrieval)
        return self._validity(retrieval, ask) if ask.validity and not named else None

    def _refused(self, retrieval: Retrieval, ask: Asking) -> Draft | None:
        reason = Refusing(self.retriever, self.threshold).reason(retrieval, ask)
        return Draft("refused", reason=reason) if reason else None

    def _takes_for_granted(self, retrieval: Retrieval, ask: Asking) -> bool:
        text = retrieval.hits[0].passage.text if retrieval.hits else ""
        how = ask.procedure or ask.deadline
        return not ask.lookup and is_false_premise(retrieval.understanding.text, text, how)

    def _corrected(self, retrieval: Retrieval, chooser: Chooser, ask: Asking) -> Draft:
        """Correct a figure that a question takes for granted: what the clause states instead."""
        ask = replace(ask, amount=True, list_all=False)
        hits = chooser.clauses(retrieval, ask)
        stated = [c for hit in hits for c in chooser.claims(hit, retrieval, ask)]
        claims = placed(stated, retrieval, self.retriever)
        said = self._notes(claims, ask, retrieval.query.as_of)
        wrong = tuple(dict.fromkeys(corrections(retrieval, claims, self.retriever, taken=True)))
        return Draft(self._status(claims), tuple(claims), (*(wrong or (_OTHER_FIGURE,)), *said))

    def _worked(self, worked: Sum, ask: Asking, retrieval: Retrieval) -> Draft:
        """State a sum: its working, and the sentences that its figures were read from."""
        claims = list(self._read_from(worked.sources))
        claims += transitional(claims, retrieval, self.index)
        if worked.levels > 1 or asks_for_both(retrieval.understanding.text):
            claims += rule_on_both({claim.address.document for claim in claims}, self.index)
        own = placed(claims, retrieval, self.retriever)
        elsewhere = of_another_place(claims, retrieval, self.retriever)
        said = self._notes(claims, replace(ask, amount=True), retrieval.query.as_of)
        # 按7%奖励，能得140万吗: the share that somebody takes for granted is put right too.
        wrong = wrong_rates(retrieval.understanding.text, claims, self.index)
        said = (*wrong, *elsewhere, *said)
        return Draft(self._status(claims), tuple(own), said, calculation=worked.calculation)

    def _read_from(self, sources: Sequence[Span]) -> Iterator[Claim]:
        """The sentences that hold some characters, neighbours as one quote."""
        for address, pieces, holding in read_from(sources, self.index):
            text = self.index.clause(address)[1].text
            kept = sorted({*holding, *left_out_behind(pieces, holding)})
            for run in runs(kept):
                quote = between(text, pieces[run[0]], pieces[run[-1]])
                yield Claim(ended(quote), address, quote)

    def _validity(self, retrieval: Retrieval, ask: Asking) -> Draft | None:
        """Answer when a document is in force from the clauses that its term was read from."""
        understood, as_of = retrieval.understanding, retrieval.query.as_of
        if understood.unknown_documents and not understood.documents:
            claims = clauses_naming(understood.unknown_documents, self.index)
            if not claims:
                return None
            claims = (*claims, *transitional(claims, retrieval, self.index))
            return Draft(self._status(claims), claims, self._notes(claims, ask, as_of))
        document = self._document_meant(retrieval)
        if document is None or document.authority == "informational":
            return None
        claims = term_claims(document, self.index)
        wrong = said_term(retrieval.query.text, document)
        # A day that is said to be that of its term is not one to judge it on.
        day = (
            as_of
            if wrong is not None
            else asked_day(retrieval.query.latest or retrieval.query.text) or as_of
        )
        if not claims:
            note = validity_note(self.index, document, day)
            return Draft("not_stated", reason=note) if understood.documents else None
        status = "not_stated" if ask.end and not document.term.end else self._status(claims)
        verdict = STATUS_WORDS[document.validity(day).status]
        claims = (replace(claims[0], lead=f"{verdict}："), *claims[1:])
        claims += interpreted_by(document, retrieval.query.text, self.index)
        if ask.repeals:
            stated = {claim.quote for claim in claims}
            ended = (c for c in repeal_claims(document, self.index) if c.quote not in stated)
            claims = (*ended, *claims) if ask.list_all else (*claims, *ended)
        return Draft(status, claims, (*filter(None, [wrong]), *self._notes(claims, ask, day)))

    def _document_meant(self, retrieval: Retrieval) -> Document | None:
        named = retrieval.understanding.documents
        if len(named) == 1:
            return self.index.document(next(iter(named)))
        if not retrieval.hits:
            return None
        return self.index.document(retrieval.hits[0].passage.address.document)

    def _status(self, claims: Sequence[Claim]) -> Status:
        documents = {claim.address.document for claim in claims}
        normative = any(self.index.document(d).authority == "normative" for d in documents)
        return "answered" if normative else "informational"

    def _notes(self, claims: Sequence[Claim], ask: Asking, as_of: date) -> tuple[str, ...]:
        return notes(self.index, [claim.address for claim in claims], ask, as_of)
