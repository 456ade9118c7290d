"""How old a company is: 公司刚成立两年, 注册才8个月."""

from __future__ import annotations

import re
from decimal import Decimal

from indexer.entitlements.entitlement import Bound
from indexer.entitlements.quantities import find_quantities

__all__ = ["FOUNDED", "is_of_age", "is_old_enough"]

_BEGAN = "成立|创办|开办|开业|注册|设立|组建|起步"
#: What stands before the time since a company was founded.
FOUNDED = re.compile(
    rf"(?:{_BEGAN})(?:到现在|至今|刚刚?|才|已经?|快|有|都|了|不到|未?满){{0,2}}\s*$"
)
_MONTHS = {"年": 12, "月": 1}


def is_of_age(bound: Bound) -> bool:
    """Whether a threshold is one of the time since somebody was founded: 成立未满3年."""
    of = bound.of.text if bound.of else ""
    return bound.quantity.unit in _MONTHS and bool(re.search(_BEGAN, of))


def is_old_enough(bound: Bound, question: str) -> bool | None:
    """Whether the age that a question states meets such a threshold; None where it states none."""
    limit = bound.quantity.value * _MONTHS[bound.quantity.unit]
    for figure in find_quantities(question):
        if figure.unit in _MONTHS and FOUNDED.search(question[: figure.start]):
            return _meets(figure.value * _MONTHS[figure.unit], limit, bound.relation)
    return None


def _meets(age: Decimal, limit: Decimal, relation: str) -> bool:
    return {
        "<": age < limit,
        "<=": age <= limit,
        ">": age > limit,
        ">=": age >= limit,
    }[relation]
