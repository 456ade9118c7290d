"""How old a company is: 公司刚成立两年, 注册才8个月."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from corpus.numerals import read_numeral
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound
from indexer.entitlements.quantities import find_quantities
from server.sums.likeness import event_text

__all__ = ["FOUNDED", "Age", "age_of", "is_of_age", "is_old_enough"]

_BEGAN = "成立|创办|开办|开业|注册|设立|组建|起步"
#: What stands before the time since a company was founded.
FOUNDED = re.compile(
    rf"(?:{_BEGAN})(?:到现在|至今|刚刚?|才|已经?|快|有|都|了|不到|未?满){{0,2}}\s*$"
)
#: The same in a clause, in words: 成立不满三年.
_TOLD = re.compile(
    rf"(?:{_BEGAN})(?:时间)?(?P<below>不满|未满|不足|不到)(?P<n>[一二三四五六七八九十]{{1,3}})年"
)
_MONTHS = {"年": 12, "月": 1}


class Age(NamedTuple):
    """In which relation the months since somebody was founded must stand to a number."""

    relation: str
    months: Decimal


def is_of_age(bound: Bound) -> bool:
    """Whether a threshold is one of the time since somebody was founded: 成立未满3年."""
    of = bound.of.text if bound.of else ""
    return bound.quantity.unit in _MONTHS and bool(re.search(_BEGAN, of))


def age_of(row: Entitlement) -> Age | None:
    """How old somebody must be for a measure; None where it does not say so."""
    for bound in filter(is_of_age, row.bounds):
        return Age(bound.relation, bound.quantity.value * _MONTHS[bound.quantity.unit])
    told = _TOLD.search(event_text(row))
    return Age("<", Decimal(12 * read_numeral(told["n"]))) if told else None


def is_old_enough(age: Age, question: str) -> bool | None:
    """Whether the age that a question states is the one; None where it states none."""
    for figure in find_quantities(question):
        if figure.unit in _MONTHS and FOUNDED.search(question[: figure.start]):
            return _meets(figure.value * _MONTHS[figure.unit], age)
    return None


def _meets(value: Decimal, age: Age) -> bool:
    return {
        "<": value < age.months,
        "<=": value <= age.months,
        ">": value > age.months,
        ">=": value >= age.months,
    }[age.relation]
