"""A question with the clauses found for it to a sum with its working."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.answer import Calculation
from server.sums.asked import asks_for_money
from server.sums.brackets import tell
from server.sums.choosing import Choice, own_words
from server.sums.facts import Fact, facts_of_case
from server.sums.groups import Group, caps_of, merged
from server.sums.kinds import of_kind, without_other_money
from server.sums.levels import only_one, side_by_side
from server.sums.likeness import Likeness, event_text
from server.sums.matching import Matcher
from server.sums.matching_funds import matched_funds
from server.sums.money import written
from server.sums.outcome import Outcome
from server.sums.ratios import AREA, Ratios, area_asked, per_person
from server.sums.result import STOPPED, Sum, asking, read_from, unique, worked_alone
from server.sums.rows import RowSum
from server.sums.several import several_clauses
from server.sums.uses import Matched
from server.sums.workable import can_be_worked, is_each
from server.sums.working import Working

__all__ = ["OneDocument", "Sums"]

#: Each level is asked for; 市级创新审批 in a question on the district asks for one only.
_EVERY_LEVEL = re.compile(r"各|分别|两边|两头|两级|两笔|多少.*多少")
_EACH_LEVEL = re.compile(r"各自|分别|两边|两头")
#: A question speaks of what a measure is for where it holds this share of it.
_SPOKEN = 0.1
#: A clause of the policy itself scores at most this much less than one of news on it.
_NEAR_NEWS = 0.03
#: Of the clauses found, those whose measures are looked at.
_LOOKED_AT = 6


@dataclass(frozen=True, slots=True)
class Sums:
    """Works out what a question asks for, where it states enough."""

    retriever: Retriever

    def work(self, retrieval: Retrieval) -> Sum | None:
        """Return the sum that a question asks for; None where it asks for none."""
        question = retrieval.understanding.text
        facts, likeness = self._facts(retrieval), Likeness(self.retriever)
        if not retrieval.hits or not asks_for_money(question, facts):
            return None
        if several := several_clauses(retrieval, likeness, facts):
            return None if several is STOPPED else several
        levels, latest = self._levels(retrieval), retrieval.query.latest
        if own := self._of_the_place(retrieval):
            rows = self._rows(own)
            there = OneDocument(likeness, question, facts, rows, latest, one_of_levels=True).work()
            if there and there.calculation.result is not None:
                return there
        # 分别 says then what each level gives, not what each of two parties gets.
        asked = _EACH_LEVEL.sub("", question) if len(levels) > 1 else question
        sums = [
            OneDocument(likeness, asked, facts, self._rows(hits), latest, len(levels) > 1).work()
            for hits in levels
        ]
        found = [s for s in sums if s is not None]
        worked = [s for s in found if s.calculation.result is not None]
        if len(levels) == 1 and worked and (policy := self._of_policy(retrieval, worked[0])):
            return policy
        if len(worked) > 1:
            return side_by_side(worked, self.retriever.index)
        if worked and len(sums) > 1 and _EVERY_LEVEL.search(question):
            return only_one(worked[0], self.retriever.index)
        return next(iter([*worked, *found]), None)

    def _of_policy(self, retrieval: Retrieval, news: Sum) -> Sum | None:
        """The same sum by the policy itself, where the clause that fits best is of news on it."""
        index = self.retriever.index
        of = {hit: index.document(hit.passage.address.document).authority for hit in retrieval.hits}
        own = [hit for hit, authority in of.items() if authority == "normative"]
        best = retrieval.hits[0]
        if best in own or not own or own[0].score < best.score - _NEAR_NEWS:
            return None
        question, latest = retrieval.understanding.text, retrieval.query.latest
        facts, likeness = self._facts(retrieval), Likeness(self.retriever)
        there = OneDocument(likeness, question, facts, self._rows(own), latest).work()
        same = there and there.calculation.result == news.calculation.result
        return there if same else None

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
        for rank, hit in enumerate(near):
            address = hit.passage.address
            for row in rows:
                if address.contains(row.address) or row.address.contains(address):
                    found.setdefault(id(row), (row, 1 / (1 + rank)))
        return [pair for pair in found.values() if can_be_worked(pair[0])]


@dataclass(frozen=True, slots=True)
class OneDocument:
    """A question, the figures that it states, and the measures of one document."""

    likeness: Likeness
    question: str
    facts: tuple[Fact, ...]
    rows: Sequence[tuple[Entitlement, float]]
    latest: str = ""
    one_of_levels: bool = False

    def work(self) -> Sum | None:
        """Match the facts, work out each measure, then what limits them together."""
        told = without_other_money(self.rows, self.question)
        matcher = Matcher(self.likeness, self.question, told, self.latest)
        matched = matcher.match(self.facts)
        choice = Choice(matcher, self.facts)
        if area_asked(self.question):
            return self._area()
        chosen = choice.measures(matched)
        if not chosen:
            if funds := self._matched_funds():
                return funds
            rows, asked = choice.asked_back()
            return asking(asked, rows) if asked else None
        if choice.left_over(matched, chosen) or (self.one_of_levels and not choice.speaks(chosen)):
            return None
        if missing := self._missing(matched):
            meant = [row for rows in matched.unclear for row in rows]
            return asking(missing, [*chosen, *(row for row in meant if row not in chosen)])
        working = Working()
        tell([row for row, _ in self.rows], matched, working)
        total = self.total(chosen, matched, working)
        nothing = total is not None and total.calculation.result == 0 and not self.one_of_levels
        return None if nothing and self._may_be_another(chosen) else total

    def _may_be_another(self, chosen: Sequence[Entitlement]) -> bool:
        """Whether an amount is called the kind of money that a measure of another clause is of,
        and the question does not speak of what the measures chosen are for."""
        like, addresses = self.likeness, {row.address for row in chosen}
        if any(like.share(event_text(row), self.question) >= _SPOKEN for row in chosen):
            return False
        others = [row for row, _ in self.rows if row.address not in addresses]
        amounts = [fact for fact in self.facts if fact.unit == MONEY]
        return any(of_kind(f.words, row.base, self.question) for f in amounts for row in others)

    def total(
        self, chosen: Sequence[Entitlement], matched: Matched, working: Working
    ) -> Sum | None:
        """What measures come to with facts in their places, held to all that limits them."""
        bounding = [
            use.fact
            for use in matched.uses
            if use.role == "bound" and any(use.row is row for row in chosen) and not is_each(use)
        ]
        open_ = [fact for fact in self.facts if fact.unit != "人" or fact not in bounding]
        sums = RowSum(self.likeness, self.question, working, open_)
        outcomes = [
            sums.work(row, matched.of(row, "base", "count", "unit", "bound")) for row in chosen
        ]
        if not any(outcome.low for outcome in outcomes):
            return None
        if asked := tuple(dict.fromkeys(text for o in outcomes for text in o.missing))[:2]:
            return asking(asked, chosen)
        low, high = self._together(outcomes, matched, working)
        return Sum(
            self._calculation(outcomes, matched, working, low, high),
            unique([*working.sources, *read_from(chosen)]),
            high=high,
        )

    def _matched_funds(self) -> Sum | None:
        """Support with what another level adds to it by a share."""
        near = [row for row, prior in self.rows if prior == 1]
        working = Working()
        value = matched_funds(near, self.question, self.facts, self.likeness, working)
        return worked_alone(value, MONEY, "", working) if value is not None else None

    def _area(self) -> Sum | None:
        """The area that counts, where the question asks for it and says for how many persons."""
        rows = [row for row, prior in self.rows if prior == 1 and per_person(row)]
        working = Working()
        ratios = Ratios(self.likeness.retriever, self.question, self.facts, working)
        bound = per_person(rows[0]) if rows else None
        areas = ratios.area(bound) if bound else None
        return worked_alone(areas[0], AREA, "最高", working) if areas else None

    def _missing(self, matched: Matched) -> tuple[str, ...]:
        """What the asker must still say: between which measures the words do not choose."""
        asked = []
        for rows in matched.unclear:
            events = list(dict.fromkeys(own_words(row, rows) for row in rows))
            asked.append(f"您说的是哪一种：{'，还是'.join(events)}？")
        return tuple(dict.fromkeys(asked))[:2]

    def _together(
        self, outcomes: Sequence[Outcome], matched: Matched, working: Working
    ) -> tuple[Decimal, Decimal]:
        """Add up, take off what was received, and hold each total to what caps it."""
        groups = [Group([o], list(o.low), list(o.high)) for o in outcomes]
        received = [use for use in matched.uses if use.role == "deduction"]
        capped = caps_of(outcomes)
        if received or not capped:
            groups = [merged(groups, working)]
        if received:
            groups[0].take_off(received, working)
        for cap, members in capped:
            name = "每年上限" if cap.yearly else "上限"
            inside = [g for g in groups if any(o in members for o in g.outcomes)]
            group = merged(inside, working)
            group.hold(cap.quantity.value, name, working, cap.quantity.span)
            groups = [group, *(g for g in groups if g not in inside)]
        total = merged(groups, working)
        for use in matched.uses:
            if use.role == "ceiling":
                total.hold(use.fact.value, "实际费用", working, *use.row.ceilings[:1])
        low, high = total.one
        return min(low, high), max(low, high)

    def _calculation(
        self,
        outcomes: Sequence[Outcome],
        matched: Matched,
        working: Working,
        low: Decimal,
        high: Decimal,
    ) -> Calculation:
        at_most = any(o.row.at_most or o.row.caps for o in outcomes) and high > 0
        display = written(low, MONEY)
        if high > low:
            display = (
                f"{display}（另一种读法为{written(high, MONEY)}）"
                if any(o.row.tiers for o in outcomes)
                else f"{display}至{written(high, MONEY)}"
            )
        assumptions = [
            text for outcome in outcomes if not outcome.failed for text in outcome.assumptions
        ]
        if any(o.row.deductions for o in outcomes) and not any(
            use.role == "deduction" for use in matched.uses
        ):
            assumptions.append("没有应扣除的其他补助")
        unused = [f"没有用到您说的{fact.written}" for fact in matched.unused if fact.unit == MONEY]
        return Calculation(
            low, MONEY, f"最高{display}" if at_most else display, tuple(working.steps),
            tuple(dict.fromkeys(working.caps)), tuple(dict.fromkeys([*assumptions, *unused])),
        )  # fmt: skip
