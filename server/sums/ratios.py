"""Thresholds for each square metre or person: 年开票收入达到6000元/平方米, 不超过15平方米/人."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound
from indexer.entitlements.quantities import MONEY
from retriever.retriever import Retriever
from server.sums.bounds import RELATIONS, as_written
from server.sums.facts import Fact
from server.sums.money import written
from server.sums.outcome import Outcome
from server.sums.uses import Use
from server.sums.working import Working

__all__ = ["AREA", "Ratios", "area_asked", "per_person", "persons_asked", "ratio_units"]

AREA = "平方米"
#: What a sentence says of one of several cases only: 其中租用楼宇的，….
_OF_WHICH = re.compile(r"其中([^，。；]{2,12}?)的[，,]")
_AREA_ASKED = re.compile(
    r"多大的?面积|多少(?:个?平|面积)|几个?平|面积[^，。\d]{0,8}(?:多[大少]|几)"
)
#: How many more persons it takes until all of an area counts.
_PERSONS_ASKED = re.compile(
    r"(?:还[差缺要得需]|再[招添加交缴增有补])[^，,。；？?\d]{0,6}(?:多少|几)个?(?:人|名|员工|职工)"
)


def ratio_units(row: Entitlement) -> set[str]:
    """The units that thresholds of a measure put in relation: 平方米 and 人 of 15平方米/人."""
    units = [bound.quantity.unit.split("/") for bound in row.bounds]
    return {unit for pair in units if len(pair) == 2 for unit in pair if unit != MONEY}


def per_person(row: Entitlement) -> Bound | None:
    """The limit on the area for each person of a measure."""
    return next((b for b in row.bounds if b.quantity.unit == f"{AREA}/人"), None)


def area_asked(question: str) -> bool:
    """Whether a question asks for an area."""
    return _AREA_ASKED.search(question) is not None


def persons_asked(question: str) -> bool:
    """Whether a question asks how many more persons it takes.

    >>> persons_asked("全部认下来还差几个人"), persons_asked("公司有几个人")
    (True, False)
    """
    return _PERSONS_ASKED.search(question) is not None


@dataclass(frozen=True, slots=True)
class Ratios:
    """Holds what a question states against thresholds for each square metre or person."""

    retriever: Retriever
    question: str
    facts: Sequence[Fact]
    working: Working

    def bars(self, bound: Bound, row: Entitlement, uses: Iterable[Use], outcome: Outcome) -> bool:
        """Whether a threshold for each of something is not reached; one not stated is assumed."""
        if bound is per_person(row):
            return False
        short = self._falls_short(bound, uses)
        if short is None:
            of = bound.of.text if bound.of else ""
            outcome.assumptions.append(f"{of}{RELATIONS[bound.relation]}{as_written(bound)}")
        elif short:
            outcome.bar()
        return bool(short)

    def _falls_short(self, bound: Bound, uses: Iterable[Use]) -> bool | None:
        """Whether an amount stated is below a threshold for each of something; None: not said."""
        each = self._stated(bound.quantity.unit.split("/")[1])
        given = [use.fact for use in uses if use.role == "bound" and use.fact.unit == MONEY]
        if each is None or not given or bound.relation not in (">", ">="):
            return None
        limit = bound.quantity
        least = limit.value * each.value
        if given[0].value > least or (given[0].value == least and bound.relation == ">="):
            return False
        count = written(each.value, each.unit)
        self.working.says(f"{count} × {as_written(bound)} = {written(least, MONEY)}", limit.span)
        of = f"{bound.of.text}：" if bound.of else ""
        short = f"{of}{given[0].written} 未达到{written(least, MONEY)}，不能享受"
        self.working.says(short, limit.span)
        return True

    def area(self, bound: Bound) -> tuple[Decimal, Decimal] | None:
        """The area that counts and the whole one: so much for each person, no more than is used."""
        persons, used = self._stated("人"), self._stated(AREA)
        if persons is None:
            return None
        limit = bound.quantity
        most = persons.value * limit.value
        own = written(most, AREA)
        self.working.says(
            f"{written(persons.value, '人')} × {as_written(bound)} = {own}", limit.span
        )
        if used is None:
            return most, most
        over = used.value > most
        kept = f" 超过上限{own}，按{own}" if over else f" 未超过上限{own}"
        self.working.says(f"{written(used.value, AREA)}{kept}", limit.span)
        return min(most, used.value), used.value

    def missing(self, bound: Bound) -> Decimal | None:
        """How many more persons it takes until the whole area counts; None where that is no whole
        number of them, or none is missing."""
        persons, used = self._stated("人"), self._stated(AREA)
        if persons is None or used is None or used.value <= persons.value * bound.quantity.value:
            return None
        needed = used.value / bound.quantity.value
        if needed != needed.to_integral_value():
            return None
        area, limit = written(used.value, AREA), as_written(bound)
        line = f"{area} ÷ {limit} = {written(needed, persons.unit)}"
        self.working.says(line, bound.quantity.span)
        return self.working.minus(needed, persons.value, unit=persons.unit)

    def share(self, row: Entitlement, base: Decimal) -> tuple[Decimal, list[str]]:
        """What of a rent is for the area that counts, and what is assumed for it."""
        bound = per_person(row)
        if bound is None or self._of_another_case(bound):
            return base, []
        persons, used = self._stated("人"), self._stated(AREA)
        said = f"{bound.of.text if bound.of else ''}不超过{as_written(bound)}"
        if persons is None or used is None or not (areas := self.area(bound)):
            return base, [said]
        counts, whole = areas
        if counts == whole:
            return base, []
        exact = base * counts / whole
        value = exact.quantize(Decimal(1), ROUND_DOWN)
        equal = "=" if value == exact else "≈"
        part = f"{written(counts, AREA)} ÷ {written(whole, AREA)}"
        line = f"{written(base, MONEY)} × {part} {equal} {written(value, MONEY)}"
        self.working.says(line, bound.quantity.span)
        return value, ["租金按面积平均"]

    def _stated(self, unit: str) -> Fact | None:
        found = [fact for fact in self.facts if fact.unit == unit and not fact.part]
        return found[0] if len(found) == 1 else None

    def _of_another_case(self, bound: Bound) -> bool:
        """Whether a threshold is one of a case that the question does not name, but its sister."""
        span = bound.quantity.span
        text = self.retriever.index.clause(span.address)[1].text[: span.start]
        cases = _OF_WHICH.findall(text[text.rfind("。") + 1 :])
        if not cases:
            return False
        # 租用楼宇/厂房 is both; 其中租用楼宇的 one of them.
        both = re.findall(
            rf"{cases[-1][-2:]}[/／、或]([\u4e00-\u9fff]{{2}})|([\u4e00-\u9fff]{{2}})[/／、或]{cases[-1][-2:]}",
            text,
        )
        others = [word for pair in both for word in pair if word]
        return cases[-1][-2:] not in self.question and any(o in self.question for o in others)
