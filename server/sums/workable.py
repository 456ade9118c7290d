"""Into which measures an amount may be put, and which are for each person that a threshold counts."""

from __future__ import annotations

import re

from indexer.entitlements import Entitlement
from server.sums.likeness import event_text
from server.sums.units import HANDLES, units_of
from server.sums.uses import Use

__all__ = ["can_be_worked", "is_each"]

#: Bases that are no amounts: shares of a rate, what goes into a tax, numbers of persons.
_NO_AMOUNT = re.compile(r"利率|费率|税|计入|比例|人数|裁员|(?:标准(?:和上限)?|计算额|应补助?额)$")
#: A rate by which a support is changed is of no amount of the case: 基础补贴扣减20%.
_CHANGED = re.compile(r"(?:扣减|核减|调减|减发|下调|下浮|上浮)$")
#: What is held against a cost is no support by itself: 纳入支付范围的费用限额标准为每人每天120元.
_LIMITS = re.compile(r"限额(?:标准)?$|费用标准$|纳入支付范围的?费用$")
#: 租金单价每平方米每月不超过30元 limits a price, and grants nothing.
_PRICE = re.compile(r"单价$")
#: What is paid for each one above a share takes a step of its own: how many are above it.
_ABOVE = re.compile(r"每超|超(?:过|出)?比例")
_EACH = re.compile(r"每[^每]{1,8}")
#: What no question counts by a unit that is read.
_NIGHT = re.compile(r"每(?:晚|夜|小时|课时|学时|学期|季度?|周|班次?|公里|千米)")
#: An example in an interpretation grants nothing: 例如，某企业新增8000万元.
_EXAMPLE = re.compile(r"(?:例如|比如|举例|譬如)")


def is_each(use: Use) -> bool:
    """Whether a threshold counts the persons that the amount is for each of: 输送50人以上的，每人500元."""
    each = use.row.each.text if use.row.each else ""
    return each in ("每人", "每名") and bool(HANDLES.search(event_text(use.row)))


def _many_each(row: Entitlement) -> bool:
    """Whether an amount is for one of several things of which one is not multiplied: 每人每晚10元,
    30元/人/晚."""
    if row.amount and "晚" in row.amount.unit.split("/"):
        return True
    each = _EACH.findall(row.each.text) if row.each else []
    return len(each) > 1 and len(units_of(row)) < len(each) and any(map(_NIGHT.match, each))


def can_be_worked(row: Entitlement) -> bool:
    """Whether money may be put into a measure: all of it is read, its base is an amount.

    A share of an interest rate, and what is taken into a tax base, take more than one step.
    """
    if any(_EXAMPLE.match(span.text) for span in row.event[:1]):
        return False
    if row.each and (_ABOVE.search(row.each.text) or _many_each(row)):
        return False
    limit = any(_LIMITS.search(span.text) for span in row.event)
    limit = limit or (row.at_most and any(_PRICE.search(span.text) for span in row.event))
    spans = [*row.event[-1:], *([row.base] if row.base else ())]
    if row.rate and any(_CHANGED.search(span.text) for span in spans):
        return False
    # Who gets it tells nothing of how much.
    unread = set(row.unread) - {"subject"}
    return not unread and not limit and not (row.base and _NO_AMOUNT.search(row.base.text))
