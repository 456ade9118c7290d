"""A question with the measures of one document to a sum with its working."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.answer import Calculation
from server.sums.another_meant import another_meant
from server.sums.as_changed import Changes
from server.sums.asked import only_repeats
from server.sums.asked_back import asked_back
from server.sums.backwards import spent_for
from server.sums.bounds import as_written
from server.sums.brackets import tell
from server.sums.by_period import all_periods
from server.sums.chapters.counted_less import counted_less
from server.sums.chapters.raised_row import raise_outcomes, with_limits_raised
from server.sums.choosing import Choice
from server.sums.each_thing import without_small_rest
from server.sums.facts import Fact
from server.sums.groups import share_in, together
from server.sums.grown import grown
from server.sums.instalments import stages_beside
from server.sums.kinds import without_other_money
from server.sums.left_to_pay import left_to_pay
from server.sums.likeness import Likeness, own_words
from server.sums.matching import Matcher
from server.sums.matching_funds import asks_for_both, matched_funds
from server.sums.money import written
from server.sums.months_of_base import over_base_months
from server.sums.new_part import new_part
from server.sums.on_top import add_on_top
from server.sums.outcome import Outcome
from server.sums.paid_share import paid_in_all, really_paid
from server.sums.ratios import AREA, Ratios, area_asked, per_person, persons_asked
from server.sums.rents.rent_of_year import rent_of_year
from server.sums.result import STOPPED, Sum, as_changed, asking, read_from, unique, worked_alone
from server.sums.rows import RowSum
from server.sums.scaled import held_to_share
from server.sums.staged import (
    asks_for_part,
    in_parts,
    of_first_years,
    paid_of,
    paid_parts,
    paid_so_far,
)
from server.sums.sums_of_standards import is_set_by_its_own_rule
from server.sums.to_the_limit import (
    area_for_the_rest,
    asks_for_the_limit,
    at_least,
    below_threshold,
    short_of,
)
from server.sums.told_kinds import told_kinds
from server.sums.uses import Matched
from server.sums.workable import is_each
from server.sums.working import Working

__all__ = ["OneDocument"]


@dataclass(frozen=True, slots=True)
class OneDocument:
    """A question, the figures that it states, and the measures of one document."""

    likeness: Likeness
    question: str
    facts: tuple[Fact, ...]
    rows: Sequence[tuple[Entitlement, float]]
    latest: str = ""
    one_of_levels: bool = False
    changes: Changes | None = None
    #: The question as it was put, with the names of places that nothing of the library is of.
    asked: str = ""

    def work(self) -> Sum | None:
        """Match the facts, work out each measure, then what limits them together.

        Figures that were changed are those put in, where that is told for certain.
        """
        if (changes := self.changes) is None or asks_for_part(self.question):
            return self._work()
        rows = [(changes.now(row), prior) for row, prior in self.rows]
        found = replace(self, rows=rows)._work()
        return as_changed(found, changes) if found else None

    def _work(self) -> Sum | None:
        index = self.likeness.retriever.index
        rows = [(with_limits_raised(row, self.asked, index), prior) for row, prior in self.rows]
        told = without_other_money(rows, self.question)
        facts = of_first_years(self.facts, told, self.question, index)
        facts = rent_of_year(really_paid(paid_in_all(facts)), told, self.question)
        facts = over_base_months(facts, told, self.question, self.likeness)
        facts = all_periods(grown(facts, told, self.question, self.likeness), told)
        facts = new_part(without_small_rest(facts, told), told, self.question)
        counted = counted_less(told_kinds(facts, told, self.question), told, self.asked, index)
        if counted is None:
            return None
        found = replace(self, facts=counted)._matched(told)
        return None if found and only_repeats(found.calculation, counted) else found

    def _matched(self, told: Sequence[tuple[Entitlement, float]]) -> Sum | None:
        matcher = Matcher(self.likeness, self.question, told, self.latest)
        matched = matcher.match(self.facts)
        choice = Choice(matcher, self.facts)
        to_fill = area_asked(self.question) and asks_for_the_limit(self.question)
        if area_asked(self.question) and not to_fill:
            return self._area()
        if other := spent_for(matcher, self.facts) or below_threshold(matcher, matched):
            return None if other is STOPPED else other
        chosen = [r for r in choice.measures(matched) if not to_fill or matched.of(r, "unit")]
        if not chosen and (needed := self._area() if to_fill else at_least(matcher, self.facts)):
            return needed
        if (not chosen or asks_for_both(self.question)) and (funds := self._matched_funds()):
            return funds
        if not chosen:
            rows, asked = asked_back(matcher, self.facts)
            return asking(asked, rows) if asked else None
        if choice.left_over(matched, chosen) or (self.one_of_levels and not choice.speaks(chosen)):
            return None
        addresses = [row.address for row in chosen]
        if is_set_by_its_own_rule(self.question, addresses, self.likeness.retriever.index):
            return None
        missing = self._missing(matched)
        if matched.unclear and not missing:
            return None
        if missing:
            meant = [row for rows in matched.unclear for row in rows]
            return asking(missing, [*chosen, *(row for row in meant if row not in chosen)])
        return self._worked(chosen, matched, matcher, to_fill)

    def _worked(
        self, chosen: Sequence[Entitlement], matched: Matched, matcher: Matcher, to_fill: bool
    ) -> Sum | None:
        """What the measures chosen come to, or what is left to a limit or to be paid."""
        working = Working()
        self._tell(matched, working)
        total = self.total(chosen, matched, working)
        if total is None or to_fill:
            return area_for_the_rest(total, chosen, matcher) if total else None
        total = short_of(total, chosen, matched, matcher)
        bases = [use.fact for row in chosen for use in matched.of(row, "base")]
        rows = [row for row, _ in self.rows]
        total = left_to_pay(total, chosen, rows, bases, self.question)
        if total is STOPPED:
            return None
        # Where nothing is given by these measures, another one may be meant.
        nothing = total.calculation.result == 0 and not self.one_of_levels
        return None if nothing and another_meant(chosen, matched, matcher, self.facts) else total

    def _tell(self, matched: Matched, working: Working) -> None:
        """Say first which bracket holds, and what does not count."""
        for fact in (fact for fact in self.facts if fact.unit != MONEY):
            for line in fact.derived:
                working.says(line, *fact.sources)
        tell([row for row, _ in self.rows], matched, self.likeness, working)
        for use, price, bound in matched.small:
            short = f"{use.fact.written}：每一个{price.written} 未达到{as_written(bound)}，不计入"
            working.says(short, bound.quantity.span)
        for fact, span in matched.unmet:
            working.says(f"{fact.written} 不满足“{span.text}”，不计入", span)
        for fact, span in matched.excluded:
            working.says(f"{fact.written} 不计入：{span.text.strip()}", span)

    def total(
        self, chosen: Sequence[Entitlement], matched: Matched, working: Working
    ) -> Sum | None:
        """What measures come to with facts in their places, held to all that limits them."""
        bounding = [
            use.fact
            for use in matched.uses
            if use.role == "bound" and any(use.row is row for row in chosen) and not is_each(use)
        ]
        open_ = [fact for fact in self.facts if fact.unit != "人" or fact not in bounding]
        sums = RowSum(self.likeness, self.question, working, open_, self.changes)
        outcomes = [
            sums.work(row, matched.of(row, "base", "count", "unit", "bound")) for row in chosen
        ]
        if not any(outcome.low for outcome in outcomes):
            return None
        if not held_to_share(outcomes, self.question, self.likeness, working, self.changes):
            return None
        if not all(
            add_on_top(o, self.question, self.facts, self.likeness, working) for o in outcomes
        ):
            return None
        raise_outcomes(outcomes, matched.uses, self.asked, self.likeness.retriever.index, working)
        if asked := tuple(dict.fromkeys(text for o in outcomes for text in o.missing))[:2]:
            return asking(asked, chosen)
        limits = [use for use in matched.uses if use.role in ("deduction", "ceiling")]
        both = together(outcomes, limits, self.question, working)
        if both is None:
            return None
        low, high = both
        calculation = self._calculation(outcomes, matched, working, low, high)
        paid = self._paid(calculation, outcomes, working)
        # The higher reading is one of the whole.
        top = high if paid is calculation else None
        found = Sum(paid, unique([*working.sources, *read_from(chosen)]), high=top)
        if paid is calculation and len(outcomes) == 1 and low == high:
            found = paid_of(found, self.question, self.likeness.retriever.index)
        return None if found is STOPPED else found

    def _paid(
        self, calculation: Calculation, outcomes: Sequence[Outcome], working: Working
    ) -> Calculation:
        """What of it is paid by now, where the clause pays in parts and the question asks for one."""
        whole = sum((value for o in outcomes for value in o.low), Decimal(0))
        index, result = self.likeness.retriever.index, calculation.result
        # Of several amounts held to one limit nobody knows how much of each is left.
        known = result == whole or len(outcomes) == 1
        if not asks_for_part(self.question) or not known or result is None:
            return calculation
        if result == whole:
            paid = paid_so_far(outcomes, self.question, index, working)
        else:
            stages = stages_beside(outcomes[0].row.address, index)
            paid = paid_parts(result, stages, self.question, working)
        if paid is None:
            return calculation
        stages = stages_beside(outcomes[0].row.address, index)
        display = in_parts(calculation, paid, stages, self.question, working)
        return replace(calculation, result=paid, display=display, steps=tuple(working.steps))

    def _matched_funds(self) -> Sum | None:
        """Support with what another level adds to it by a share."""
        near = [row for row, prior in self.rows if prior == 1]
        working = Working()
        value = matched_funds(near, self.question, self.facts, self.likeness, working)
        return worked_alone(value, MONEY, "", working) if value is not None else None

    def _area(self) -> Sum | None:
        """The area that counts, where the question asks for it and says for how many persons."""
        rows = [row for row, prior in self.rows if prior == 1 and per_person(row)]
        working = Working()
        ratios = Ratios(self.likeness.retriever, self.question, self.facts, working)
        bound = per_person(rows[0]) if rows else None
        areas = ratios.area(bound) if bound else None
        if bound is None or areas is None:
            return None
        more = ratios.missing(bound) if persons_asked(self.question) else None
        found = worked_alone(areas[0], AREA, "最高", working)
        if more is None:
            return found
        display = f"{found.calculation.display}，全部计入还差{written(more, '人')}"
        return replace(found, calculation=replace(found.calculation, display=display))

    def _missing(self, matched: Matched) -> tuple[str, ...]:
        """What the asker must still say: between which measures the words do not choose."""
        asked = []
        for rows in matched.unclear:
            events = list(dict.fromkeys(own_words(row, rows) for row in rows))
            # Where nothing tells them apart there is nothing to choose.
            if len(events) > 1:
                asked.append(f"您说的是哪一种：{'，还是'.join(events)}？")
        return tuple(dict.fromkeys(asked))[:2]

    def _calculation(
        self,
        outcomes: Sequence[Outcome],
        matched: Matched,
        working: Working,
        low: Decimal,
        high: Decimal,
    ) -> Calculation:
        at_most = any(o.row.at_most or o.row.caps for o in outcomes) and high > 0
        display = written(low, MONEY)
        if high > low:
            display = (
                f"{display}（另一种读法为{written(high, MONEY)}）"
                if any(o.row.tiers for o in outcomes)
                else f"{display}至{written(high, MONEY)}"
            )
        assumptions = [
            text for outcome in outcomes if not outcome.failed for text in outcome.assumptions
        ]
        held = {s for use in matched.uses if use.role == "ceiling" for s in use.row.ceilings}
        ceilings = [s for o in outcomes if not o.failed for s in o.row.ceilings if s not in held]
        assumptions += [f"不超过{span.text}" for span in ceilings if share_in([span])]
        if any(o.row.deductions for o in outcomes) and not any(
            use.role == "deduction" for use in matched.uses
        ):
            assumptions.append("没有应扣除的其他补助")
        taken = [fact for use in matched.uses for fact in (use.fact, *use.less)]
        unused = [f for f in matched.unused if f.unit == MONEY and f not in taken]
        return Calculation(
            low, MONEY, f"最高{display}" if at_most else display, tuple(working.steps),
            tuple(dict.fromkeys(working.caps)), tuple(dict.fromkeys([*assumptions, *(f"没有用到您说的{f.written}" for f in unused)])),
        )  # fmt: skip
