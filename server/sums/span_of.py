"""For how long something is given that a clause gives each month or year: what a question states, no longer than
the clause says, or all of that where a question asks for the whole (领满). A time that somebody must
have behind them (社保交满一年) is a condition, and no such span."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements.entitlement import Bound, Quantity
from server.sums.facts import Fact
from server.sums.money import written
from server.sums.working import Working

__all__ = ["asks_for_whole_span", "held_to_span", "in_months", "spans_stated", "whole_span"]

_MONTHS = {"年": Decimal(12), "月": Decimal(1)}
_WHOLE = re.compile(
    r"[领拿受享补用发]满(?!足|意|额|\s?[\d一二两三四五六七八九十半]{1,3}个?[年月])|(?:享受|领取?|拿|发)(?:完|到头|到底|到期满?)|(?:整个|全部?)(?:的)?(?:补[贴助]|享受|领取|政策|奖励)?期|(?:补[贴助]|享受|领取|奖励)期限?(?:内|里|满|结束)|期满|(?:按|照)最长|最长(?:能|可以?)?(?:领|拿|享受|补)|最多能?(?:领|拿|享受|补)(?:多久|几[年个]|多长)|年限用满|一直(?:领|拿|补)到"
)
#: What it takes to get there is another question.
_NEED = re.compile(r"还差|最少|至少|起码")
_MET = re.compile(r"满|社保|社会保险|参保|缴|交")
_RECEIVED = re.compile(r"(?:领|拿|享受|补|发)[了过到]")
_REST = re.compile(r"还[能可有剩]|剩下|剩余|再[领拿]")


def spans_stated(
    facts: Sequence[Fact], bounds: Sequence[Bound], limit: Quantity | None
) -> list[Fact]:
    """The facts without the time that is behind somebody as a threshold of the measure demands it,
    where the clause says itself for how long it gives something."""
    demanded = limit is not None and any(bound.quantity.unit in _MONTHS for bound in bounds)
    return [f for f in facts if not (demanded and f.past and f.unit in _MONTHS and _is_met(f))]


def _is_met(fact: Fact) -> bool:
    return bool(_MET.search(fact.words)) and not _RECEIVED.search(fact.words)


def whole_span(
    limit: Quantity | None, unit: str, facts: Sequence[Fact], question: str, working: Working
) -> Decimal | None:
    """As long as a clause gives something, in months or years, where a question asks for all of it
    and states no other time; what is left of it where some was received already."""
    received = [f for f in facts if f.unit in _MONTHS and f.past and _RECEIVED.search(f.words)]
    rest = bool(received) and _REST.search(question)
    if limit is None or unit not in _MONTHS or _NEED.search(question):
        return None
    if not (rest or asks_for_whole_span(question)):
        return None
    if any(f.unit in _MONTHS and not f.past for f in facts):
        return None
    whole = _in(limit, unit, working)
    if whole is None or len(received) > 1:
        return None
    if not rest:
        working.says(f"期限{written(whole, unit)}", limit.span)
        return whole
    taken = received[0].value * _MONTHS[received[0].unit] / _MONTHS[unit]
    return working.minus(whole, taken, limit.span, unit=unit)


def asks_for_whole_span(question: str) -> bool:
    """Whether a question asks for all of the time that something is given.

    >>> asks_for_whole_span("补贴拿满期限总共多少"), asks_for_whole_span("租满两年多少")
    (True, False)
    """
    return bool(_WHOLE.search(question)) and not _NEED.search(question)


def held_to_span(value: Decimal, unit: str, limit: Quantity | None, working: Working) -> Decimal:
    """A time that is stated, in months or years, no longer than the clause gives something."""
    if limit is None or limit.unit not in _MONTHS or unit not in _MONTHS:
        return value
    if value * _MONTHS[unit] <= limit.value * _MONTHS[limit.unit]:
        return value
    most = _in(limit, unit, working)
    if most is None:
        return value
    said = written(most, unit)
    working.says(f"{written(value, unit)} 超过期限{said}，按{said}", limit.span)
    return most


def in_months(years: Decimal, limit: Quantity | None, working: Working) -> Decimal:
    """Years that are stated as months, no more than the clause gives something for."""
    of_years = limit is not None and limit.unit == "年"
    years = held_to_span(years, "年", limit, working) if of_years else years
    months = years * 12
    working.says(f"{written(years, '年')} × 12个月/年 = {written(months, '月')}")
    return months if of_years else held_to_span(months, "月", limit, working)


def _in(limit: Quantity, unit: str, working: Working) -> Decimal | None:
    """A span in months or years; None where it is no whole number of them."""
    if limit.unit not in _MONTHS:
        return None
    value = limit.value * _MONTHS[limit.unit] / _MONTHS[unit]
    if limit.unit == unit or value != int(value):
        return limit.value if limit.unit == unit else None
    sign = "×" if unit == "月" else "÷"
    said = written(limit.value, limit.unit)
    working.says(f"{said} {sign} 12个月/年 = {written(value, unit)}", limit.span)
    return value
