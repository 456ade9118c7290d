"""Figures of gold rows and of found rows in one form, so that 200万元 is 2000000元."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from corpus.numerals import read_numeral
from indexer.entitlements.entitlement import Quantity

__all__ = ["Figure", "figure_of", "quantity_of"]


class Figure(NamedTuple):
    """A value in a basic unit (元, %, 个月 or what is counted), and the lower end of a range."""

    value: Decimal
    unit: str
    low: Decimal | None = None


#: What words of a share are worth, in percent.
_SHARES = {"全额": 100, "全部": 100, "减半": 50, "一半": 50, "半": 50}
#: Units that are another one times something.
_UNITS: dict[str, tuple[str, Decimal]] = {
    "亿元": ("元", Decimal(10**8)),
    "万元": ("元", Decimal(10**4)),
    "千元": ("元", Decimal(1000)),
    "‰": ("%", Decimal("0.1")),
    "个百分点": ("%", Decimal(1)),
    "年": ("个月", Decimal(12)),
    "个年度": ("个月", Decimal(12)),
    "年度": ("个月", Decimal(12)),
    "月": ("个月", Decimal(1)),
    "岁": ("周岁", Decimal(1)),
    "名": ("人", Decimal(1)),
}
_NUMBER = r"\d+(?:\.\d+)?"
_PLAIN = re.compile(rf"(?:({_NUMBER})\D{{0,3}}?[-—~–至])?({_NUMBER})(.*)")
_FRACTION = re.compile(r"([百千一二三四五六七八九十\d]+)分之([一二三四五六七八九十百\d]+)")
_WRITTEN = re.compile(r"([一二两三四五六七八九十百]+)(\D*)")


def figure_of(text: str) -> Figure:
    """Read a figure as a gold row has it; raise ValueError for what is none.

    >>> figure_of("200万元") == figure_of("2,000,000 元")
    True
    >>> figure_of("四分之一")[:2]
    (Decimal('25'), '%')
    """
    plain = unicodedata.normalize("NFKC", "".join(text.split())).replace(",", "")
    if plain in _SHARES:
        return Figure(Decimal(_SHARES[plain]), "%")
    if match := _FRACTION.fullmatch(plain):
        whole, part = (Decimal(_number(match[i])) for i in (1, 2))
        return Figure(100 * part / whole, "%")
    if plain.startswith("半"):
        return _basic(Decimal("0.5"), plain[1:], None)
    if match := _PLAIN.fullmatch(plain):
        low = Decimal(match[1]) if match[1] else None
        return _basic(Decimal(match[2]), match[3], low)
    if match := _WRITTEN.fullmatch(plain):
        return _basic(Decimal(_number(match[1])), match[2], None)
    raise ValueError(f"no figure: {text!r}")


def quantity_of(quantity: Quantity) -> Figure:
    """The figure of a found row."""
    unit = unicodedata.normalize("NFKC", quantity.unit)
    return _basic(quantity.value, unit, quantity.low)


def _basic(value: Decimal, unit: str, low: Decimal | None) -> Figure:
    """Bring a value to the basic unit; what it is for (元/平方米) is a field of its own."""
    name, factor = _UNITS.get(unit.split("/")[0], (unit.split("/")[0], Decimal(1)))
    return Figure(value * factor, name, None if low is None else low * factor)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else read_numeral(text.replace("两", "二"))
