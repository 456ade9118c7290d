"""A rent said by the square metre, the day or the month as the one of a year, of which a clause gives
a share: 每平每月60块，1000平 is 72万元 a year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.sums.facts import Fact
from server.sums.money import plain, written
from server.sums.ratios import AREA
from server.sums.rents.rent import EACH_METRE
from server.sums.units import units_of

__all__ = ["period_said", "price_said", "rent_of_year"]

_RENT = re.compile(r"租")
_PERIODS = (
    ("日", re.compile(r"[每一][天日]|/[天日]|日租|天租|平[天日]")),
    ("月", re.compile(r"每个?月|一个月|个月|/月|月租|月付|平月")),
    ("年", re.compile(r"每年|一年|/年|年租|年付|全年")),
)
#: What a month or a day gets is asked for.
_BY_MONTH = re.compile(
    r"(?:每个?月|一个月|每[天日])[^，,。；？?]{0,6}(?:[能可]?[补给拿领]|多少|最多|补贴)"
)
_OF_A_MONTH = re.compile(r"\d月份?|当月|首月")
#: How far from a figure what it is for is said, in characters.
_BEFORE, _BEHIND = 12, 14
_DAYS, _MONTHS = Decimal(365), Decimal(12)


def rent_of_year(
    facts: Sequence[Fact], rows: Sequence[tuple[Entitlement, float]], question: str
) -> tuple[Fact, ...]:
    """The facts with a rent as the one of a year, with the line that makes it one.

    Left as they are where no measure that fits best is of a rent, one counts months itself, or the
    question states months or asks what a month gets. A price without an area is no rent.
    """
    own = [row for row, prior in rows if prior == 1 and row.base and "租" in row.base.text]
    priced = [f for f in facts if f.unit == MONEY and _is_price(f, question)]
    timed = any(f.unit in ("月", "日") and f.value > 1 for f in facts)
    timed = timed or bool(_BY_MONTH.search(question))
    # 给予2月份租金50%的减免 is of one month.
    timed = timed or any(_OF_A_MONTH.search(row.base.text) for row in own if row.base)
    if not own or len(priced) != 1 or timed or any(units_of(row) for row in own):
        return tuple(facts)
    price = priced[0]
    each_metre, period = price_said(price, question)
    areas = [f for f in facts if f.unit == AREA and not f.part and f.value > 1]
    factors: list[tuple[Decimal, str]] = []
    if each_metre:
        if len(areas) != 1:
            return tuple(f for f in facts if f is not price)
        factors = [(areas[0].value, AREA)]
    factors += {"日": [(_DAYS, "天/年")], "月": [(_MONTHS, "个月/年")]}.get(period, [])
    if not factors:
        return tuple(facts)
    value, words = price.value, [written(price.value, MONEY)]
    for number, unit in factors:
        value *= number
        words.append(written(number, unit) if unit == AREA else f"{plain(number)}{unit}")
    line = f"{' × '.join(words)} = {written(value, MONEY)}"
    year = replace(price, value=value, written=written(value, MONEY), derived=(line,))
    # An area that nothing else is held against is in the rent now.
    held = any("/" in bound.quantity.unit for row in own for bound in row.bounds)
    taken = [] if held else areas
    return tuple(year if f is price else f for f in facts if f not in taken)


def price_said(fact: Fact, question: str) -> tuple[bool, str]:
    """Whether a rent is that of a square metre, and for what time it is: 日, 月 or 年."""
    return bool(EACH_METRE.search(_around(fact, question))), period_said(fact, question)


def _around(fact: Fact, question: str) -> str:
    behind = question[fact.start : fact.start + len(fact.written) + _BEHIND]
    before = question[max(0, fact.start - _BEFORE) : fact.start]
    # Another sentence is on something else.
    return re.split("[。；;，,]", before)[-1] + re.split("[。；;，,]", behind)[0]


def _is_price(fact: Fact, question: str) -> bool:
    around = _around(fact, question)
    return bool(_RENT.search(fact.words + around)) or bool(EACH_METRE.search(around))


def period_said(fact: Fact, question: str) -> str:
    """For what time an amount is: 日, 月 or 年; nothing where it is not said."""
    around = _around(fact, question)
    return next((name for name, pattern in _PERIODS if pattern.search(around)), "")
