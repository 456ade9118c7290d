"""All clauses that a question for a list asks for: by figure, unit in charge, measure, or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.entitlements.quantities import MONEY, find_quantities
from indexer.lexical import terms
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.checks import squeeze

__all__ = ["LONGEST_LIST", "Lister"]

#: Clauses in the answer to a question for a list.
LONGEST_LIST = 10
_LOOKED_AT = 50
_MONEY = re.compile(r"给钱|奖励|奖金|补贴|补助|资助|贴息|真金白银|拿的?钱|资金支持|掏钱|领钱")
_NO_FIGURE = re.compile(
    r"(?:没|未|不)\S{0,3}(?:写|说|给|明确|列)\S{0,3}(?:数额|金额|多少|标准|数字|额度)"
)
_CAP = re.compile(r"封顶|上限|最[高多]|不超过|顶格")
_RECIPIENT = re.compile(r"[一每单]\S?(?:家|个)?(?:企业|公司|单位|机构|医院)")
#: A clause is on the same matter where it holds this share of what the best one has of the question.
_ALIKE = 0.72
#: The best clause must hold this share of the question for others to be measured by it.
_TELLING = 0.35


@dataclass(frozen=True, slots=True)
class Lister:
    """Finds what belongs on a list, the best first."""

    retriever: Retriever

    def listed(self, retrieval: Retrieval) -> list[Hit]:
        """All clauses asked for; none where the question gives nothing to tell them by."""
        deeper = self.retriever.retrieve(replace(retrieval.query, k=_LOOKED_AT)).hits
        found = self._in_charge(retrieval, deeper) or self._with_figures(retrieval, deeper)
        no_figure = _NO_FIGURE.search(retrieval.query.text)
        if no_figure or _MONEY.search(retrieval.understanding.text):
            measures = self._measures(found or deeper, retrieval)
            found = measures if found or no_figure else found
        found = found or self._sisters(retrieval, deeper) or self._alike(retrieval, deeper)
        return found[:LONGEST_LIST]

    def _in_charge(self, retrieval: Retrieval, deeper: Sequence[Hit]) -> list[Hit]:
        """Those that a unit named is in charge of (市药监局牵头的有哪几条)."""
        if not any(hit.signals.get("charge") == 1 for hit in retrieval.hits):
            return []
        return [hit for hit in deeper if hit.signals.get("charge") == 1]

    def _with_figures(self, retrieval: Retrieval, deeper: Sequence[Hit]) -> list[Hit]:
        """Those with the figures that the question names (封顶500万的有哪些)."""
        question = retrieval.understanding.text
        wanted = _figures_asked(question)
        if wanted and _CAP.search(question):
            capped = [hit for hit in deeper if self._capped(hit, question)]
            if capped:
                return capped
        return [hit for hit in deeper if wanted and _holds(squeeze(hit.passage.text), wanted)]

    def _capped(self, hit: Hit, question: str) -> bool:
        """Whether a measure of a clause has the very cap that is asked for, of its very scope."""
        asked = {q.value for q in find_quantities(question) if q.unit == MONEY}
        a_year = bool(re.search(r"一年|每年|年度", question))
        a_recipient = bool(_RECIPIENT.search(question))
        return any(
            cap.quantity.value in asked
            and (not a_year or cap.yearly)
            and (not a_recipient or cap.scope == "recipient")
            for row in self.retriever.index.measures(hit.passage.address)
            for cap in row.caps
        )

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
        """The items of the one list that the best clauses are of."""
        first = retrieval.hits[0]
        if first.signals.get("listed") != 1:
            return []
        parent = first.passage.address.path.parent
        document = first.passage.address.document
        return [
            hit
            for hit in deeper
            if hit.passage.address.document == document
            and hit.passage.address.path.parent == parent
            and hit.signals.get("listed") == 1
        ]

    def _alike(self, retrieval: Retrieval, deeper: Sequence[Hit]) -> list[Hit]:
        """Those that hold about as much of the question as the best one does."""
        matter = terms(self.retriever.vocabulary.matter(retrieval.understanding.text))
        best = retrieval.hits[0].passage
        if self.retriever.coverage(matter, best.text) < _TELLING:
            return []
        there = set(terms(best.text))
        own = [term for term in matter if term in there]
        return [hit for hit in deeper if self.retriever.coverage(own, hit.passage.text) >= _ALIKE]


def _figures_asked(question: str) -> tuple[str, ...]:
    """The amounts and rates that a question itself names, as clauses write them."""
    text = re.sub(r"20\d{2}\s*年|\d+\s*号", " ", question)
    return tuple(re.findall(r"\d+(?:\.\d+)?\s*(?:%|万|亿)", text))


def _holds(text: str, wanted: Sequence[str]) -> bool:
    """Whether a text holds all amounts; 500万 does not stand in 1500万元."""
    return all(re.search(rf"(?<![\d.]){re.escape(squeeze(amount))}", text) for amount in wanted)
