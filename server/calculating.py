"""What a measure asks for to be worked out, and the sum of what somebody fills in.

The places are those that ``sums`` knows; the sum, its working and its check are made there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.errors import InputError
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound
from indexer.entitlements.quantities import MONEY
from retriever.retriever import Retriever
from server.comparing.wording import bound_words
from server.filtering import read_value
from server.sums.alone import Given, Worked, work_alone
from server.sums.ratios import ratio_units
from server.sums.units import units_of
from server.sums.uses import Role
from server.sums.workable import can_be_worked

__all__ = ["Calculated", "Input", "calculated", "can_be_calculated", "inputs_of"]

_NAMES = {
    "人": "人数",
    "月": "月数",
    "年": "年数",
    "日": "天数",
    "次": "次数",
    "人次": "人次",
    "平方米": "面积",
}
_SHOWN = {"月": "个月", "日": "天"}
_THINGS = "个"


@dataclass(frozen=True, slots=True)
class Input:
    """A figure to be filled in, or a further case to be ticked (``unit`` is None)."""

    name: str
    label: str
    hint: str
    unit: str | None
    role: Role | None = None
    required: bool = False

    @property
    def shown_unit(self) -> str | None:
        """The unit as it is said: 3个月."""
        return _SHOWN.get(self.unit or "", self.unit)


@dataclass(frozen=True, slots=True)
class Calculated:
    """What came of it: faults by input, inputs that are missing, or a checked sum."""

    faults: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    worked: Worked | None = None


def can_be_calculated(row: Entitlement) -> bool:
    """Whether a measure has a figure that money, counts or areas go into."""
    return can_be_worked(row) and bool(row.tiers or row.rate or row.amount)


def inputs_of(row: Entitlement, index: ClauseIndex) -> tuple[Input, ...]:
    """The figures that a measure asks for, those without which there is no sum first."""
    found = [*_bases(row), *_units(row), *_bounds(row, index), *_ratios(row), *_others(row)]
    return tuple({one.name: one for one in found}.values())


def _bases(row: Entitlement) -> list[Input]:
    if not (row.rate or row.tiers):
        return []
    first = row.tiers[0].low if row.tiers else None
    hint = f"条文从{_plain(first.span.text)}起算" if first else ""
    return [Input("base", row.base.text if row.base else "计算基数", hint, "万元", "base", True)]


def _units(row: Entitlement) -> list[Input]:
    """What an amount is multiplied by; how many things, where it is for one of them."""
    if row.rate or row.tiers or row.amount is None:
        return []
    units = [unit for unit in units_of(row) if unit != "年"]
    amount = _plain(row.amount.span.text)
    if not units:
        hint = f"条文：{row.each.text if row.each else ''}{amount}；不填按1个算"
        return [Input("count", "数量", hint, _THINGS, "count")]
    return [
        Input(
            f"unit-{unit}", _NAMES.get(unit, unit), f"条文：{amount}", unit,
            None if unit in _NAMES and unit != "平方米" else "unit", unit != "人",
        )
        for unit in units
    ]  # fmt: skip


def _bounds(row: Entitlement, index: ClauseIndex) -> list[Input]:
    """Thresholds; one that is of the base itself is held against that."""
    base = row.base.text if row.base else ""
    found: list[Input] = []
    for number, bound in enumerate(row.bounds):
        of = bound.of.text if bound.of else ""
        each = "/" in bound.quantity.unit
        twice = any(i.label == of for i in found)
        if each or not of or of == base or twice:
            continue
        found.append(_bound(number, of, bound, index))
    return found


def _bound(number: int, of: str, bound: Bound, index: ClauseIndex) -> Input:
    money = bound.quantity.unit == MONEY
    hint = f"门槛：{_plain(bound_words(bound, index).text)}；不填则列为要核实的前提"
    return Input(f"bound-{number}", of, hint, "万元" if money else bound.quantity.unit, "bound")


def _ratios(row: Entitlement) -> list[Input]:
    """Persons and areas that a threshold for each of them looks at."""
    hint = "按人数、面积核定；不填则列为要核实的前提"
    return [
        Input(f"unit-{unit}", _NAMES.get(unit, unit), hint, unit)
        for unit in sorted(ratio_units(row))
        if unit in _NAMES
    ]


def _others(row: Entitlement) -> list[Input]:
    found = []
    if row.deductions:
        hint = _plain(row.deductions[0].text)
        found.append(Input("deduction", "应扣除的已享受补助", hint, "万元", "deduction"))
    for number, span in enumerate(row.ceilings):
        found.append(Input(f"ceiling-{number}", span.text, "补助不超过它", "万元", "ceiling"))
    if row.years and any(cap.yearly for cap in row.caps):
        found.append(Input("years", "享受年数", f"条文：{_plain(row.years.span.text)}", "年"))
    for number, increment in enumerate(row.increments):
        event = "".join(span.text for span in increment.event)
        if event:
            more = f"再加{_plain(increment.amount.span.text)}"
            found.append(Input(f"case-{number}", event, more, None))
    return found


def calculated(
    retriever: Retriever, row: Entitlement, inputs: Sequence[Input], values: Mapping[str, str]
) -> Calculated:
    """Work a measure out with what was filled in; nothing is worked out around a fault."""
    given: list[Given] = []
    cases: list[str] = []
    faults: dict[str, str] = {}
    missing: list[str] = []
    for one in inputs:
        text = values.get(one.name, "")
        if one.unit is None:
            cases += [one.label] if text else []
            continue
        try:
            value = read_value(text, one.name)
        except InputError as error:
            faults[one.name] = error.message.split(" / ")[0]
            continue
        if value is not None:
            given.append(Given(one.role, one.label, value, one.unit))
        elif one.required:
            missing.append(one.label)
    if faults or missing:
        return Calculated(faults, tuple(missing))
    if cases and any(g.role == "count" and g.value > 1 for g in given):
        # Of several things the further case may hold for some only.
        return Calculated(missing=("勾选了另行提高的情形，请每次只算1个",))
    worked = work_alone(retriever, row, given, cases)
    if worked is None or worked.unfounded is not None:
        return Calculated(missing=("这一项不能由这些数算出来，请看条文原文",))
    return Calculated(missing=worked.sum.calculation.missing, worked=worked)


def _plain(text: str) -> str:
    return "".join(text.split())
