"""Whether an amount is called what a rate is of, and whether two measures are told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Span
from server.sums.facets import conflict, facets_of, kinds_of_base
from server.sums.likeness import event_text
from server.sums.units import SHARED_UNITS, units_of

__all__ = [
    "SUPPORT",
    "called_as",
    "figures_of_row",
    "is_another_payment",
    "is_paid_for",
    "is_said_shorter",
    "is_support",
    "of_kind",
    "of_one_list",
    "without_other_money",
]

SUPPORT = re.compile(r"补助|补贴|奖励|资助|支持|专项|扶持|奖补")
_CONTRACT = re.compile(r"合同|发票|订单")
#: What the base of a rate calls the amount that a thing cost.
_PAID = re.compile(
    r"(?:实际)?(?:购置|采购|购买|租赁|投资|投入)?(?:总?(?:金?额|费用?|价款?)|投[资入]|支出)$"
)
#: What one clause says of one thing and may leave out the second time.
_LOOSE = re.compile(r"注册(?=资[本金])|年度|项目(?=总?投资)|实际(?=到[账位]|投入|支付|发生)")


#: What only says that something is an amount, and how long a name without it must be.
_AMOUNT_OF = re.compile(r"(?:总额|金额|额度?|数额?)$")
_LONG = 4


def is_said_shorter(one: str, other: str) -> bool:
    """Whether two names are of one thing, which one of them says in fewer words.

    >>> is_said_shorter("实缴注册资本", "实缴资本"), is_said_shorter("注册资本", "实缴资本")
    (True, False)
    >>> is_said_shorter("海外授权实际到账", "实际到账金额")
    True
    """
    stem = _AMOUNT_OF.sub("", other)
    ends = len(stem) >= _LONG and one.endswith(stem)
    return ends or _LOOSE.sub("", one) == _LOOSE.sub("", other) != ""


def is_paid_for(thing: str, base: str) -> bool:
    """Whether the base of a rate is what some thing cost, that a threshold names alone.

    >>> is_paid_for("购置智能化设备", "设备投资额"), is_paid_for("固定资产", "设备投资额")
    (True, False)
    """
    name = _PAID.sub("", base)
    return len(name) > 1 and name != base and thing.endswith(name)


def of_kind(words: str, of: Span | None, question: str = "") -> bool | None:
    """Whether an amount is called the kind of money that something else is; None where one of
    them is called nothing. A question on 集采 calls 采购额 what is 集采金额.
    """
    called, base = kinds_of_base(words), kinds_of_base(of.text if of else "")
    if "采购" in called:
        called |= kinds_of_base(question) & {"集采"}
    return not called.isdisjoint(base) if called and base else None


#: Payments that come behind the first one.
_LATER = re.compile(r"里程碑|提成|分成|尾款|销售款|二期款")


def without_other_money(
    rows: Sequence[tuple[Entitlement, float]], question: str
) -> list[tuple[Entitlement, float]]:
    """Measures without those by the square metre and the like where a question names the kind of
    money that another one is of: 租金 is not what fitting out is paid for."""
    asked, kinds = kinds_of_base(question), {id(row): _kinds(row) for row, _ in rows}
    if not any(asked & _of(row.base) for row, _ in rows):
        return list(rows)
    return [
        (row, prior)
        for row, prior in rows
        if asked & kinds[id(row)] or not row.amount or not set(units_of(row)) - set(SHARED_UNITS)
    ]


def _kinds(row: Entitlement) -> frozenset[str]:
    of = (row.base, *(bound.of for bound in row.bounds))
    return kinds_of_base(event_text(row)).union(*map(_of, of))


def _of(span: Span | None) -> frozenset[str]:
    return kinds_of_base(span.text) if span else frozenset()


def called_as(words: str, row: Entitlement, question: str) -> bool | None:
    """As of_kind, of what a rate is of; what is bought is what the contract on it comes to."""
    if row.base and _CONTRACT.search(row.base.text):
        kinds = kinds_of_base(words), kinds_of_base(event_text(row))
        if all("采购" in kind for kind in kinds):
            return True
    return of_kind(words, row.base, question)


def figures_of_row(row: Entitlement) -> tuple[object, ...]:
    """What a measure comes to: its rate, its amount, its caps."""
    rate, amount = row.rate, row.amount
    caps = tuple(cap.quantity.value for cap in row.caps)
    return (rate and rate.value, amount and amount.value, caps)


def of_one_list(left: Entitlement, right: Entitlement) -> bool:
    """Whether two measures are two steps of one 分别 list, of which only one applies."""
    return conflict(facets_of(event_text(left)), facets_of(event_text(right)))


def is_support(row: Entitlement) -> bool:
    """Whether what a rate is of is itself support, as of another level (按市级奖励的50%配套)."""
    return bool(row.base and SUPPORT.search(row.base.text))


def is_another_payment(words: str, row: Entitlement) -> bool:
    """Whether an amount is called a later payment, where a measure is of the first one: 里程碑款."""
    first = row.base is not None and "首付款" in row.base.text
    return first and bool(_LATER.search(words))
