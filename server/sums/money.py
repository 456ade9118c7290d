"""Amounts as people write them: 240万元, 1.2亿元, 4500元; rates, areas, spans."""

from __future__ import annotations

from decimal import Decimal

from indexer.entitlements.quantities import MONEY

__all__ = ["FOREIGN", "plain", "written"]

#: Money of other countries, which no amount of a clause in 元 takes.
FOREIGN = ("美元", "欧元", "日元", "英镑", "港元", "港币")

_WAN, _YI = Decimal(10_000), Decimal(100_000_000)
#: More places than these behind the point are written in the smaller unit.
_PLACES = 4


def written(value: Decimal, unit: str) -> str:
    """Write a value with its unit, exact.

    >>> written(Decimal("826000"), "元"), written(Decimal("120000000"), "元"), written(Decimal(510), "元")
    ('82.6万元', '1.2亿元', '510元')
    """
    if unit in FOREIGN:
        return f"{written(value, MONEY).removesuffix('元')}{unit}"
    if unit != MONEY:
        # 8月 is August.
        return f"{plain(value)}{'个月' if unit == '月' else unit}"
    for scale, name in ((_YI, "亿元"), (_WAN, "万元")):
        scaled = value / scale
        if abs(value) >= scale and _places(scaled) <= (2 if scale == _YI else _PLACES):
            return f"{plain(scaled)}{name}"
    return f"{plain(value)}元"


def plain(value: Decimal) -> str:
    """Write a number without an exponent and without zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _places(value: Decimal) -> int:
    text = plain(value)
    return len(text.split(".")[1]) if "." in text else 0
