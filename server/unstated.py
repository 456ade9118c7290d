"""What the clauses on the matter leave open: told by the sentence that is on it, and its values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from indexer.lexical import terms
from indexer.passages import sentences
from retriever.penalties import BY_RULE
from retriever.query import Hit, Retrieval
from server.answer import Claim
from server.asked_noun import says_it_of
from server.asking import Asking
from server.choose import Chooser
from server.later_text import left_to_later_text, says_how_later
from server.left_to_cases import gives_openly, left_open
from server.no_support import GIVES
from server.on_the_matter import Sentence, is_heading, lead_of, score
from server.pieces import quoted
from server.placing import beside_it, found_there
from server.sisters import is_next_paragraph
from server.wanted import (
    HANDED_ON,
    LEFT_OPEN,
    asks_for_contents,
    divides_a_range,
    enumerates,
    has_figure,
    is_left_open,
    is_yet_to_come,
    means_those_before,
    states,
    wanted,
)

__all__ = ["Unstated"]

#: Clauses that score this much less than the best are on the matter too.
_NEAR = 0.02
#: A sentence without a value is on the matter, and one with a value on another, this far apart.
_APART = 0.08
#: …where the latter holds at most this share of what the former holds of the question.
_SHARE = 0.5
_TIMES = ("span", "day", "frequency")
#: As much of what the other sentences say nothing of is held.
_REST = 0.15
#: A sentence that says where the value stands is meant, this little behind the best one.
_BEHIND = 0.12
#: …or this far before the one with a value.
_BEFORE = 0.03
#: What leaves the value open is meant, this far before one with a value.
_OPEN = 0.02
#: …or this far, with a value of just what is asked about.
_TOLD = 0.15
#: …or so little behind it, where it holds more of the question.
_LITTLE = 0.05
#: Clauses as good as the best one to show what a list is said of.
_EQUAL = 0.01


@dataclass(frozen=True)
class Unstated:
    """Whether clauses leave open what a question asks, and the statements that say so."""

    chooser: Chooser
    retrieval: Retrieval
    ask: Asking

    def found(self, hits: Sequence[Hit], claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """The statements that leave open what was asked; none where it is stated.

        ``hits`` are the clauses chosen to answer and ``claims`` what they say.
        """
        # A penalty that names its rule shares no word with what is asked.
        if not claims or BY_RULE in self.retrieval.hits[0].found_by:
            return ()
        index = self.chooser.retriever.index
        if self.ask.deadline or self.ask.procedure:
            own = found_there(self.retrieval, claims, index)
            claims = [c for hit in own for c in self._stated(hit)] or claims
            return left_to_later_text(own or hits, claims, self.ask, index.readings)
        if divided := [c for c in claims if divides_a_range(self._question, c.quote)]:
            return tuple(divided)
        near = {s.text: s.hit.passage.address for s in sorted(self._near, key=score, reverse=True)}
        if later := says_how_later(self._question, near.items()):
            return (later,)
        if self.ask.compare:
            return self._without_a_figure(claims)
        if left := left_open(self._question, claims, near, index, self._held):
            return left
        if asks_for_contents(self._question):
            return self._without_its_contents()
        kind = wanted(self._question)
        listed = self.ask.list_all and kind != "judges"
        if listed or kind is None or not self._near:
            return self._without_a_figure(claims)
        return self._without_a_value(kind, claims)

    def elsewhere(self, claims: Sequence[Claim]) -> Hit | None:
        """The clause that states the value, where those chosen do not and it is as near."""
        kind = wanted(self._question)
        ask, named = self.ask, self.retrieval.understanding.addresses
        more = ask.lookup or ask.compare or ask.list_all or ask.deadline or ask.procedure
        if more or named or kind is None or not claims or not self._near:
            return None
        stated = any(states(claim.quote, kind, self._question) for claim in claims)
        if stated or HANDED_ON.search(claims[0].quote) or self._is_given_openly(claims[0]):
            return None
        name, retriever = claims[0].address.document, self.chooser.retriever
        # A time in another document of the place is that of something else.
        beside = () if kind in _TIMES else beside_it(name, self.retrieval, retriever)
        valued = [
            sentence
            for hit in self.retrieval.hits
            if hit.passage.address.document in (name, *beside)
            for sentence in self._sentences(hit)
            if states(sentence.text, kind, self._question)
        ]
        best = max(self._near, key=score)
        # What says it of just what is asked about is meant before what is only more alike.
        told = [s for s in valued if s.score >= best.score - _TOLD and self._says_it(s, kind)]
        found = max(told or valued, key=score, default=None)
        near = found and (found in told or found.score >= best.score - _BEFORE)
        return found.hit if found and near else None

    def _is_given_openly(self, claim: Claim) -> bool:
        """Whether the sentence most on the matter is of a statement, and gives 依法依规, or so."""
        best = max(self._near, key=score)
        others = (self._held(s.text) for s in self._near if s.hit != best.hit)
        most = self._held(best.text) > max(others, default=0.0)
        return most and gives_openly(best.text) and best.hit.passage.address == claim.address

    def with_its_value(self, claims: list[Claim]) -> list[Claim]:
        """The statements, before them the sentence of their clause with the time asked for, where
        other sentences are more like the question and that one holds what they do not."""
        kind = wanted(self._question)
        asks_more = self.ask.lookup or self.ask.compare or self.ask.list_all
        if kind not in _TIMES or asks_more or not claims or not self._near:
            return claims
        if any(states(claim.quote, kind, self._question) for claim in claims):
            return claims
        best = max(self._near, key=score)
        valued = [s for s in self._near if states(s.text, kind, self._question)]
        meant = (s for s in valued if self._holds_the_rest(best, s) or self._says_it(s, kind))
        found = max(meant, key=score, default=None)
        if found is None or found.hit.passage.address != claims[0].address:
            return claims
        return [quoted(found.text.strip(), found.hit.passage.address), *claims]

    def stated_first(self, claims: list[Claim]) -> list[Claim]:
        """The statements, those with a value of the kind that is asked for before the others."""
        kind = wanted(self._question)
        if kind is None or self.ask.lookup or self.ask.compare or self.ask.list_all:
            return claims
        return sorted(claims, key=lambda claim: not states(claim.quote, kind, self._question))

    @cached_property
    def _question(self) -> str:
        return self.retrieval.understanding.text

    @cached_property
    def _near(self) -> list[Sentence]:
        """The sentences of the clauses on the matter, each with how much it is on it."""
        hits, areas = self.retrieval.hits, self.retrieval.understanding.areas
        near = [hit for hit in hits if hit.score >= hits[0].score - _NEAR]
        near = [hit for hit in near if self.chooser.area(hit) in areas] or near
        return [sentence for hit in near for sentence in self._sentences(hit)]

    def _says_it(self, sentence: Sentence, kind: str) -> bool:
        return kind in _TIMES and says_it_of(sentence.text, self._question, kind)

    def _sentences(self, hit: Hit) -> list[Sentence]:
        pieces = sentences(hit.passage.text)
        scores = self.chooser.likeness(hit, pieces, self.retrieval)
        found = [Sentence(hit, p, s) for p, s in zip(pieces, scores, strict=True)]
        return found[1:] if len(found) > 1 and is_heading(pieces[0]) else found

    def _without_a_value(self, kind: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """Where no statement has a value of the kind, or only one on something else has."""
        best = [claim for claim in claims if claim.address == claims[0].address]
        stated = any(states(claim.quote, kind, self._question) for claim in best)
        left = any(LEFT_OPEN.search(claim.quote) for claim in best) and not any(
            is_next_paragraph(claim.address, claims[0].address)
            for claim in claims
            if states(claim.quote, kind, self._question)
        )
        others = any(states(claim.quote, kind, self._question) for claim in claims)
        elsewhere = self._on_something_else(kind)
        if (stated or (others and not left)) and not elsewhere:
            return ()
        if all(s.hit.passage.address != claims[0].address for s in self._near):
            return tuple(claims)
        meant = self._meant(kind)
        if elsewhere and (shown := tuple(self._without_values(meant, kind))):
            return shown
        own = tuple(c for c in claims if c.address == meant.passage.address)
        return own or self._stated(meant)

    def _without_values(self, hit: Hit, kind: str) -> Iterator[Claim]:
        """The sentences on the matter, without those whose values are of something else."""
        found = [s for s in self._near if s.hit.passage.address == hit.passage.address]
        open_ones = [s for s in found if not states(s.text, kind, self._question)]
        best = max(map(score, open_ones), default=0.0)
        for sentence in open_ones:
            if sentence.score >= best - self.chooser.piece_margin:
                yield quoted(sentence.text, hit.passage.address)

    def _on_something_else(self, kind: str) -> bool:
        """Whether the sentences with a value are far from the one that is on the matter."""
        valued = [s for s in self._near if states(s.text, kind, self._question)]
        # A lead (有下列情形之一的：) states nothing by itself.
        if not valued:
            return False
        whole = [s for s in self._near if not s.text.rstrip().endswith(("：", ":"))]
        best, with_value = max(whole or valued, key=score), max(valued, key=score)
        if kind not in _TIMES and self._leaves_just_that(with_value):
            return True
        if (lead := lead_of(with_value, self._near)) and score(lead) >= score(best):
            return False
        first = self.retrieval.hits[0].passage.address
        here = (s for s in self._near if s.hit.passage.address == first and s not in valued)
        leaves = [s for s in here if is_left_open(s.text)]
        if leaves and (open_one := max(leaves, key=score)).score >= with_value.score + _OPEN:
            best = open_one
        elif best.score - with_value.score < _APART or means_those_before(best.text):
            return False
        # A clause found before the one that is more alike in a sentence is on the matter too.
        sooner = with_value.hit.passage.address == first != best.hit.passage.address
        rest = sooner or self._holds_the_rest(best, with_value)
        open_aim = kind in _TIMES or not GIVES.search(best.text)
        if self._says_it(with_value, kind) or (open_aim and rest):
            return False
        return self._held(with_value.text) <= _SHARE * self._held(best.text)

    def _leaves_just_that(self, with_value: Sentence) -> bool:
        """Whether a sentence on something yet to come holds more of the question than the one with
        a value: 轻度, where that is on 重度."""
        held = self._held(with_value.text)
        return any(
            self._held(sentence.text) > held
            for sentence in self._near
            if is_yet_to_come(sentence.text) and sentence.score >= with_value.score - _LITTLE
        )

    def _holds_the_rest(self, best: Sentence, valued: Sentence) -> bool:
        """Whether a sentence of the same clause alone holds what the best one says nothing of.

        急聘信息多久审核完: one sentence says where it is printed, the next within how many days it
        is checked.
        """
        if best.hit.passage.address != valued.hit.passage.address:
            return False
        retriever = self.chooser.retriever
        asked = terms(retriever.vocabulary.matter(self._question))
        known = [term for term in asked if retriever.index.lexical.frequency(term)]
        rest = [term for term in known if not retriever.coverage([term], best.text)]
        others = [s.text for s in self._near if s.hit is valued.hit and s.text != valued.text]
        alone = not any(retriever.coverage(rest, text) for text in others)
        return bool(rest) and alone and retriever.coverage(rest, valued.text) >= _REST

    def _held(self, text: str, asked: str = "") -> float:
        """The share of the question, or of what of it is given, that a text holds."""
        retriever = self.chooser.retriever
        matter = retriever.vocabulary.matter(asked or self._question)
        return retriever.coverage(terms(matter), text)

    def _meant(self, kind: str) -> Hit:
        """The clause that leaves the value open: the one that says where it stands, or the best."""
        best = max(self._near, key=score)
        within = self.retrieval.hits if kind == "price" else [s.hit for s in self._near]
        handed_on = [
            sentence
            for hit in dict.fromkeys(within)
            for sentence in self._sentences(hit)
            if HANDED_ON.search(sentence.text) and sentence.score >= best.score - _BEHIND
        ]
        return max(handed_on, key=score).hit if handed_on else best.hit

    def _without_its_contents(self) -> tuple[Claim, ...]:
        """Where no clause on the matter says what stands on the list."""
        near = {s.hit.passage.address: s.hit for s in self._near}
        if not near or any(
            "\t" in h.passage.text or enumerates(h.passage.text) for h in near.values()
        ):
            return ()
        best = max(self._near, key=score).score
        meant = dict.fromkeys(s.hit for s in self._near if s.score >= best - _EQUAL)
        return tuple(claim for hit in meant for claim in self._stated(hit))

    def _without_a_figure(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        if not self.ask.amount or any(has_figure(claim.quote) for claim in claims):
            return ()
        return tuple(c for c in claims if c.address == claims[0].address)

    def _stated(self, hit: Hit) -> tuple[Claim, ...]:
        ask = replace(self.ask, amount=False, list_all=False)
        return tuple(self.chooser.claims(hit, self.retrieval, ask))
