"""A sum whose base was said earlier in the conversation: what was kept, where it fits exactly once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.answer import Calculation, Recalled
from server.profile import recall
from server.said import OWN, Said
from server.sums.calculate import Sums
from server.sums.facets import conflict, facets_of, stages
from server.sums.facts import stated_facts
from server.sums.had_above import leaves_out_what_was_borne
from server.sums.kinds import of_kind
from server.sums.likeness import event_text, row_text
from server.sums.matching import Matcher
from server.sums.named_last import is_of_another
from server.sums.one_document import OneDocument
from server.sums.parts_told import parts_told, tells_more_without_figure
from server.sums.result import Sum
from server.sums.told_in_turn import added_in_turn, told_in_turn
from server.sums.too_late import is_stopped, is_too_late
from server.sums.uses import Use
from server.sums.whole import is_a_part

__all__ = ["Kept", "worked_out"]

#: What the asker may get, and nobody else.
_CAN = re.compile(r"[能可]\S{0,3}(?:拿|报|补|奖|领|减|享受|申请)|[补奖拿领]多少")
_ANYBODY = re.compile(r"企业|公司|单位|机构|医院|个人|平台|项目|一家|每[家个项]")
_BASES, _BESIDE = ("base", "unit", "count"), ("deduction", "bound", "ceiling")
#: A base is called alike where its words have this much in common.
_ALIKE = 0.2


def worked_out(retrieval: Retrieval, retriever: Retriever) -> Sum | None:
    """The sum that a question asks for, where need be with a figure that was said before it."""
    found = _worked_out(retrieval, retriever)
    question, index = retrieval.understanding.text, retriever.index
    if found and (is_too_late(found, question, index) or is_stopped(found, question, index)):
        return None
    if found and leaves_out_what_was_borne(found, question):
        return None
    return None if found and is_of_another(found, retrieval, retriever) else found


def _worked_out(retrieval: Retrieval, retriever: Retriever) -> Sum | None:
    sums = Sums(retriever)
    stated = sums.work(retrieval)
    if found := told_in_turn(retrieval, retriever, sums.work):
        return found
    many = len(parts_told(retrieval.query.text))
    part = stated and is_a_part(retrieval.understanding.text, stated.calculation, many)
    part = part or (stated and tells_more_without_figure(retrieval.query.text))
    open_ = part or stated is None or stated.calculation.result is None
    if open_ and (found := added_in_turn(retrieval, retriever, sums.work)):
        return found
    if part:
        return None
    if not retrieval.query.earlier or (stated and stated.calculation.result is not None):
        return stated
    case = sums.case(retrieval)
    said = [one for one in recall(retrieval.query, retriever, before=True) if one.fact]
    return (case and said and Kept(case, retriever, said).work()) or stated


@dataclass(frozen=True, slots=True)
class Kept:
    """Puts what was said earlier beside a question whose sum lacks it."""

    case: OneDocument
    retriever: Retriever
    said: Sequence[Said]

    def work(self) -> Sum | None:
        """The sum of the one thing said that it can be of, with what limits or lessens it.

        None where nothing fits, or more than one thing does: then it is for the asker to say.
        """
        if not self._of_own_case():
            return None
        bases = [one for one in self.said if self._left_open(one) and self._fits(one)]
        if len(bases) != 1:
            return None
        beside = [one for one in self.said if one is not bases[0] and self._bears(one, bases[0])]
        used = (bases[0], *beside)
        worked = self._restated(used).work()
        if not all(one.whole for one in used) or not worked or worked.calculation.result is None:
            return None
        return replace(worked, calculation=_said_before(worked.calculation, used))

    def _of_own_case(self) -> bool:
        """Whether the asker asks for money of their own: 我们…, or 能补多少 of nobody else."""
        question = self.case.latest or self.case.question
        if OWN.search(question) or OWN.search(self.case.question):
            return True
        return bool(_CAN.search(question)) and not _ANYBODY.search(question)

    def _left_open(self, one: Said) -> bool:
        """Whether the question states no figure of that unit, and no other stage, kind or side."""
        if not one.whole or any(one.fact and f.unit == one.fact.unit for f in self.case.facts):
            return False
        return not conflict(self._asked(), one.facets)

    def _asked(self) -> Mapping[str, frozenset[str]]:
        question, latest = self.case.question, self.case.latest
        asked = {**facets_of(question), **facets_of(latest)}
        asked.pop("stage", None)
        if found := stages(latest) or stages(question):
            asked["stage"] = found
        return asked

    def _restated(self, used: Sequence[Said]) -> OneDocument:
        """The question with the asker's earlier words before it, and the figures of both."""
        words = [self.retriever.vocabulary.write_out(one.words) for one in used]
        lead = "，".join(words) + "，"
        wanted = [(one.fact.value, one.fact.unit) for one in used if one.fact]
        facts = []
        for fact in stated_facts(lead + self.case.question):
            if fact.start < len(lead):
                if (fact.value, fact.unit) not in wanted:
                    continue
                wanted.remove((fact.value, fact.unit))
            facts.append(fact)
        return replace(self.case, question=lead + self.case.question, facts=tuple(facts))

    def _uses(self, one: Said, used: Sequence[Said]) -> list[Use]:
        """What becomes of one thing said, where some are put beside the question."""
        case, own = self._restated(used), one.fact
        uses = Matcher(case.likeness, case.question, case.rows, case.latest).match(case.facts).uses
        return [u for u in uses if own and (u.fact.value, u.fact.unit) == (own.value, own.unit)]

    def _fits(self, one: Said) -> bool:
        """Whether it is the base of a measure of the best clause, and the sum can be worked out."""
        uses = [use for use in self._uses(one, [one]) if use.role in _BASES]
        best = [id(row) for row, prior in self.case.rows if prior == 1]
        if not uses or not all(id(u.row) in best and self._is_of(one, u) for u in uses):
            return False
        worked = self._restated([one]).work()
        return worked is not None and worked.calculation.result is not None

    def _is_of(self, one: Said, use: Use) -> bool:
        """Whether it is called what the measure is of, and of its stage; nothing is guessed."""
        row, like = use.row, self.case.likeness
        named = facets_of(event_text(row))
        if conflict(one.facets, named) or ("stage" in named and "stage" not in one.facets):
            return False
        words = one.fact.words if one.fact else ""
        if use.role != "base":
            return like.share(words, row_text(row)) > 0
        kind = of_kind(words, row.base)
        base = row.base.text if row.base else ""
        return bool(kind) or (
            kind is None and ("stage" in named or like.mutual(base, words) >= _ALIKE)
        )

    def _bears(self, one: Said, base: Said) -> bool:
        """Whether it is taken off, or held against a threshold of the same measure."""
        if any(one.fact and f.unit == one.fact.unit for f in self.case.facts):
            return False
        rows = {id(use.row) for use in self._uses(base, [base]) if use.role in _BASES}
        uses = self._uses(one, [base, one])
        return any(use.role in _BESIDE and id(use.row) in rows for use in uses)


def _said_before(calculation: Calculation, used: Sequence[Said]) -> Calculation:
    """A sum that says which of its figures were said before."""
    words = f"按您前面说的：{'、'.join(one.text for one in used)}"
    recalled = tuple(
        Recalled(one.text, one.kind, one.turn, (one.fact.value, one.fact.unit), used=True)
        for one in used
        if one.fact
    )
    return replace(calculation, assumptions=(words, *calculation.assumptions), recalled=recalled)
