"""The values that a sentence states, by kind, and whether two sentences state other ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from corpus.charge import read_charge
from indexer.entitlements.quantities import find_quantities
from server.asking import Asking
from server.wanted import wanted

__all__ = ["UNIT", "Values", "kinds_asked", "substituted", "values_of", "without_values"]

#: The kind of value that a unit in charge is.
UNIT = "单位"
_DAY = "日期"
#: Days as texts write them, the year where it is said: 每年3月31日前, 2025年6月底.
_DATE = re.compile(r"(?:\d{4}\s*年\s*)?\d{1,2}\s*月(?:\s*\d{1,2}\s*日|底|初|份)")
#: 30个工作日 is another kind of time than 30日.
_WORKDAYS = re.compile(
    r"(?P<n>(?<!\d)\d++|(?<![一二三四五六七八九十])[一二三四五六七八九十]++)\s*+个?工作日"
)
_WORKDAY = "工作日"
_CHARGED = re.compile(
    r"由(?P<name>[^，。；、：由]{2,20}?)(?:牵头|负责|组织实施|受理|审核|审批|认定|主管)"
)
_FIGURE = re.compile(r"[\d.,]+\s*(?:个|百|千)?[万亿]?\s*(?:元|%|％|平方米|㎡)?")
#: Units of the kinds that ``wanted`` tells apart; a kind not here may have any unit.
_UNITS: Mapping[str, tuple[str, ...]] = {
    "rate": ("%", "‰", "倍"),
    "money": ("元", "%"),
    "price": ("元",),
    "span": (_WORKDAY, "日", "月", "年"),
    "day": (_DAY, _WORKDAY, "日", "月", "年"),
    "heads": ("家", "名", "人", "人次", "张", "个"),
    "area": ("平方米", "亩", "公里"),
    "frequency": ("次", "年", "月"),
}

Values = Mapping[str, frozenset[str]]


@lru_cache(maxsize=4096)
def values_of(text: str) -> Values:
    """The values of a text, each under its kind.

    >>> {k: sorted(v) for k, v in values_of("按3%奖励，最高200万元，每年3月31日前申报").items()}
    {'%': ['3'], '元': ['2000000'], '日期': ['3月31日']}
    """
    found: dict[str, set[str]] = {}
    for q in find_quantities(_WORKDAYS.sub(" ", text)):
        said = f"{q.value}" if q.low is None else f"{q.low}—{q.value}"
        found.setdefault(q.unit, set()).add(said)
    if days := {re.sub(r"\s", "", day) for day in _DATE.findall(text)}:
        found[_DAY] = days
    if counts := {m["n"] for m in _WORKDAYS.finditer(text)}:
        found[_WORKDAY] = counts
    if units := {*read_charge(text).lead, *(m["name"] for m in _CHARGED.finditer(text))}:
        found[UNIT] = units
    return {kind: frozenset(values) for kind, values in found.items()}


def kinds_asked(question: str, ask: Asking) -> tuple[str, ...] | None:
    """The kinds of value that a question asks for; None where any may be meant."""
    if ask.unit:
        return (UNIT,)
    if ask.deadline:
        return _UNITS["day"]
    kind = wanted(question)
    if kind is None and ask.amount:
        return _UNITS["money"]
    return _UNITS.get(kind) if kind else None


def substituted(left: Values, right: Values, kinds: tuple[str, ...] | None) -> frozenset[str]:
    """The kinds of which each of two texts has a value that the other one has not.

    Who merely states one more value (a cap besides) does not differ.

    >>> sorted(substituted(values_of("奖3%，最高5万元"), values_of("奖5%"), None))
    ['%']
    """
    return frozenset(
        kind
        for kind in left.keys() & right.keys()
        if left[kind] - right[kind] and right[kind] - left[kind] and _is_asked(kind, kinds)
    )


def without_values(text: str) -> str:
    """A text without figures and units in charge, which may differ on the same matter."""
    plain = _FIGURE.sub(" ", text)
    for name in values_of(text).get(UNIT, ()):
        plain = plain.replace(name, " ")
    return plain


def _is_asked(kind: str, kinds: tuple[str, ...] | None) -> bool:
    # Who asks for a figure is not told that another unit is in charge.
    return kind != UNIT if kinds is None else kind.split("/")[0] in kinds
