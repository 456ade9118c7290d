"""Choose the clauses that answer, and in each the sentences that do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.lexical import terms
from indexer.passages import sentences
from retriever.giving_way import holds_nothing_beside, only_leads
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.answer import Claim
from server.asking import AMOUNT, Asking, asking
from server.called import called_by, naming
from server.counted_list import counted_list
from server.definitions import defining
from server.each_named import all_counted, said_of_each
from server.each_side import Sides
from server.listing import Lister
from server.no_support import only_speaks_of
from server.pieces import (
    announced,
    between,
    ended,
    left_out_behind,
    limits,
    row_said,
    runs,
    tiers_beside,
)
from server.placing import in_place, of_one_place, of_place
from server.sisters import of_heading_asked, of_other_measures
from server.steps import tells_steps
from server.supporting import supporting

__all__ = ["Chooser"]

#: A clause up to so many characters is stated whole; where a figure is asked for, which its other
#: sentences may have too, up to so many.
_SHORT, _WITH_FIGURES = 320, 160
#: A list of no more clauses states each of them whole.
_FEW = 4
#: A run-in heading (促进中药守正创新。) is no longer.
_HEADING = 24
#: All that somebody gets is asked for, not what one thing gets.
_OF_ALL = re.compile(r"一年|每年|年度|全年|封顶|上限|最[多高]|到顶|合计|一共|总共")
_OF_EACH = re.compile(r"各(?:自|是|为|有|要|给|奖|补|多少|几)|分别")
#: The most that somebody gets.
_MOST = re.compile(r"(?:最[高多]|不超过|上限|封顶)[^，。；]{0,8}?\d[\d.]*+\s*[万亿]?元")
_RECIPIENT = re.compile(r"单[个家]|每[个家]|年度|每年|合计|累计")
_LEFT_OPEN = re.compile(r"依法依规|按(?:有关)?规定|另行|视情况")
_UNITS_IN_CHARGE = re.compile(r"[（(](?:牵头|责任|负责)[^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Chooser:
    """Picks from hits; ``margin`` is how far below the best a second clause may score."""

    retriever: Retriever
    threshold: float
    margin: float = 0.01
    piece_margin: float = 0.06
    amount_margin: float = 0.15

    def clauses(self, retrieval: Retrieval, ask: Asking) -> list[Hit]:
        """Choose the hits to state: the named ones, else the best, and its equals."""
        named = [hit for hit in retrieval.hits if "named" in hit.found_by]
        if named:
            return self._meant(named, retrieval, ask)
        if not retrieval.hits:
            return []
        if alone := self._alone(retrieval, ask):
            return alone
        retrieval = retrieval if ask.compare else of_place(retrieval, self.retriever)
        hits, understood = retrieval.hits, retrieval.understanding
        several = len({side.query.text for side in retrieval.sides}) > 1
        if not several and (defined := defining(hits, understood.text, self.retriever.index)):
            return [defined]
        if counted := counted_list(hits, understood.text, self.retriever.index):
            return counted
        # 哪些补贴…，门槛各是多少 is one question for a list.
        apart = several and not _OF_EACH.search(retrieval.query.text)
        lists = ask.list_all and not ask.compare and not apart
        if lists and (found := Lister(self.retriever).listed(retrieval)):
            held, areas = in_place(found, retrieval, self.retriever), understood.areas
            # What a level above gives holds there too, and comes behind the place's own.
            return sorted(held, key=lambda hit: self.area(hit) not in areas)
        sides = Sides(self.retriever, self.threshold, self.margin)
        if each := sides.clauses(retrieval, ask):
            return each
        support = ask.any_support and not ask.amount
        if support and (measures := supporting(retrieval, self.retriever)):
            return measures
        limit = 5 if ask.list_all else 2
        margin = self.margin * (4 if ask.list_all else 1)
        near = self._near(retrieval, ask, margin)
        if not ask.list_all:
            near = of_one_place(near, retrieval, self.retriever)
            near = of_heading_asked(near, understood.text, self.retriever)
        return near[:limit]

    def _alone(self, retrieval: Retrieval, ask: Asking) -> list[Hit]:
        """The best clause where it tells the steps asked for, or those called as the question says."""
        first, called = retrieval.hits[0], called_by(retrieval)
        if ask.procedure and tells_steps(retrieval.understanding.text, first.passage.text):
            return [first]
        if not called or ask.compare or ask.procedure:
            return []
        return naming(called, retrieval, self.retriever)

    def _near(self, retrieval: Retrieval, ask: Asking, margin: float) -> list[Hit]:
        """The hits about as good as the best one.

        Of these, only those of the place named and that state an amount asked for, if any.
        """
        hits, areas = retrieval.hits, retrieval.understanding.areas
        near = [
            hit
            for hit in hits
            if hit.score >= hits[0].score - margin and (hit is hits[0] or not only_leads(hit))
        ]
        near = in_place(near, retrieval, self.retriever)
        asked, best = retrieval.query.text, hits[0].passage.text
        near = [hit for hit in near if not only_speaks_of(asked, hit.passage.text, best)]
        own = [hit for hit in near if self.area(hit) in areas]
        if own and not self._is_news(hits[0]) and all(map(self._is_news, own)):
            # News on a place does not stand before the policy of the level above on it.
            own = [hits[0]]
        near = [hit for hit in own if not holds_nothing_beside(hit, hits[0])] or near
        if ask.amount and not ask.list_all:
            called = called_by(retrieval)
            near = [hit for hit in near if called and called in hit.passage.text] or near
            near = [hit for hit in near if AMOUNT.search(hit.passage.text)] or near
        return near

    def _is_news(self, hit: Hit) -> bool:
        document = self.retriever.index.document(hit.passage.address.document)
        return document.authority == "informational"

    def area(self, hit: Hit) -> str | None:
        """The place that the document of a clause is of."""
        return self.retriever.index.document(hit.passage.address.document).area

    def _meant(self, named: list[Hit], retrieval: Retrieval, ask: Asking) -> list[Hit]:
        """Of clauses with the same number in several documents, those the other words fit."""
        understood = retrieval.understanding
        if ask.lookup or understood.documents or understood.areas:
            return named
        best = max(hit.score for hit in named)
        return [hit for hit in named if hit.score >= best - self.margin]

    def claims(self, hit: Hit, retrieval: Retrieval, ask: Asking, listed: int = 1) -> list[Claim]:
        """State the sentences of a clause that answer, each run of neighbours as one claim.

        ``listed`` is of how many clauses on a list it is one.
        """
        address, text = hit.passage.address, hit.passage.text
        if "\t" in text:
            return [Claim(row_said(text, hit.passage.context), address, text)]
        pieces = sentences(text)
        if ask.lookup or not pieces or tells_steps(retrieval.understanding.text, text):
            return [Claim(ended(text), address, text)]
        kept = self._kept(hit, pieces, retrieval, ask)
        if not (ask.compare or ask.list_all):
            kept = sorted({*kept, *self._of_sides(hit, pieces, retrieval)})
        several = ask.list_all and len(self.retriever.index.measures(address)) > 1
        if listed > 1 or several:
            kept = self._of_list(hit, pieces, kept, listed)
        claims = []
        for run in runs(kept):
            quote = between(text, pieces[run[0]], pieces[run[-1]])
            claims.append(Claim(ended(quote), address, quote))
        return claims

    def _of_sides(self, hit: Hit, pieces: Sequence[str], retrieval: Retrieval) -> set[int]:
        """The sentences for each of several questions in one breath that one clause answers best.

        最高能贷多少，贴息到多少 asks two things, and one sentence is much more like one of them.
        """
        sides = [side for side in retrieval.sides if side.hits]
        if len({side.query.text for side in sides}) < 2 or len(sides) != len(retrieval.sides):
            return set()
        if any(side.hits[0].passage.address != hit.passage.address for side in sides):
            return set()
        return {
            piece
            for side in sides
            for piece in self._kept(side.hits[0], pieces, side, asking(side.understanding.text))
        }

    def _of_list(
        self, hit: Hit, pieces: Sequence[str], kept: Sequence[int], listed: int
    ) -> list[int]:
        """In a list each clause says what it is: its run-in heading, or all of a short list's.

        A measure of support says its figures. Who is in charge need not be said once more.
        """
        spoken = [i for i, p in enumerate(pieces) if not _UNITS_IN_CHARGE.fullmatch(p)]
        if listed <= _FEW:
            return spoken
        figures_of = [
            q.span.text
            for row in self.retriever.index.measures(hit.passage.address)
            for q in (row.rate, row.amount, *(cap.quantity for cap in row.caps))
            if q
        ]
        said = {i for i in spoken if any(text in pieces[i] for text in figures_of)}
        said |= {0} if len(pieces[0]) <= _HEADING else set()
        return sorted(said | (set(kept) & set(spoken))) or spoken

    def _kept(
        self, hit: Hit, pieces: Sequence[str], retrieval: Retrieval, ask: Asking
    ) -> list[int]:
        spoken = [i for i, p in enumerate(pieces) if ask.unit or not _UNITS_IN_CHARGE.fullmatch(p)]
        # The question of a question-and-answer page states nothing.
        spoken = [i for i in spoken if not pieces[i].rstrip().endswith(("？", "?"))] or spoken
        short = _WITH_FIGURES if ask.amount or ask.figure else _SHORT
        if sum(len(pieces[i]) for i in spoken) <= short:
            return spoken
        scores = self._scores(hit, pieces, retrieval, ask)
        best = max(spoken, key=lambda i: scores[i])
        kept = {i for i in spoken if scores[i] >= scores[best] - self.piece_margin}
        kept = set(sorted(kept, key=lambda i: -scores[i])[:3])
        if ask.amount or ask.compare:
            kept |= limits(pieces, self._with_amount(pieces, scores, best), spoken)
            kept -= of_other_measures(
                hit, pieces, retrieval.understanding.text, best, self.retriever
            )
            if _OF_ALL.search(retrieval.understanding.text):
                kept |= self._capping(hit, pieces) & set(spoken)
        # One short sentence left out between two that are kept would read as if it were not there.
        kept |= {
            i for i in spoken if {i - 1, i + 1} <= kept and len(pieces[i]) <= _WITH_FIGURES // 2
        }
        beside = (
            announced(pieces, kept) | left_out_behind(pieces, kept) | tiers_beside(pieces, kept)
        )
        kept |= beside & set(spoken)
        question = retrieval.understanding.text
        kept |= (said_of_each(question, pieces) | all_counted(question, pieces)) & set(spoken)
        if ask.unit:
            kept |= {i for i, piece in enumerate(pieces) if _UNITS_IN_CHARGE.search(piece)}
        return sorted(kept)

    def _capping(self, hit: Hit, pieces: Sequence[str]) -> set[int]:
        """The sentences that say what all of a recipient's support comes to."""
        rows = self.retriever.index.measures(hit.passage.address)
        caps = [cap for row in rows for cap in row.caps if cap.scope == "recipient"]
        texts = {cap.quantity.span.text for cap in caps}
        return {
            i
            for i, piece in enumerate(pieces)
            if _RECIPIENT.search(piece) and any(text in piece for text in texts)
        }

    def _with_amount(self, pieces: Sequence[str], scores: Sequence[float], best: int) -> int:
        """The sentence of the amount: the best one, or the one right behind it that goes on.

        A measure often names its subject in one sentence and its amount in the next. One that
        leaves its amount open (依法依规给予奖励) has none to look for.
        """
        after = best + 1
        if AMOUNT.search(pieces[best]) or _LEFT_OPEN.search(pieces[best]) or after >= len(pieces):
            return best
        near = scores[after] >= scores[best] - self.amount_margin
        return after if near and AMOUNT.search(pieces[after]) else best

    def _bonus(self, piece: str, ask: Asking) -> float:
        """A sentence with a figure answers a question for one rather than one without."""
        if ask.amount:
            most = ask.most and _MOST.search(piece)
            return (0.06 if AMOUNT.search(piece) else 0.0) + (0.06 if most else 0.0)
        return 0.04 if ask.figure and re.search(r"\d", piece) else 0.0

    def _scores(
        self, hit: Hit, pieces: Sequence[str], retrieval: Retrieval, ask: Asking
    ) -> list[float]:
        likeness = self.likeness(hit, pieces, retrieval)
        return [own + self._bonus(p, ask) for own, p in zip(likeness, pieces, strict=True)]

    def likeness(self, hit: Hit, pieces: Sequence[str], retrieval: Retrieval) -> list[float]:
        """How much each sentence of a clause is on what is asked."""
        vocabulary, latest = self.retriever.vocabulary, retrieval.query.latest
        # Of a follow-up with the question before it, what it says itself.
        own = terms(vocabulary.matter(vocabulary.write_out(latest)))
        matter = own or terms(vocabulary.matter(retrieval.understanding.text))
        dense = hit.pieces if len(hit.pieces) == len(pieces) else (0.0,) * len(pieces)
        return [
            similarity + 0.3 * self.retriever.coverage(matter, piece)
            for similarity, piece in zip(dense, pieces, strict=True)
        ]
