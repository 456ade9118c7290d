"""Whether the corpus holds the answer, and what is said where it does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.document import Document
from prompts import render
from retriever.confidence import confidence, features
from retriever.missing import missing, missing_subjects
from retriever.orders import asks_nothing
from retriever.query import Retrieval, Understanding
from retriever.retriever import Retriever
from server.asking import Asking
from server.called import called_by, naming
from server.led import led
from server.listing import Lister, is_told_by_name
from server.notes import reference_of, refusal
from server.placing import only_elsewhere
from server.premise import is_false_premise, without_taken
from server.ruled_out import (
    only_given_out,
    only_of_another_level,
    only_paid_in,
    only_ruled_out,
    without_old_version,
    without_own_rules,
    without_plan_of_years,
)
from server.sums.kept import worked_out

__all__ = ["Refusing"]


#: What is said before a figure that is taken up again is on the clause that holds this share of it.
_ON_IT = 0.3
#: The search for a side is held to it: what it finds needs this share of the confidence.
_OF_A_SIDE = 0.8
#: The steps from applying to the money, which clauses name one by one.
_STEPS = re.compile(r"几(?:步|个步骤|个环节|道手续)|(?:哪些|什么|哪几个?)(?:步骤|环节|手续|流程)")
_QUOTED = re.compile(r"[“「『\"]([^”」』\"]{4,30})[”」』\"]")

#: What ends so is a policy of its own.
_POLICY = re.compile(
    r"(?:法|条例|办法|规定|意见|通知|措施|细则|方案|规划|计划|政策|指南|公告|通告|标准|规范)(?:（[^）]*）)?$"
)
#: Of the clauses found, those that may speak of a paper.
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Refusing:
    """Refuses what the clauses found are not likely to answer; ``threshold`` is how sure to be."""

    retriever: Retriever
    threshold: float

    def reason(self, retrieval: Retrieval, ask: Asking) -> str | None:
        """Return what is said instead of an answer; None where there is one."""
        understood, index = retrieval.understanding, self.retriever.index
        if understood.absent and not understood.addresses and (ask.lookup or understood.documents):
            names = [index.document(d) for d in sorted(understood.documents)]
            return render(
                "absent.zh",
                words=list(understood.absent),
                documents=[reference_of(document) for document in names],
            )
        if asks_nothing(retrieval.query.text):
            return refusal(index, retrieval)
        absent = self._absent(retrieval, ask)
        if not absent and understood.addresses and (ask.lookup or understood.documents):
            return None
        elsewhere = only_elsewhere(retrieval, self.retriever)
        level = None if ask.compare else only_of_another_level(retrieval, self.retriever)
        if absent or elsewhere or level or ask.contact or not self._is_sure(retrieval, ask):
            absent += [place for place in (level,) if place and place not in index.areas]
            said = absent or missing_subjects(retrieval, self.retriever)
            return refusal(index, retrieval, said)
        return None

    def _absent(self, retrieval: Retrieval, ask: Asking) -> list[str]:
        """The places and documents that a question names and no clause found speaks of.

        Sure as the search may be, what it found is then about another one.
        """
        understood = retrieval.understanding
        absent = missing(understood.foreign, retrieval, self.retriever)
        if ask.amount and not absent:
            # Others tell of its policy; what that gives stands there alone.
            absent = [
                place for place in understood.foreign if _asks_for_its(place, understood.text)
            ]
        if not ask.validity and not understood.documents:
            absent += [
                name for name in understood.unknown_documents if not _is_paper(name, retrieval)
            ]
        if not ask.validity:
            absent += without_old_version(understood.text, self._asked_of(understood))
            absent += without_plan_of_years(understood.text, self.retriever.index.documents)
        absent += without_own_rules(understood, self.retriever.index.areas)
        absent = absent or only_paid_in(retrieval) or only_given_out(retrieval)
        return absent or only_ruled_out(retrieval, self.retriever)

    def _asked_of(self, understood: Understanding) -> Sequence[Document]:
        """The documents that a question names, else those of its places; all where it names none."""
        documents = self.retriever.index.documents
        if understood.documents:
            return [d for d in documents if d.id in understood.documents]
        return [d for d in documents if d.area in understood.areas] or documents

    def _is_sure(self, retrieval: Retrieval, ask: Asking) -> bool:
        # What a unit is in charge of, and where a name stands, is told by it, however sure the search.
        in_charge = any(h.signals.get("charge") == 1 for h in retrieval.hits)
        if ask.list_all and (in_charge or is_told_by_name(retrieval)):
            return True
        lister = Lister(self.retriever)
        if ask.list_all and lister.is_told_by_caps(retrieval):
            return True
        if self._corrects(retrieval):
            return True
        sure = confidence(retrieval, self.retriever)
        # Dates, papers and steps are all left to one clause.
        few = ask.deadline or ask.procedure or _STEPS.search(retrieval.understanding.text)
        if sure >= (self.threshold / 2 if few else self.threshold):
            return True
        if not retrieval.hits:
            return False
        if ask.compare and self._holds_each_side(retrieval):
            return True
        if ask.list_all or retrieval.hits[0].signals.get("row"):
            # Of a list or a table, what its lead says counts too.
            whole = led(retrieval, self.retriever)
            return confidence(whole, self.retriever) >= self.threshold
        return sure >= self.threshold / 2 and (
            _quotes(retrieval)
            or self._is_of_its_kind(retrieval)
            or self._names_what_it_is_called(retrieval)
        )

    def _holds_each_side(self, retrieval: Retrieval) -> bool:
        """Whether each of two documents or places compared is likely to hold what is asked of it."""
        understood = retrieval.understanding
        sides = retrieval.sides if len(understood.documents or understood.areas) > 1 else ()
        chances = [confidence(side, self.retriever) for side in sides]
        return bool(chances) and min(chances) >= _OF_A_SIDE * self.threshold

    def _corrects(self, retrieval: Retrieval) -> bool:
        """Whether a question goes on from a figure (这40%要哪些发票) that the clause for the rest of
        it states otherwise: that is to be said, whatever is asked beside it."""
        rest = without_taken(retrieval.query.text)
        if not rest:
            return False
        found = self.retriever.retrieve(replace(retrieval.query, text=rest, sides=False))
        if not found.hits or not retrieval.hits:
            return False
        first = retrieval.hits[0].passage
        same = found.hits[0].passage.address == first.address
        wrong = same and is_false_premise(retrieval.understanding.text, first.text, False)
        if not wrong or confidence(found, self.retriever) < self.threshold:
            return False
        return features(found, self.retriever)["own_coverage"] >= _ON_IT

    def _names_what_it_is_called(self, retrieval: Retrieval) -> bool:
        """Whether some clause names support by the word that only it is called by (贴息)."""
        word = called_by(retrieval)
        return word is not None and bool(naming(word, retrieval, self.retriever))

    def _is_of_its_kind(self, retrieval: Retrieval) -> bool:
        """Whether an amount that the question states goes into a measure, by what it is called."""
        worked = worked_out(retrieval, self.retriever)
        return worked is not None and worked.calculation.result is not None


def _quotes(retrieval: Retrieval) -> bool:
    """Whether the first clause holds a name that the question puts in quotation marks."""
    names = _QUOTED.findall(retrieval.query.text)
    return bool(names) and all(name in retrieval.hits[0].passage.text for name in names)


def _asks_for_its(place: str, question: str) -> bool:
    """Whether a question is on the policy of a place, or on what its government gives: 巴南那个生物医药政策，
    二期补多少; 四川省里最高给多少.

    >>> _asks_for_its("巴南", "巴南那个政策，二期补多少"), _asks_for_its("巴南", "巴南政策没有的补多少")
    (True, False)
    >>> _asks_for_its("四川", "四川省里最高给多少"), _asks_for_its("四川", "四川大学的团队补多少")
    (True, False)
    """
    kinds = "政策|办法|措施|意见|规定|细则|条例|方案"
    own = rf"{re.escape(place)}[^，,。；？?]{{0,16}}(?:{kinds})(?=[，,里中对给规]|$)"
    there = rf"{re.escape(place)}[省市县区州]?(?:里|财政|政府)"
    return re.search(f"{own}|{there}", question) is not None


def _is_paper(name: str, retrieval: Retrieval) -> bool:
    """Whether what a question names in title marks is no policy but a paper that a clause found
    speaks of: 《进口药品通关单》."""
    bare = name.strip("《》")
    spoken = any(bare in hit.passage.text for hit in retrieval.hits[:_NEAREST])
    return spoken and bare != name and not _POLICY.search(bare)
