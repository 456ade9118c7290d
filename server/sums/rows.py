"""One measure with the facts put into it: its lines, and what it comes to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Increment, Quantity
from indexer.entitlements.quantities import MONEY
from server.sums.as_changed import Changes
from server.sums.below import counts_below, is_read_one_way
from server.sums.bounds import (
    NOT_REACHED,
    RELATIONS,
    as_written,
    holds,
    is_money,
    nearest,
    of_all_kinds,
    runs_counter,
    time_behind,
)
from server.sums.brackets import base_of
from server.sums.each_more import of_first, then_each
from server.sums.facts import Fact
from server.sums.further import Further
from server.sums.kinds import is_paid_for, is_said_shorter
from server.sums.likeness import Likeness, event_text
from server.sums.money import plain, written
from server.sums.outcome import Outcome
from server.sums.over_years import over_years
from server.sums.persons.listed_persons import for_each_person, limited_each, reaching
from server.sums.persons.named_persons import named_persons
from server.sums.ratios import AREA, Ratios
from server.sums.rents.rent_limits import held_area, most_counted
from server.sums.span_of import held_to_span, in_months, spans_stated, whole_span
from server.sums.units import PERSONS, SHARED_UNITS, full_of, times_in, units_of
from server.sums.uses import WHOLES, Use
from server.sums.which_count import held_above, held_to_most, part_above
from server.sums.working import Working

__all__ = ["RowSum"]

_SAME_BASE = 0.5
#: What somebody is paid for a year's work.
_PAY = re.compile(r"年薪|年收入|薪酬|薪资")
_EACH = "条文没有写明数额是每个的还是合计的，这里按每个算"
#: Units that are asked back, unless the question asks for what one of them gives (每月补多少).
_ONE = {
    "月": re.compile(r"每个?月|一个月|按月|月[补津]贴"),
    "日": re.compile(r"每[天日]|一天"),
    "次": re.compile(r"[每一]次"),
    "人次": re.compile(r"[每一]人次"),
}


@dataclass(frozen=True, slots=True)
class RowSum:
    """Works out one measure into a working that others share."""

    likeness: Likeness
    question: str
    working: Working
    facts: Sequence[Fact]
    changes: Changes | None = None

    def work(self, row: Entitlement, uses: Sequence[Use]) -> Outcome:
        """Work out a measure from its bases, counts or units."""
        outcome = Outcome(row, [], [])
        uses = [self._less(use) for use in uses]
        if not row.increments:
            parts = [use.fact for use in uses if use.fact.part and use.fact.is_count]
            outcome.assumptions += [f"按其中的{part.written}算" for part in parts]
        bases = self._times(row, [use.fact for use in uses if use.role == "base"])
        one = bases
        if for_each_person(row, bases, self.facts):
            outcome.row = row = limited_each(row, self._text(row))
            bases = reaching(row, bases, lambda of: self._is_base(row, of), self.working)
            one = bases[:1]
        if self._barred(row, uses, one, outcome):
            return outcome
        outcome.assumptions += [
            f"每{cap.quantity.unit.split('/')[1]}不超过{written(cap.quantity.value, MONEY)}的上限没有比对"
            for cap in row.caps
            if not is_money(cap) and cap.quantity.unit.startswith(f"{MONEY}/") and not row.amount
        ]
        if row.rate or row.tiers:
            for base in bases:
                for line in base.derived:
                    self.working.says(line)
                value, assumed = self._ratios.share(row, base.value)
                outcome.assumptions += assumed
                self._rate(row, replace(base, value=value), outcome)
            outcome.failed = bool(row.tiers) and not any(outcome.high)
            over_years(row, outcome, self.facts, self.question, self.working)
        else:
            self._amount(row, uses, outcome)
        return outcome

    def _times(self, row: Entitlement, bases: Sequence[Fact]) -> list[Fact]:
        """No more amounts than a measure is for in a year, the highest ones: 每年不超过3次."""
        most = times_in(row, self._text(row))
        most = self.changes.figure(most) if most and self.changes else most
        if most is None or len(bases) <= most.value:
            return list(bases)
        limit = f"{plain(most.value)}次"
        counts = [f for f in self.facts if f.value == len(bases) and (f.is_count or f.unit == "次")]
        said = f"{counts[0].written} 超过上限{limit}，按{limit}" if counts else f"每年按{limit}"
        self.working.says(said, most.span)
        ranked = sorted(bases, key=lambda fact: -fact.value)[: int(most.value)]
        return [fact for fact in bases if any(fact is one for one in ranked)]

    def _less(self, use: Use) -> Use:
        """A fact without the part of it that does not count."""
        fact, value = use.fact, use.fact.value
        for part in use.less if use.role in WHOLES else ():
            value = self.working.minus(value, part.value, unit=fact.unit)
        return replace(use, fact=replace(fact, value=value), less=())

    def _barred(
        self, row: Entitlement, uses: Sequence[Use], bases: Sequence[Fact], outcome: Outcome
    ) -> bool:
        """Whether a threshold is stated and not reached; one not stated is assumed to be."""
        areas = [use.fact for use in uses if use.role == "unit" and use.fact.unit == AREA]
        counted, text = most_counted(row) if len(areas) == 1 else None, self._text(row)
        for bound in row.bounds:
            if bound.quantity in (counted, part_above(row, bound.quantity.unit, text)):
                continue
            if "/" in bound.quantity.unit:
                if self._ratios.bars(bound, row, uses, outcome):
                    return True
                continue
            of, unit = bound.of.text if bound.of else "", bound.quantity.unit
            mine = (use.fact for use in uses if use.role == "bound")
            given = [fact for fact in mine if nearest(bound, row, fact, self.likeness)]
            given = of_all_kinds(bound, text, self.facts) or given
            own = unit != "%" and self._is_base(row, of)
            # 提供人才公寓不少于30套: the number is of what is counted.
            counts = [u.fact for u in uses if u.role == "count" and u.fact.unit == unit]
            given = given or (list(bases) if own else counts if not of else [])
            given = given or time_behind(bound, self.facts)
            value = sum((f.value for f in given), Decimal(0)) if given else None
            if value is None:
                outcome.assumptions.append(f"{of}{RELATIONS[bound.relation]}{as_written(bound)}")
            elif against := [fact for fact in given if runs_counter(fact, bound, self.likeness)]:
                self.working.says(f"{of}：{against[0].written}，不能享受", bound.quantity.span)
                outcome.bar()
                return True
            elif not holds(value, bound):
                said = "、".join(fact.written for fact in given)
                words = f"{said} {NOT_REACHED[bound.relation]}{as_written(bound)}"
                self.working.says(f"{of and of + '：'}{words}，不能享受", bound.quantity.span)
                outcome.bar()
                return True
        return False

    def given(self, increment: Increment, row: Entitlement, words: str) -> bool:
        """Whether some words say that the further case of an increment is given."""
        return self._further.given(increment, row, words)

    @property
    def _further(self) -> Further:
        return Further(self.likeness, self.question, self.working, self.facts)

    @property
    def _ratios(self) -> Ratios:
        return Ratios(self.likeness.retriever, self.question, self.facts, self.working)

    def _is_base(self, row: Entitlement, of: str) -> bool:
        base = base_of(row)
        if row.rate and not row.base and of and of in event_text(row):
            return True
        # 年薪50万元以上…按首年年薪的10%.
        paid = bool(_PAY.search(base) and _PAY.search(of))
        alike = base in of or is_said_shorter(of, base) or is_paid_for(of, base)
        return paid or (bool(base) and (alike or self.likeness.mutual(of, base) > _SAME_BASE))

    def _rate(self, row: Entitlement, base: Fact, outcome: Outcome) -> None:
        working = self.working
        first = row.tiers[0].low if row.tiers else None
        if first and base.value < first.value:
            short = f"{written(base.value, MONEY)} 未达到{written(first.value, MONEY)}"
            working.says(f"{short}，不能享受", first.span)
            outcome.low.append(Decimal(0))
            outcome.high.append(Decimal(0))
            return
        if row.tiers:
            whole = counts_below(row, self._text(row))
            low = high = working.tiers(base.value, row.tiers, from_zero=whole)
            if first and not is_read_one_way(row, self._text(row)):
                working.says("另一种读法，第一段从零起算：", first.span)
                high = working.tiers(base.value, row.tiers, from_zero=True)
        else:
            assert row.rate is not None
            low = high = self._further.raised(row, base.value, self._text(row), outcome)
            if row.rate.low is not None:
                low = working.share(base.value, row.rate, row.rate.low)
        outcome.low.append(self._item(row, low))
        outcome.high.append(outcome.low[-1] if high == low else self._item(row, high))

    def _text(self, row: Entitlement) -> str:
        reading = self.likeness.retriever.index.readings.get(row.address.document)
        return reading.outline[row.address.path].text if reading else ""

    def _item(self, row: Entitlement, value: Decimal) -> Decimal:
        for cap in row.caps:
            if cap.scope == "item" and is_money(cap):
                value = self.working.capped(value, cap.quantity.value, "上限", cap.quantity.span)
        return value

    def _amount(self, row: Entitlement, uses: Sequence[Use], outcome: Outcome) -> None:
        amount = row.amount
        assert amount is not None
        units = units_of(row)
        said = {f.unit for f in self.facts} & {"人", "次", "人次"}
        if {"人", "次"} <= set(units) and said and "人" not in said:
            # Times that are counted of nobody in particular (送餐300次) are those of all persons.
            units = (*(unit for unit in units if unit not in ("人", "次")), max(said))
        shared = [self._shared(unit, row, outcome) for unit in units if unit in SHARED_UNITS]
        local = [use.fact for use in uses if use.role == "unit"]
        counts = [use.fact for use in uses if use.role == "count"]
        chosen: list[Fact | None] = [*(local or counts)]
        if any(fact.value > 1 for fact in counts) and row.at_most and not row.each:
            outcome.assumptions.append(_EACH)
        for fact in chosen or [None]:
            factors = [f for f in shared if f]
            if fact:
                most = most_counted(row) if fact.unit == AREA and len(chosen) == 1 else None
                value = held_area(fact.value, most, self.working) if most else fact.value
                value = self._counted(row, value, fact.unit, outcome)
                factors = [(value, fact.unit), *factors]
            if outcome.failed:
                return
            value = self._each(row, amount, factors, outcome)
            value = self._further.increased(row, value, fact, outcome)
            value = value if fact and fact.is_count else self._item(row, value)
            outcome.low.append(value)
            outcome.high.append(value)

    def _each(
        self,
        row: Entitlement,
        amount: Quantity,
        factors: Sequence[tuple[Decimal, str]],
        outcome: Outcome,
    ) -> Decimal:
        """An amount as often as there are things; one for the first only, and what follows it."""
        full = full_of(row)
        if full and [unit for _, unit in factors] == [full.unit]:
            return self.working.full(factors[0][0], full, amount)
        if not of_first(row) or len(factors) != 1 or factors[0][0] == 1:
            return self.working.times(factors or [(Decimal(1), "个")], amount)
        number, unit = factors[0]
        more = then_each(row, self.likeness.retriever.index.measures(row.address))
        if more is None:
            outcome.missing.append("除第一个以外，其余的是什么情形？")
            return Decimal(0)
        first = self.working.times([(Decimal(1), unit)], amount)
        over = self.working.minus(number, Decimal(1), unit=unit)
        return self.working.plus([first, self.working.times([(over, unit)], more)])

    def _shared(self, unit: str, row: Entitlement, outcome: Outcome) -> tuple[Decimal, str] | None:
        """How many persons, months or years the question states; years stand for months too."""
        limit = row.years
        whole = whole_span(limit, unit, self.facts, self.question, self.working)
        if whole is not None:
            return whole, unit
        # Time that lies behind counts where no other is stated: 实习了8个月.
        stated = spans_stated(self.facts, row.bounds, limit)
        ahead = [fact for fact in stated if not fact.past]
        own = named_persons(row, ahead, self.likeness, unit) if unit in PERSONS else None
        named = [own] if own else []
        for fact in (*named, *ahead, *stated):
            value = fact.value
            if fact in named and fact.unit != unit:
                return held_to_most(row, value, unit, self.working), fact.unit
            if fact.unit != unit and not (fact.unit == "年" and unit == "月"):
                continue
            value = held_to_most(row, value, unit, self.working)
            if fact.unit == "年" and unit == "月":
                value = in_months(value, limit, self.working)
            else:
                value = held_to_span(value, fact.unit, limit, self.working)
            return self._counted(row, value, unit, outcome), "天" if unit == "日" else unit
        if unit == "人" and any(f.unit == "个" and f.value > 1 for f in self.facts):
            # 5个检验员 may be persons whose name nobody knows.
            outcome.missing.append("要算多少人？")
        elif unit in _ONE and not _ONE[unit].search(self.question):
            outcome.missing.append(f"要算多少{ {'月': '个月', '日': '天'}.get(unit, unit) }？")
        else:
            outcome.assumptions.append(f"按1{unit}算")
        return None

    def _counted(self, row: Entitlement, value: Decimal, unit: str, outcome: Outcome) -> Decimal:
        return held_above(row, value, unit, self._text(row), outcome, self.working)
