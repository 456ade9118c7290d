"""Which figures of a document are for the case of a question: its kinds, its cost, who it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.lexical import terms
from server.sums.clause_figures import Figure
from server.sums.facets import conflict, facets_of
from server.sums.facts import Fact
from server.sums.likeness import Likeness

__all__ = ["CaseChoice"]

#: A kind of cost is meant where as much of its name is said, and another is so much less.
_MEANT, _APART = 0.3, 0.12
#: Says where somebody is cared for, or by which insurance, not what for: 机构护理, 护理保险.
_PLACE_OF_CARE = re.compile(r"(?:机构|居家|住院|上门)护理(?!费)|护理(?=保险|院|机构|站|员)")


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """Chooses the figures for the case of a question."""

    likeness: Likeness
    question: str
    cost: Fact

    @property
    def _asked(self) -> Mapping[str, frozenset[str]]:
        return facets_of(self.question)

    def fits(self, figure: Figure) -> bool:
        """Whether nothing that the question says excludes a figure."""
        return not conflict(self._asked, figure.facets)

    def of_kind(self, figures: Sequence[Figure]) -> list[Figure]:
        """The figures on the kind of cost that is asked for; none where the words do not tell."""
        kinds = {kind for figure in figures for kind in figure.costs}
        # What is rented is used. The last word of a name says what it is: 照料, 评估, 使用.
        said = _PLACE_OF_CARE.sub(" ", re.sub("租", "租使用", self.question))
        kinds = {kind for kind in kinds if kind[-2:] in said}
        if not kinds:
            return self.unnamed(figures) or self._of_the_place(figures)
        if len(kinds) == 1:
            return [figure for figure in figures if kinds & figure.costs]
        worth = {kind: self._worth(kind) for kind in kinds}
        best = max(kinds, key=worth.__getitem__)
        near = {kind for kind in kinds if worth[best] - worth[kind] < _APART}
        # 低保对象住院医疗 and 特困人员住院医疗 are one kind of cost for two kinds of persons.
        if worth[best] < _MEANT or len({kind[-2:] for kind in near}) > 1:
            return []
        return [figure for figure in figures if near & figure.costs]

    def _of_the_place(self, figures: Sequence[Figure]) -> list[Figure]:
        """The figures whose own words name the place of care that is asked for, where they are on
        one kind of cost: 机构护理发生的生活照料费用."""
        asked = self._asked.get("care", frozenset())
        found = [f for f in figures if asked & facets_of(f.head + f.own).get("care", frozenset())]
        kinds = {kind for figure in found for kind in figure.costs}
        return found if len(kinds) == 1 else []

    def unnamed(self, figures: Sequence[Figure]) -> list[Figure]:
        """The figures on no cost by name whose own words the question says."""
        share = self.likeness.share
        return [
            f
            for f in figures
            if not f.costs and max(share(w, self.question) for w in (f.head, f.own)) >= _MEANT
        ]

    def _worth(self, kind: str) -> float:
        """How much of the name of a kind of cost is said, first of all beside the cost."""
        words, question = (re.sub("租", "租使用", t) for t in (self.cost.words, self.question))
        return self.likeness.share(kind, words) + 0.5 * self.likeness.share(kind, question)

    def told(self, figures: Sequence[Figure]) -> list[Figure]:
        """The figures of the case that the question names by words of its own, else all."""
        if len({figure.value for figure in figures}) < 2:
            return list(figures)
        shared = set.intersection(*(set(terms(_case_words(f))) for f in figures))
        worth = []
        for figure in figures:
            own = [t for t in terms(_case_words(figure)) if t not in shared]
            covered = self.likeness.retriever.coverage(own, self.question) if own else 0.0
            worth.append(covered)
        best = max(worth)
        near = [f for f, value in zip(figures, worth, strict=True) if best - value < _APART]
        return near if best >= _MEANT else list(figures)

    def kinds_open(self, figures: Sequence[Figure]) -> list[str]:
        """Between which kinds the question must choose: those that only some figures are for."""
        if len({figure.value for figure in figures}) < 2:
            return []
        asked = []
        for group in dict.fromkeys(g for f in figures for g in f.facets):
            named = [f.facets.get(group, frozenset()) for f in figures]
            values = sorted({value for own in named for value in own})
            if group not in self._asked and len(values) > 1 and len(set(named)) > 1:
                asked.append(f"您说的是哪一种：{'，还是'.join(values)}？")
        return asked

    def cases_open(self, figures: Sequence[Figure]) -> tuple[str, ...]:
        """Between which cases it must choose where no kinds tell the figures apart."""
        if len({figure.value for figure in figures}) < 2:
            return ()
        cases = list(filter(None, dict.fromkeys(_case_words(f) for f in figures)))
        if len(cases) < 2:
            return ()
        return (f"您说的是哪一种：{'，还是'.join(cases)}？",)


def _case_words(figure: Figure) -> str:
    """The words right before a figure that say for which case it is: 低保对象按 is 低保对象."""
    parts = re.split(r"[，,、；]", re.split(r"[：:]", figure.own)[-1].strip("，,、；"))
    words = parts[0 if figure.own == figure.head else -1]
    return re.sub(r"(?:由[^，]{0,10})?(?:按照?|为|是)?$", "", words)
