"""Facts of a question to the measures found: which figure is the base, the count, a threshold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import find_quantities
from server.sums.brackets import are_steps, in_own_bracket, in_tier
from server.sums.clause_meant import clause_meant
from server.sums.drugs import counts_its_drug, is_of_its_drug
from server.sums.each_thing import too_small
from server.sums.excluded import spent_on_left_out
from server.sums.exclusions import excluded
from server.sums.facets import Facets, conflict, facets_of
from server.sums.facts import Fact
from server.sums.kinds import figures_of_row, is_another_payment, of_kind, of_one_list
from server.sums.left_to_pay import bare_beside, unsaid_cut
from server.sums.likeness import Likeness, event_text, own_pieces, row_text
from server.sums.measured_case import of_its_case
from server.sums.of_the_rest import is_not_meant, lacks_its_word
from server.sums.only_thresholds import only_thresholds
from server.sums.role_of import Roles
from server.sums.sides_of_contract import on_other_side
from server.sums.stages import in_stages
from server.sums.unmet import meeting
from server.sums.uses import Matched, Use, counts_apart, in_part, not_in_part, real_ones

__all__ = ["Matcher"]

_ABROAD = re.compile(r"[国境]内外")
_BOTH = re.compile(
    r"委托方[^？?]{1,40}(?:受托方|受委托)|受托方[^？?]{1,40}委托方|[国境]内外|各自|两家|双方|两边|两头|双方|甲乙|委托方和|都能|分别"
)
#: A measure this much like the words of a fact, at least.
_LEAST = 0.12
#: A measure of a clause that does not fit best: as much of its whole occasion is spoken of.
_SPOKEN_WHOLE = 0.3
#: Words of a figure name a measure further down: as much of them, and so much more than the best.
_CALLED, _MORE = 0.3, 0.2
#: Two thresholds this much alike in words are of the same thing.
_SAME_THING = 0.4
#: A second measure of the same clause this near is not told apart by the words.
_NEAR = 0.03
#: What is its own of each of two measures is said by this much.
_BOTH_SAID = 0.25
#: Words around a figure name one of two measures from this difference on.
_BY_ITSELF = 0.5
#: Words that tell the measures of a clause apart, and are all of another one, weigh this much.
_OF_ANOTHER = 0.5
#: A name of letters that one clause alone says (EDA) weighs this much.
_CODED = 0.5


@dataclass(frozen=True, slots=True)
class Matcher:
    """Matches one question with the measures of the clauses found for it.

    ``rows`` pairs each measure with how well its clause fits the question, at most 1. ``latest``
    are the words of a follow-up (那改良型呢): what they name takes the place of what was named before.
    """

    likeness: Likeness
    question: str
    rows: Sequence[tuple[Entitlement, float]]
    latest: str = ""

    def match(self, facts: Sequence[Fact]) -> Matched:
        """Put each fact where its words and its unit fit best."""
        uses: list[Use] = []
        unused: list[Fact] = []
        unclear: list[tuple[Entitlement, ...]] = []
        left_out = spent_on_left_out(facts, self._best_texts())
        for fact in (f for f in facts if f not in left_out):
            ranked = self._not_beside(list(self._uses(fact, facts)))
            ranked.sort(key=lambda use: -use.score)
            ranked = [] if fact.vague and not fact.of_one else ranked
            best = ranked[0] if ranked and ranked[0].score >= _LEAST else None
            if best is None or (best.role == "base" and self._is_of_words(fact, best.row)):
                unused.append(fact)
                continue
            uses += self._shared(best, ranked, facts)
            if best.role in ("base", "count", "unit") and (rows := self._unclear(best, ranked)):
                unclear.append(rows)
        apart = counts_apart(in_part(only_thresholds(uses, self.likeness), facts, self.likeness))
        kept = not_in_part(real_ones(apart), unused, self.likeness)
        small = too_small(kept, facts)
        kept = [use for use in kept if all(use is not own for own, _, _ in small)]
        out = excluded(kept, facts, self.likeness.retriever)
        kept = [use for use in kept if all(use is not one.use for one in out)]
        kept, lacking = meeting(kept, unused, self.likeness.retriever.index)
        found, like = [row for row, _ in self.rows], self.likeness
        kept, unclear = in_own_bracket(in_tier(kept, found, like), found, unclear, like)
        kept, stages = in_stages(kept, found, self.question)
        open_ = [r for r in (*unclear, *stages) if any(r[0] is use.row for use in kept)]
        used = [use.fact for use in kept]
        aside = [u.fact for u in apart if u.fact not in used and u.fact not in unused]
        return Matched(
            tuple(kept),
            tuple(unused),
            tuple(dict.fromkeys(open_)),
            (*aside, *left_out),
            tuple(small),
            tuple((one.use.fact, one.span) for one in out),
            tuple((one.use.fact, one.span) for one in lacking),
        )

    def _text(self, row: Entitlement) -> str:
        return self.likeness.retriever.index.clause(row.address)[1].text

    def _best_texts(self) -> list[str]:
        first = {row.address: row for row, prior in self.rows if prior == 1}
        return [self._text(row) for row in first.values()]

    def _not_beside(self, uses: Sequence[Use]) -> list[Use]:
        """Leave out measures of clauses further down of which the question does not speak.

        It speaks of their occasion or, unless the fact is a threshold of the clause that fits
        best, of their base: a sum over another measure would be one on something else.
        """
        first = clause_meant(self.rows, self._asked(""), self.facets)
        best = {id(row) for row in first}
        bounds = (use for use in uses if use.role == "bound" and id(use.row) in best)
        bounding = any(map(self._is_of_bound, bounds))
        # Where the clause that fits best is on another kind of money, the next one may be meant.
        open_ = bool(best) and not any(id(use.row) in best for use in uses)
        kept = []
        local = {id(use): self.likeness.share(use.fact.words, row_text(use.row)) for use in uses}
        least = max((local[id(use)] for use in uses if id(use.row) in best), default=0.0) + _MORE
        for use in uses:
            base = use.row.base.text if use.row.base and not bounding else ""
            spoken = self.likeness.share(event_text(use.row), self.question)
            spoken = max(spoken, self.likeness.mutual(base, use.fact.words))
            named = (
                open_
                and use.role == "base"
                and of_kind(use.fact.words, use.row.base, self.question)
            )
            # 两个创新药 is no count of what a share of an amount is for.
            named = named or (open_ and use.role == "count" and counts_its_drug(use))
            near = id(use.row) in best or spoken >= _SPOKEN_WHOLE
            # 废水处理设施投了600万 is called so beside what the best clause is for.
            near = near or local[id(use)] >= max(least, _CALLED)
            near = near or bool(self._roles.lettered(use.fact.words, use.row))
            if near or named or is_of_its_drug(use, first):
                kept.append(use)
        return kept

    def _is_of_bound(self, use: Use) -> bool:
        of = [bound.of.text for bound in use.row.bounds if bound.of]
        return any(self.likeness.mutual(text, use.fact.words) > _SAME_THING for text in of)

    def fits(self, row: Entitlement, words: str) -> bool:
        """Whether nothing that some words say excludes a measure."""
        barred = is_not_meant(row, self.sisters(row), self.question) or on_other_side(words, row)
        barred = barred or conflict(self._asked(words), self.facets(row))
        return not barred and of_its_case(row, self.sisters(row), self.question, self._text(row))

    def facets(self, row: Entitlement) -> Facets:
        """The values that the occasion of a measure names; its own go before those that it shares
        with other measures of its clause: 等级1-5级…，其中1-2级."""
        return {**facets_of(event_text(row)), **self.own_facets(row)}

    def own_facets(self, row: Entitlement) -> Facets:
        """The values that tell a measure from the others of its clause; none where it is alone."""
        sisters = self.sisters(row)
        own = own_pieces(row, sisters) if len(sisters) > 1 else ()
        return facets_of(" ".join(span.text for span in own))

    def _asked(self, words: str) -> Facets:
        asked = dict(facets_of(self.question))
        # Of questions that go on with each other, each takes the place of what those before named.
        for part in re.split(r"[?？]", self.question) if self.latest else ():
            asked |= facets_of(part)
        return {**asked, **facets_of(words), **facets_of(self.latest)}

    def _uses(self, fact: Fact, facts: Sequence[Fact]) -> Iterable[Use]:
        for row, prior in self.rows:
            special = lacks_its_word(row, self.sisters(row), fact, facts)
            if special or not self.fits(row, fact.words):
                continue
            about = 0.5 * self._about(fact, row) + 0.5 * prior - 0.4 * self._unsaid(fact, row)
            for role, score in self._roles.of(fact, row, prior, facts):
                if role != "base" or not is_another_payment(fact.words, row):
                    yield Use(fact, row, role, about + score)

    @property
    def _roles(self) -> Roles:
        return Roles(self.likeness, self.question, self.rows)

    def _is_of_words(self, fact: Fact, row: Entitlement) -> bool:
        """Whether a measure of the same clause without any figure (免收房租) is more what a fact
        speaks of."""
        about, bare = self._about(fact, row), bare_beside(row, self.sisters(row))
        if unsaid_cut(row, bare, self.question, self.likeness):
            return True
        return any(self._about(fact, other) > about for other in bare)

    def _about(self, fact: Fact, row: Entitlement) -> float:
        """How much a measure is what the words around the fact, and the question, speak of."""
        text = row_text(row)
        local = self.likeness.share(fact.words, text)
        whole = self.likeness.share(event_text(row), self.question)
        own = self.likeness.share(event_text(row), fact.words)
        sisters = self.sisters(row)
        apart = self.likeness.own(row, sisters, fact.words)
        told = self.likeness.told(row, sisters, fact.words)
        if told is None and not self.latest:
            told = self.likeness.told(row, sisters, self.question)
        other = _OF_ANOTHER * (1 - told) if told is not None else 0.0
        coded = _CODED * self._roles.lettered(fact.words, row)
        return local + 0.6 * whole + 0.6 * own + apart + coded - other

    def _unsaid(self, fact: Fact, row: Entitlement) -> int:
        """How many stages, classes and kinds the words around a fact name, a measure does not,
        and another of those found does."""
        own = facets_of(event_text(row))
        named = facets_of(fact.words)
        return sum(
            name not in own and any(name in facets_of(event_text(r)) for r, _ in self.rows)
            for name in named
        )

    def sisters(self, row: Entitlement) -> list[Entitlement]:
        """The measures of the same clause."""
        return self._roles.sisters(row)

    def _shared(self, best: Use, ranked: Sequence[Use], facts: Sequence[Fact]) -> list[Use]:
        """One fact for two measures of the same base, where the question asks for both; a fact
        that a threshold is about is held against that threshold of every measure."""
        if best.role == "bound":
            # A measure with two thresholds of one unit is ranked for each.
            first = {id(use.row): use for use in reversed(ranked) if use.role == "bound"}
            return [use for use in first.values() if self._bounds_alike(use, best)]
        alone = sum(f.unit == best.fact.unit for f in facts) == 1
        if best.role != "base" or not alone or not _BOTH.search(self.question):
            # Of 委托出去2.1亿，替别人代工6000万 each is of one side.
            return [best]
        base = best.row.base.text if best.row.base else ""
        return [best] + [
            use
            for use in ranked[1:]
            if use.role == "base" and use.row.address == best.row.address
            and use.row.base and use.row.base.text == base
            and use.row.rate and (_ABROAD.search(self.question) or not of_one_list(use.row, best.row))
        ]  # fmt: skip

    def _bounds_alike(self, use: Use, best: Use) -> bool:
        """Whether thresholds of two measures are of the same thing."""
        left, right = ([b.of.text for b in u.row.bounds if b.of] for u in (use, best))
        return any(self.likeness.mutual(a, b) > _SAME_THING for a in left for b in right)

    def _both_spoken(self, one: Entitlement, other: Entitlement) -> bool:
        """Whether the question says what is each one's own of two measures with other figures:
        受影响较大，没裁员 where 不裁员的返还60%，受影响较大的返还80%."""
        pair = (one, other)
        return figures_of_row(one) != figures_of_row(other) and all(
            self.likeness.own(row, pair, self.question) >= _BOTH_SAID for row in pair
        )

    def _told_apart(self, best: Use, other: Entitlement) -> bool:
        """Whether the words around a figure itself name the one measure and not the other: where
        it is the only one of its unit, all that the question says is of it."""
        same = [q for q in find_quantities(self.question) if q.unit == best.fact.unit]
        if len(same) < 2:
            return False
        pair, words = (best.row, other), best.fact.words
        own, others = (self.likeness.told(row, pair, words) for row in pair)
        return own is not None and own - (others or 0) >= _BY_ITSELF

    def _unclear(self, best: Use, ranked: Sequence[Use]) -> tuple[Entitlement, ...]:
        """Measures of one clause between which the question does not choose.

        They differ in a stage, class or kind of which it says nothing, or its words fit both.
        """
        asked = self._asked(best.fact.words)
        own = facets_of(event_text(best.row))
        rivals = []
        for use in ranked:
            row = use.row
            if row is best.row or row.address != best.row.address or use.role != best.role:
                continue
            if use.role == "base" and are_steps(best.row, row, use.fact, self.likeness):
                # The amount tells which of them holds.
                continue
            other = facets_of(event_text(row))
            open_ = [
                g
                for g in own.keys() & other.keys()
                if g not in asked and own[g].isdisjoint(other[g])
            ]
            told = self._told_apart(best, row)
            both = use.role == "base" and not told and self._both_spoken(best.row, row)
            near = best.score - use.score < _NEAR
            if open_ or both or (near and figures_of_row(row) != figures_of_row(best.row)):
                rivals.append(row)
        return (best.row, *rivals) if rivals and not _BOTH.search(self.question) else ()
