"""Clauses that set the very cap that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from decimal import Decimal

from corpus.address import Address
from indexer.entitlements import Entitlement

__all__ = ["asks_for_caps_only", "capped_at"]

_RECIPIENT = re.compile(r"[一每单]\S?(?:家|个)?(?:企业|公司|单位|机构|医院)")
#: Words of a question that asks for what has a cap, and for no more.
_OF_A_CAP = re.compile(
    r"支持|扶持|奖励|补贴|补助|资助|奖补|政策|条款|措施|项目|封顶|上限|最[高多]|不超过|顶格|单个|每家|单家"
    r"|企业|公司|单位|机构|一年|每年|年度|金额|额度|线|是|为|到|的|有|都|给|个|\d[\d.]*[万亿千百]?元?"
)


def asks_for_caps_only(matter: str) -> bool:
    """Whether nothing but a cap is told: how much of it the clauses hold then says nothing.

    >>> asks_for_caps_only("补贴一年封顶500万"), asks_for_caps_only("充电桩补贴封顶500万")
    (True, False)
    """
    return not re.search(r"[\u4e00-\u9fff]{2}", _OF_A_CAP.sub("", matter))


def capped_at(
    asked: Set[Decimal], question: str, rows: Iterable[Entitlement]
) -> frozenset[Address]:
    """The clauses with a cap of that amount, of the very scope that the question says."""
    a_year = bool(re.search(r"一年|每年|年度", question))
    a_recipient = bool(_RECIPIENT.search(question))
    return frozenset(
        cap.quantity.span.address
        for row in rows
        for cap in row.caps
        if cap.quantity.value in asked
        and (not a_year or cap.yearly)
        and (not a_recipient or cap.scope == "recipient")
    )
