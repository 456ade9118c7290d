"""The clauses of what a question sets side by side: texts, places, versions, two things of one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retriever.confidence import confidence
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.asking import Asking
from server.compared_clauses import compared_clauses
from server.compared_versions import asks_for_versions, compared_versions
from server.placing import of_one_place

__all__ = ["Sides"]

_SUPPORT = re.compile(r"奖|补[贴助]|资助|支持|扶持|[给补发](?:得|的?多|钱|几)")


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
            each = self._one_each(retrieval.sides, ask)
        elif ask.compare:
            each = compared_clauses(retrieval, self.retriever.index, self.margin)
        else:
            return []
        return of_one_place(each, retrieval, self.retriever)

    def _one_each(self, sides: Sequence[Retrieval], ask: Asking) -> list[Hit]:
        """The best hit of each side: documents named, else places, else questions in one breath.

        Two places named without a word of comparing need not be two sides (市级审批程序 in a
        question on 高新区): then a side counts only if it is about as good as the best. In a
        comparison, and as a question, it counts if it is likely to hold the answer at all: half as
        likely as an answer must be where it is compared, for the search was held to that side.
        """
        found = [side for side in sides if side.hits]
        best = max((side.hits[0].score for side in found), default=0.0)
        asked = ask.compare or len({side.query.text for side in sides}) > 1
        likely = self.threshold / 2 if ask.compare else self.threshold
        kept = [
            self._measure(side) if ask.compare else side.hits[0]
            for side in found
            if side.hits[0].score >= best - 2 * self.margin
            or (asked and confidence(side, self.retriever) >= likely)
        ]
        ordered = sorted(kept, key=lambda hit: -hit.score)
        return list({hit.passage.address: hit for hit in ordered}.values())

    def _measure(self, side: Retrieval) -> Hit:
        """The best clause of a side; where support is compared, one that gives some, if near."""
        first, measures = side.hits[0], self.retriever.index.measures
        if not _SUPPORT.search(side.query.text):
            return first
        near = (hit for hit in side.hits if hit.score >= first.score - 4 * self.margin)
        return next((hit for hit in near if measures(hit.passage.address)), first)
