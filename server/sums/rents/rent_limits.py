"""What of a rent counts: no more than an area, no more than a price for a square metre."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.address import Address
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap, Quantity, Span
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from server.sums.facts import Fact
from server.sums.money import written
from server.sums.ratios import AREA
from server.sums.working import Working

__all__ = [
    "caps_behind",
    "held_area",
    "is_most_area",
    "may_be_dearer",
    "most_area",
    "most_counted",
    "most_price",
    "price_limits",
    "prices_unread",
]

_MOST_AREA = re.compile(
    r"面积[^，。；\d]{0,8}(?:最高|不超过|不得超过|最多|上限|至多)[^，。；\d]{0,4}$"
)
#: 补贴面积以2000平方米为限.
_AREA_WITHIN = re.compile(r"面积[^，。；\d]{0,8}以$")
_AS_LIMIT = re.compile("为(?:限|上限)")
#: 补贴计算的租金单价每平方米每月不超过30元.
_MOST_PRICE = re.compile(
    r"单价(?:每月每平方米|每平方米每月|为|按)?[^，。；\d]{0,4}(?:不超过|不得超过|最高|以)(?:每月每平方米|每平方米每月)?(?P<most>\d[\d.]{0,6}元)(?P<per>/[^，。；]{2,8})?"
)
#: 月租金高于每平方米30元的按30元计算.
_ABOVE = re.compile(
    r"(?:月租金|租金|月租|单价)[^，。；\d]{0,8}?(?:高于|超过|高出)[^，。；\d]{0,10}(?P<over>\d[\d.]{0,6}元)(?P<per>/[^，。；]{2,8}?)?[^，。；\d]{0,4}的?，?(?:均|一律)?按照?[^，。；\d]{0,10}(?P<most>\d[\d.]{0,6}元)"
)
#: 1000平方米（含）以内部分.
_WITHIN = re.compile(r"(?:（含）)?(?:及|或)?以[内下]的?部分")
_YEARLY = re.compile(r"每年|(?<!第)一年|年租|全年|年度")
_MONTHLY = re.compile(r"每个?月|一个月|月租|月付")
_PER_METRE = re.compile(r"(?:平方米|㎡)[^，。；\d]{0,6}$")
_MOST = re.compile(r"(?:最高|不(?:得)?超过|不高于|至多|上限为?|封顶)[^，。；\d]{0,4}$")
_IN_ALL = re.compile(r"总额|累计|合计|总计")
_OF_A_YEAR = re.compile(r"每年|年度|全年|年补[贴助]")


def is_most_area(text: str, q: Measured) -> bool:
    """Whether an area in a clause is the one that counts at most."""
    if q.unit != AREA:
        return False
    before = text[: q.start]
    within = _AREA_WITHIN.search(before) and _AS_LIMIT.match(text, q.end)
    return bool(_MOST_AREA.search(before) or within)


def caps_behind(rows: Sequence[Entitlement], text: str) -> tuple[Cap, ...] | None:
    """The limits of a year or of all years behind the shares, which their measures have not.

    None where a limit there is of anything else.
    """
    known = {cap.quantity.span.start for row in rows for cap in row.caps} | price_limits(text)
    start = max(row.rate.span.end for row in rows if row.rate)
    address, found = rows[0].address, []
    for q in find_quantities(text):
        before = re.split("[，。；]", text[: q.start])[-1]
        if q.start < start or q.start in known or q.unit != MONEY or not _MOST.search(before):
            continue
        yearly = bool(_OF_A_YEAR.search(before))
        if not yearly and not _IN_ALL.search(before):
            return None
        span = Span(address, q.start, q.end, text[q.start : q.end])
        found.append(Cap(Quantity(q.value, MONEY, span), "recipient", yearly))
    return tuple(found)


def most_area(row: Entitlement, text: str) -> Quantity | None:
    """The area that counts at most, as a measure or its clause says."""
    for bound in row.bounds:
        if bound.quantity.unit == AREA and bound.relation in ("<", "<="):
            return bound.quantity
    for q in find_quantities(text):
        if is_most_area(text, q) or (q.unit == AREA and _WITHIN.match(text, q.end)):
            span = Span(row.address, q.start, q.end, text[q.start : q.end])
            return Quantity(q.value, q.unit, span)
    return None


def held_area(area: Decimal, most: Quantity, working: Working) -> Decimal:
    """The area that counts of one that is stated."""
    limit = written(most.value, AREA)
    end = f"超过上限{limit}，按{limit}" if area > most.value else f"未超过上限{limit}"
    working.says(f"{written(area, AREA)} {end}", most.span)
    return min(area, most.value)


def most_counted(row: Entitlement) -> Quantity | None:
    """The area that counts at most, where it is said behind an amount for each square metre: 每平方米每月
    补贴20元，补贴面积不超过1000平方米; before it an area says who is meant."""
    amount = row.amount
    limits = [
        b.quantity for b in row.bounds if b.quantity.unit == AREA and b.relation in ("<", "<=")
    ]
    behind = [q for q in limits if amount and q.span.start > amount.span.end]
    return behind[0] if len(behind) == 1 else None


def most_price(address: Address, text: str) -> tuple[Quantity, bool] | None:
    """The price of a square metre that counts at most, and whether it is one of a month."""
    match = next(_limits(text), None)
    if match is None:
        return None
    span = Span(address, match.start("most"), match.end("most"), match["most"])
    return Quantity(find_quantities(match["most"])[0].value, MONEY, span), "月" in match[0]


def may_be_dearer(facts: Sequence[Fact], text: str, address: Address, question: str) -> bool:
    """Whether a rent that is stated as a whole may be one of more for a square metre than counts."""
    limit, money = most_price(address, text), [f for f in facts if f.unit == MONEY]
    if limit is None or not money:
        return False
    areas = [f.value for f in facts if f.unit == AREA and f.value > 1]
    months = 12 if _YEARLY.search(question) else 1 if _MONTHLY.search(question) else 0
    if len(money) > 1 or len(areas) != 1 or not months or not limit[1]:
        return True
    return money[0].value > limit[0].value * areas[0] * months


def price_limits(text: str) -> set[int]:
    """Where the figures of such limits stand."""
    return {match.start("most") for match in _limits(text)}


def prices_unread(text: str, known: set[int]) -> bool:
    """Whether a clause states a price for a square metre that is not read."""
    known = known | price_limits(text) | {match.start("over") for match in _ABOVE.finditer(text)}
    return any(
        q.unit.split("/")[0] == MONEY
        and (AREA in q.unit or _PER_METRE.search(text[: q.start]))
        and q.start not in known
        for q in find_quantities(text)
    )


def _limits(text: str) -> Iterator[re.Match[str]]:
    yield from _MOST_PRICE.finditer(text)
    for match in _ABOVE.finditer(text):
        if match["over"] == match["most"]:
            yield match
