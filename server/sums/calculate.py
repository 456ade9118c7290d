"""A question with the clauses found for it to a sum with its working."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.entitlements import Entitlement
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.sums.as_changed import Changes
from server.sums.asked import asks_for_money
from server.sums.borne_by import borne_by
from server.sums.both_levels import both_levels
from server.sums.by_label import labelled_amount
from server.sums.changed_first import changed_first, of_another_time, with_limits_beside
from server.sums.chapters.counted_less import without_share_left_out
from server.sums.chapters.raised_row import without_raise_left_out
from server.sums.claimed import claimed_in, corrected
from server.sums.extended import extended
from server.sums.facts import Fact, facts_of_case
from server.sums.in_force import in_force
from server.sums.left_of_year import Had, had_this_year, left_of_year
from server.sums.levels import lie_apart, only_one, side_by_side
from server.sums.likeness import Likeness
from server.sums.named import named_amount
from server.sums.on_top import base_first
from server.sums.one_document import OneDocument
from server.sums.own_limit import limited_by_case
from server.sums.parties import each_party, parties_of
from server.sums.raised_share import with_raised_share
from server.sums.result import STOPPED, Sum
from server.sums.several import several_clauses
from server.sums.staged import asks_for_part, paid_of
from server.sums.supposed import both, cases_of
from server.sums.unread_limits import over_unread_limit
from server.sums.workable import can_be_worked

__all__ = ["Sums"]

#: Each level is asked for; 市级创新审批 in a question on the district asks for one only.
_EVERY_LEVEL = re.compile(r"各|分别|两边|两头|两级|两笔|多少.*多少")
_EACH_LEVEL = re.compile(r"各自|分别|两边|两头")
#: A clause of the policy itself scores at most this much less than one of news on it.
_NEAR_NEWS = 0.04
#: Of the clauses found, those whose measures are looked at.
_LOOKED_AT = 6


def _held_to(policy: Sum | None, news: Sum | None) -> Sum | None:
    """The sum by a policy and not by news on it; none where the two come to different amounts,
    for news may be of an older version, and rows of the policy may be missing."""
    if policy is None or policy.calculation.result is None:
        return news
    said = news.calculation.result if news else None
    return policy if said in (None, policy.calculation.result) else None


def _asks_apart(retrieval: Retrieval) -> bool:
    """Whether more questions are asked of places than there are places: one sum answers none."""
    asked = {side.query.text for side in retrieval.sides}
    return len(asked) > len(retrieval.understanding.areas) > 1


def _leads(row: Entitlement, rows: Sequence[Entitlement]) -> bool:
    """Whether a measure without a figure is only the line that a list of those with one hangs on."""
    if row.rate or row.amount or row.tiers:
        return False
    items = [r for r in rows if r.address.path.parent == row.address.path]
    return any(r.address.document == row.address.document and (r.rate or r.amount) for r in items)


@dataclass(frozen=True, slots=True)
class Sums:
    """Works out what a question asks for, where it states enough."""

    retriever: Retriever

    def work(self, retrieval: Retrieval) -> Sum | None:
        """Return the sum that a question asks for; None where it asks for none."""
        question, index = retrieval.understanding.text, self.retriever.index
        if claim := claimed_in(question):
            asked = replace(retrieval.understanding, text=claim.question)
            found = self.work(replace(retrieval, understanding=asked))
            if found is None or found.calculation.result is None:
                # What was claimed may have been what was searched for.
                query = replace(retrieval.query, text=claim.question)
                found = self.work(self.retriever.retrieve(query)) or found
            return corrected(found, claim)
        if longest := extended(retrieval, index):
            return longest
        facts = self._facts(retrieval)
        if not retrieval.hits or not asks_for_money(question, facts) or _asks_apart(retrieval):
            return None
        retrieval = changed_first(in_force(retrieval, index), index)
        if of_another_time(retrieval, index):
            return None
        if parties := [] if retrieval.query.latest else parties_of(question, facts):
            sums = [self._of_case(retrieval, one.question, one.facts) for one in parties]
            return each_party(parties, sums, question)
        cases = None if retrieval.query.latest else cases_of(question, facts)
        if cases is None:
            return self._of_case(retrieval, question, facts)
        first = self._of_case(retrieval, cases.question, cases.first)
        if first is None or first.calculation.result is None:
            return first
        return both(first, self._of_case(retrieval, question, cases.second), retrieval.query.text)

    def _of_case(self, retrieval: Retrieval, question: str, facts: tuple[Fact, ...]) -> Sum | None:
        """The sum of one case with its figures, or what one level of government bears of it."""
        found = self._whole(retrieval, question, facts)
        if found is None and (had := had_this_year(question, facts)):
            found = self._beside(retrieval, had)
        asked = retrieval.query.text
        index = self.retriever.index
        found = without_raise_left_out(found, asked, index) if found else None
        found = without_share_left_out(found, asked, index) if found else None
        part = borne_by(found, asked, index) if found else None
        if part and over_unread_limit(part, index):
            return None
        return None if part is STOPPED else part

    def _beside(self, retrieval: Retrieval, had: Had) -> Sum | None:
        """What is had beside what was had this year, within what is left of the limit of both."""
        likeness = Likeness(self.retriever)
        rest = replace(retrieval, understanding=replace(retrieval.understanding, text=had.question))
        found = self._whole(rest, had.question, had.facts)
        return left_of_year(found or named_amount(rest, likeness, had.facts), had, likeness)

    def _whole(self, retrieval: Retrieval, question: str, facts: tuple[Fact, ...]) -> Sum | None:
        likeness = Likeness(self.retriever)
        retrieval = replace(
            retrieval, understanding=replace(retrieval.understanding, text=question)
        )
        added = both_levels(retrieval, self.retriever, facts, self._alone)
        if several := added or several_clauses(retrieval, likeness, facts):
            return None if several is STOPPED else several
        levels, latest = self._levels(retrieval), retrieval.query.latest
        said = retrieval.query.text
        changes = self._changes(retrieval)

        def by_one(hits: Sequence[Hit], asked: str, one_of_levels: bool = False) -> Sum | None:
            rows = with_raised_share(self._rows(hits), self.retriever.index, asked)
            own = OneDocument(likeness, asked, facts, rows, latest, one_of_levels, changes, said)
            return own.work()

        if own := self._of_the_place(retrieval):
            there = by_one(own, question, one_of_levels=True)
            if there and there.calculation.result is not None:
                return there
        # 分别 says then what each level gives, not what each of two parties gets.
        asked = _EACH_LEVEL.sub("", question) if len(levels) > 1 else question
        sums = [by_one(hits, asked, one_of_levels=len(levels) > 1) for hits in levels]
        found = [s for s in sums if s is not None]
        worked = [s for s in found if s.calculation.result is not None]
        if len(levels) == 1 and (own := self._policy_beside_news(retrieval)):
            return _held_to(by_one(own, question), next(iter([*worked, *found]), None))
        if len(worked) > 1:
            return side_by_side(worked, self.retriever.index)
        if worked and len(sums) > 1 and _EVERY_LEVEL.search(question):
            if lie_apart(retrieval, self.retriever.index):
                return None
            return only_one(worked[0], self.retriever.index) if facts else None
        return next(iter([*worked, *found]), None) or self._part_of_named(
            retrieval, likeness, facts
        )

    def _part_of_named(
        self, retrieval: Retrieval, likeness: Likeness, facts: tuple[Fact, ...]
    ) -> Sum | None:
        """A part of an amount that the question only names, by when it is paid."""
        question = retrieval.understanding.text
        if not asks_for_part(question):
            return None
        whole = named_amount(retrieval, likeness, facts)
        whole = whole or labelled_amount(retrieval, likeness, facts)
        part = paid_of(whole, question, self.retriever.index) if whole else None
        return None if part is whole or part is STOPPED else part

    def _alone(self, level: Retrieval, facts: Sequence[Fact]) -> Sum | None:
        """The sum of one of several levels, by its own clauses."""
        likeness = Likeness(self.retriever)
        if several := several_clauses(level, likeness, facts):
            return several
        question, latest = level.understanding.text, level.query.latest
        changes = self._changes(level)
        rows = with_raised_share(self._rows(level.hits), self.retriever.index, question)
        said = level.query.text
        return OneDocument(
            likeness, question, tuple(facts), rows, latest, changes=changes, asked=said
        ).work()

    def _changes(self, level: Retrieval) -> Changes:
        near = tuple(hit.passage.address for hit in level.hits[:_LOOKED_AT])
        question = level.understanding.text
        return Changes(self.retriever.index, level.query.as_of, question, near)

    def _policy_beside_news(self, retrieval: Retrieval) -> Sequence[Hit]:
        """The clauses in force of policies, where the one that fits best is of news on them and
        they fit about as well."""
        index, day = self.retriever.index, retrieval.query.as_of
        of = {hit: index.document(hit.passage.address.document) for hit in retrieval.hits}
        best = retrieval.hits[0]
        own = [
            hit
            for hit, document in of.items()
            if document.authority == "normative"
            and document.validity(day).status in ("in_force", "unknown")
        ]
        if of[best].authority == "normative" or not own:
            return []
        return own if own[0].score >= best.score - _NEAR_NEWS else []

    def case(self, retrieval: Retrieval) -> OneDocument | None:
        """The question with the measures of one document; None where there are several, or none."""
        question, levels = retrieval.understanding.text, self._levels(retrieval)
        facts, latest = self._facts(retrieval), retrieval.query.latest
        if not retrieval.hits or len(levels) > 1 or not asks_for_money(question, facts):
            return None
        likeness, rows = Likeness(self.retriever), self._rows(levels[0])
        return OneDocument(likeness, question, facts, rows, latest)

    def _facts(self, retrieval: Retrieval) -> tuple[Fact, ...]:
        """What the question states; amounts of another case take the place of those before it."""
        latest = self.retriever.vocabulary.write_out(retrieval.query.latest)
        return facts_of_case(retrieval.understanding.text, latest)

    def _levels(self, retrieval: Retrieval) -> list[Sequence[Hit]]:
        """The clauses found, of each document compared where the question names several."""
        understood = retrieval.understanding
        if len(understood.areas) > 1 or len(understood.documents) > 1:
            sides = [side.hits for side in retrieval.sides if side.hits]
            first = {hits[0].passage.address.document: hits for hits in sides}
            if len(first) > 1:
                return list(first.values())
        return [retrieval.hits]

    def _of_the_place(self, retrieval: Retrieval) -> Sequence[Hit]:
        """The clauses of the place that is asked for, where the best one is of another."""
        understood, index = retrieval.understanding, self.retriever.index
        areas = [index.document(h.passage.address.document).area for h in retrieval.hits]
        if len(understood.areas) != 1 or understood.documents or areas[0] in understood.areas:
            return []
        return [
            h for h, area in zip(retrieval.hits, areas, strict=True) if area in understood.areas
        ]

    def _rows(self, hits: Sequence[Hit]) -> list[tuple[Entitlement, float]]:
        """The measures of the clauses found in the first one's document, with their rank's worth."""
        document = hits[0].passage.address.document
        found: dict[int, tuple[Entitlement, float]] = {}
        rows = self.retriever.index.entitlements[document]
        near = [hit for hit in hits if hit.passage.address.document == document][:_LOOKED_AT]
        near = base_first(near, self.retriever.index)
        for rank, hit in enumerate(near):
            address = hit.passage.address
            for row in rows:
                if address.contains(row.address) or row.address.contains(address):
                    held = with_limits_beside(row, self.retriever.index)
                    found.setdefault(id(row), (held, 1 / (1 + rank)))
        kept = [pair for pair in found.values() if can_be_worked(pair[0])]
        kept = [(row, prior) for row, prior in kept if not _leads(row, [r for r, _ in kept])]
        return limited_by_case(kept, self.retriever.index)
