"""The clauses of what a question sets side by side: texts, places, versions, two things of one text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retriever.confidence import confidence
from retriever.parts import asking_parts
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.asking import AMOUNT, Asking
from server.compared_clauses import compared_clauses
from server.compared_versions import asks_for_versions, compared_versions
from server.placing import of_one_place

__all__ = ["Sides"]

_SUPPORT = re.compile(
    r"奖|补[贴助]|资助|支持|扶持|[给补发](?:得|的?多(?![久长])|钱|几(?![天日年个]))"
)

#: The whole question has found a clause too that scores so many margins less than its best.
_FOUND = 3


@dataclass(frozen=True, slots=True)
class Sides:
    """Picks a clause for each side; ``margin`` is how far below the best one may score that is as
    good, ``threshold`` how likely an answer must be."""

    retriever: Retriever
    threshold: float
    margin: float

    def clauses(self, retrieval: Retrieval, ask: Asking) -> list[Hit]:
        """The clauses of what a question sets side by side; none where it does not."""
        versions = asks_for_versions(retrieval.understanding.text)
        if versions and (both := compared_versions(retrieval, self.retriever, self.margin)):
            return both
        if retrieval.sides:
            each = self._one_each(retrieval, ask)
        elif ask.compare:
            each = compared_clauses(retrieval, self.retriever.index, self.margin)
        else:
            return []
        return of_one_place(each, retrieval, self.retriever)

    def _one_each(self, retrieval: Retrieval, ask: Asking) -> list[Hit]:
        """The best hit of each side: documents named, else places, else questions in one breath.

        Two places named without a word of comparing need not be two sides (市级审批程序 in a
        question on 高新区): then a side counts only if it is about as good as the best. In a
        comparison, and as a question, it counts if it is likely to hold the answer at all: half as
        likely as an answer must be where it is compared, for the search was held to that side, and
        where the whole question found its clause too.
        """
        sides = retrieval.sides
        found = [side for side in sides if side.hits]
        best = max((side.hits[0].score for side in found), default=0.0)
        asked = ask.compare or len({side.query.text for side in sides}) > 1
        asked = asked or self._asks_each(retrieval)
        kept = [
            self._measure(side) if ask.compare else side.hits[0]
            for side in found
            if side.hits[0].score >= best - 2 * self.margin
            or (asked and confidence(side, self.retriever) >= self._likely(side, retrieval, ask))
        ]
        ordered = sorted(kept, key=lambda hit: -hit.score)
        return list({hit.passage.address: hit for hit in ordered}.values())

    def _asks_each(self, retrieval: Retrieval) -> bool:
        """Whether each of several places has a question of its own: 市里怎么奖，高新区怎么奖."""
        parts, areas = asking_parts(retrieval.understanding.text), retrieval.understanding.areas
        named = [
            {n for n, part in enumerate(parts) if any(w in part for w in self.retriever.spoken(a))}
            for a in areas
        ]
        return len(areas) > 1 and all(map(len, named)) and len(set().union(*named)) >= len(areas)

    def _likely(self, side: Retrieval, retrieval: Retrieval, ask: Asking) -> float:
        """How likely the clause of a side must be to hold its answer."""
        best, first = side.hits[0], retrieval.hits[0]
        both = any(
            hit is not best and hit.score >= first.score - _FOUND * self.margin
            for hit in retrieval.hits
            if hit.passage.address == best.passage.address
        )
        return self.threshold / 2 if ask.compare or both else self.threshold

    def _measure(self, side: Retrieval) -> Hit:
        """The best clause of a side; where support is compared, one that gives some, if near."""
        first = side.hits[0]
        if not _SUPPORT.search(side.query.text):
            return first
        near = (hit for hit in side.hits if hit.score >= first.score - 4 * self.margin)
        return next((hit for hit in near if self._gives(hit)), first)

    def _gives(self, hit: Hit) -> bool:
        """Whether a clause gives support: a measure of its own, or an amount of the list whose lead
        says that it is given (按下列标准给予奖励：)."""
        address, passage = hit.passage.address, hit.passage
        listed = passage.context[-1:] and _SUPPORT.search(passage.context[-1])
        given = listed and passage.context[-1].rstrip().endswith(("：", ":"))
        return bool(
            self.retriever.index.measures(address) or (given and AMOUNT.search(passage.text))
        )
