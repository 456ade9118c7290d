"""Which measures a sum is made of: those that a fact goes into, those only spoken of, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from indexer.lexical import terms
from server.sums.brackets import in_bracket
from server.sums.capped_each import of_several
from server.sums.classes import is_of_named_sister
from server.sums.excluded import shut_out
from server.sums.facets import facets_of
from server.sums.facts import Fact
from server.sums.kinds import is_another_payment, of_kind
from server.sums.likeness import Likeness, event_text, row_text
from server.sums.matching import Matcher
from server.sums.matching_funds import is_matching
from server.sums.of_the_rest import is_unnamed
from server.sums.one_more import (
    counts_more,
    misses_counted,
    misses_listed,
    more_persons,
    of_two_sides,
    things_added,
    told_elsewhere,
)
from server.sums.persons.listed_persons import counts_listed
from server.sums.ratios import ratio_units
from server.sums.rows import RowSum
from server.sums.said_of import got_too, had_before, persons_of_others, persons_taken, told_alone
from server.sums.second_of_two import is_counted, second_of_two
from server.sums.units import HANDLES, PERSONS, SHARED_UNITS, are_there, in_base, units_of, years_of
from server.sums.uses import Matched, part_beside_whole
from server.sums.workable import is_each
from server.sums.working import Working

__all__ = ["Choice"]

_TOTAL = re.compile(
    r"合计|一共|总共|加起来|加在一起|共[能有可]?[拿多]|总数|总额|满打满算|全年|两[块笔样项]|三[块笔样项]|几[块笔样项]|一起算|到底能|顶格|前后|又|外加|加上|另外还|同时"
)
_RAISED = re.compile(r"提高|放宽|上浮|提升|增加|再|可达|扩大")
#: An occasion is spoken of where the question holds this share of its own words.
_SPOKEN = 0.15
#: An amount of another item of the same article is one of a total where as much of it is said.
_PLAINLY = 0.6
#: One of several levels has a measure on the matter where as much of it is spoken of.
_SPEAKS = 0.1
#: A measure alone in its clause holds this much of the words around a number of persons.
_WORDS_SHARED = 0.12
#: Figures of two years are not added up.
_LAST_YEAR, _THIS_YEAR = re.compile(r"[去上前]一?年"), re.compile(r"今年|本年|当年")
#: An amount that comes again and again.
_OF_EACH = re.compile(r"每[天日月次]|每个月|一[天次]|月租|月付")
_EACH_ONE = re.compile(r"各(?:是|为|有|给|奖|补|自|多少)|分别")


@dataclass(frozen=True, slots=True)
class Choice:
    """Chooses among the measures that a question was matched with."""

    matcher: Matcher
    facts: tuple[Fact, ...]

    @property
    def likeness(self) -> Likeness:
        """How texts are compared."""
        return self.matcher.likeness

    @property
    def question(self) -> str:
        """The question that is asked."""
        return self.matcher.question

    @property
    def rows(self) -> Sequence[tuple[Entitlement, float]]:
        """The measures found; see Matcher."""
        return self.matcher.rows

    def measures(self, matched: Matched) -> list[Entitlement]:
        """The measures that a fact went into, and in a total those that are only spoken of."""
        if not self.facts and _EACH_ONE.search(self.question):
            # What each is (底数各是多少) is a comparison: nothing is added up.
            return []
        own, others = in_bracket([row for row, _ in self.rows], matched.uses, self.likeness)
        stated = [
            row
            for row, _ in self.rows
            if row in own or (row not in others and matched.of(row, "base", "count", "unit"))
        ]
        spoken = self._spoken_beside(stated, others, matched)
        chosen = [row for row, _ in self.rows if row in stated or row in spoken]
        chosen += second_of_two(chosen, self.matcher)
        if chosen and _TOTAL.search(self.question):
            article = chosen[0].address.path.article
            beside = told_elsewhere(chosen, self.matcher, _PLAINLY)
            chosen += [row for row in beside if article.contains(row.address.path)]
        if (things := things_added(self.question)) > len(chosen):
            chosen += told_elsewhere(chosen, self.matcher)
            if things != len(chosen):
                return []
        named = [row for row in chosen if row not in stated and row not in spoken]
        several = [fact for fact in self.facts if fact.value > 1]
        counted = any(is_counted(row, self.matcher, several) for row in named)
        worth = not counted and (bool(own) or self._worth(chosen, matched))
        if (spoken and misses_listed(chosen, self.question, self.likeness)) or not worth:
            return []
        return chosen

    def _spoken_beside(
        self, stated: Sequence[Entitlement], others: Sequence[Entitlement], matched: Matched
    ) -> list[Entitlement]:
        """The measures of the same clauses that are only spoken of."""
        clauses = {row.address for row in stated} or {
            row.address for row, prior in self.rows if prior == 1
        }
        return [
            row
            for row, _ in self.rows
            if row not in stated
            and row not in others
            and not is_counted(row, self.matcher, [fact for fact, _ in matched.unmet])
            and row.address in clauses
            and not self._persons_taken(row, matched)
            and self._only_spoken(row)
        ]

    def _only_spoken(self, row: Entitlement) -> bool:
        """Whether a measure belongs to a total without any figure of its own being stated."""
        units = units_of(row)
        if not row.amount or row.amount.unit.split("/")[0] != MONEY:
            return False
        if any(unit not in SHARED_UNITS for unit in units) or self._unnamed(row):
            return False
        stated = {fact.unit for fact in self.facts}
        if "人次" in stated and {"人", "次"} <= set(units):
            units = (*units, "人次")
        shared = any(unit in units or (unit == "年" and "月" in units) for unit in stated)
        wanted = shared or bool(row.increments) or bool(_TOTAL.search(self.question))
        sisters = self.matcher.sisters(row)
        wanted = wanted or got_too(row, sisters, self.question, self.likeness)
        event, persons = event_text(row), [f for f in self.facts if f.unit == "人"]
        there = any(are_there(f.words, f.written, event) for f in persons)
        meant = not there and (self._spoken(row) or self._handles(row))
        return wanted and meant and self.matcher.fits(row, "")

    def _persons_taken(self, row: Entitlement, matched: Matched) -> bool:
        """Whether the numbers of persons, or the one that is stated, are of other measures for each."""
        if persons_of_others(row, self.matcher.sisters(row), self.facts, self.likeness):
            return True
        share, persons = self.likeness.share, [f for f in self.facts if f.unit == "人"]
        bounds = (u for u in matched.uses if u.role == "bound" and u.fact.unit == "人")
        taken = [use for use in bounds if is_each(use)]
        if not taken or len(persons) != 1 or "人" not in units_of(row):
            return False
        own = share(event_text(row), words := persons[0].words)
        return all(u.row is not row and share(event_text(u.row), words) >= own for u in taken)

    def _unnamed(self, row: Entitlement) -> bool:
        return is_unnamed(row, self.matcher.sisters(row), self.question)

    def _handles(self, row: Entitlement) -> bool:
        """Whether the question counts persons with whom it does what a measure for each person is
        for, and of no sister: 新增200人 where one is for 每新增1人; 公司有30人 says who is there."""
        facts = [f for f in self.facts if f.unit == "人" and HANDLES.search(f.words)]
        if len(facts) != 1 or "人" not in units_of(row):
            return False
        sisters = self.matcher.sisters(row)
        if len(sisters) == 1:
            return self.likeness.share(facts[0].words, row_text(row)) > _WORDS_SHARED
        return self.likeness.told(row, sisters, facts[0].words) == 1

    def speaks(self, chosen: Sequence[Entitlement]) -> bool:
        """Whether the question speaks of what every measure is for, or of its base.

        A level that is named need not have a measure on the matter (市级论坛 in a question on
        what the district gives).
        """
        like, words = self.likeness, [fact.words for fact in self.facts]
        return all(
            like.share(event_text(row), self.question) >= _SPEAKS
            or any(like.mutual(row.base.text if row.base else "", w) >= _SPEAKS for w in words)
            or any(of_kind(w, row.base) for w in words)
            or is_matching(row, self.question)
            for row in chosen
        )

    def left_over(self, matched: Matched, chosen: Sequence[Entitlement]) -> bool:
        """Whether the question states something that no measure found takes.

        A sum that leaves out an amount, or how many days, would be a wrong one.
        """
        if any(self._leaves(fact, matched, chosen) for fact in self.facts):
            return True
        odd = misses_counted(matched, self.question, self.likeness) or part_beside_whole(matched)
        odd = odd or any(self._unnamed(row) for row in chosen)
        odd = odd or is_of_named_sister(chosen, self.likeness.retriever.index, self.question)
        if odd or of_two_sides(self.matcher, matched, chosen):
            return True
        used = [use.fact.words for use in matched.uses if use.role in ("base", "count", "unit")]
        years = any(map(_LAST_YEAR.search, used)) and any(map(_THIS_YEAR.search, used))
        if years or self._excepted(chosen) or shut_out(chosen, self.question, self.likeness):
            return True
        return any(
            "order" in facets_of(event_text(row)) for rows in matched.unclear for row in rows
        )

    def _excepted(self, chosen: Sequence[Entitlement]) -> bool:
        """Whether the clause raises a figure for a case that the question names, and that is not
        read as a measure of its own: 对深度贫困地区，可提高到60%."""
        retriever = self.likeness.retriever
        for row in chosen:
            figure = row.rate or row.amount
            if figure is None:
                continue
            text = retriever.index.clause(row.address)[1].text
            said = set(terms(text[: figure.span.end]))
            others = [r.rate or r.amount for r in self.matcher.sisters(row) if r not in chosen]
            for raised in filter(None, others):
                phrase = re.split(r"[。；;]", text[: raised.span.start])[-1]
                own = [term for term in terms(phrase) if term not in said]
                covered = retriever.coverage(own, self.question) if own else 0.0
                if _RAISED.search(phrase) and covered >= _SPOKEN:
                    return True
        return False

    def _leaves(self, fact: Fact, matched: Matched, chosen: Sequence[Entitlement]) -> bool:
        """Whether a fact that would change the sum is taken by none of the measures chosen."""
        if chosen and all(is_another_payment(fact.words, row) for row in chosen):
            return False
        if fact in matched.aside or self._taken(fact, matched) or counts_listed(fact, matched):
            return False
        if fact.past:
            # 每天100元，做了20天: as often as the amount is spent.
            spent = [use.fact.words for use in matched.uses if use.role == "base"]
            return fact.value > 1 and any(_OF_EACH.search(words) for words in spent)
        if self._in_ratio(fact, chosen) or in_base(fact, chosen):
            return False
        units = [set(units_of(row)) | years_of(row) for row in chosen]
        odd = fact.part or of_several(fact, matched, chosen, self.likeness)
        each = fact.unit != "人" or persons_taken(fact, matched, chosen, self.likeness)
        more = fact.unit in PERSONS and more_persons(fact.unit, matched, self.facts, chosen)
        if odd or (fact.value > 1 and (more or not each)):
            return True
        if fact.unit in SHARED_UNITS:
            # 400人次 is what 每人每次 is multiplied by.
            return fact.value > 1 and not any(
                fact.unit in own or (fact.unit == "人次" and {"人", "次"} <= own) for own in units
            )
        alike = fact.is_count and any(
            use.fact.unit == fact.unit and use.fact is not fact and fact.value > 1
            for row in chosen
            for use in matched.of(row, "count", "unit")
        )
        other = alike or (fact.is_count and counts_more(fact, chosen))
        return other or (not fact.is_count and fact.unit not in ("%", "‰"))

    def _in_ratio(self, fact: Fact, chosen: Sequence[Entitlement]) -> bool:
        """Whether a threshold for each square metre or person takes a fact."""
        same = [f for f in self.facts if f.unit == fact.unit and not f.past]
        return len(same) == 1 and any(fact.unit in ratio_units(row) for row in chosen)

    def _taken(self, fact: Fact, matched: Matched) -> bool:
        """Whether a fact went into a measure, or belongs to a part that was taken off."""
        parts = [part for use in matched.uses for part in use.less]
        off = any(part.covers(fact) for part in parts)
        wholes = [use.fact for use in matched.uses if use.fact.part]
        kept = any(fact.unit == w.unit and fact.start < w.start for w in wholes)
        return off or kept or any(use.fact is fact for use in matched.uses)

    def _worth(self, chosen: Sequence[Entitlement], matched: Matched) -> bool:
        """Whether there is something to work out: more than one amount of one measure."""
        if any(matched.of(row, "base", "unit") for row in chosen) or len(chosen) > 1:
            return True
        counted = any(use.fact.value > 1 for row in chosen for use in matched.of(row, "count"))
        timed = any(f.unit in SHARED_UNITS for f in self.facts)
        shared = timed and any(units_of(row) for row in chosen)
        return counted or shared or any(self._increments(row) for row in chosen)

    def _increments(self, row: Entitlement) -> bool:
        sums = RowSum(self.likeness, self.question, Working(), self.facts)
        return any(sums.given(increment, row, self.question) for increment in row.increments)

    def _spoken(self, row: Entitlement) -> bool:
        """Whether the question speaks of the occasion that is a measure's own."""
        sisters = self.matcher.sisters(row)
        if had_before(row, sisters, self.question, self.likeness):
            return False
        if self.likeness.own(row, sisters, self.question) >= _SPOKEN:
            return True
        if "人" in units_of(row) and told_alone(row, sisters, self.question, self.likeness):
            return True
        # 4级 where one measure is for 1-2级 and the other for 3-5级.
        asked, own = facets_of(self.question).get("grade"), self.matcher.own_facets(row)
        return len(sisters) > 1 and not (asked or set()).isdisjoint(own.get("grade", ()))
