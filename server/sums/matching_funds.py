"""Support that another level matches: 市里每年1500万元，区里按2倍比例匹配."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY
from server.sums.facts import Fact
from server.sums.likeness import Likeness, row_text
from server.sums.working import Working

__all__ = ["asks_for_both", "is_matching", "matched_funds"]

_MATCHED = re.compile(r"匹配|配套|配比|(?<![分搭支])配(?:的|了|多少|几|一[份笔]|钱|出|给|上)")
#: The question says at least this share of what support and its match are called.
_SPOKEN = 0.12
_TOGETHER = re.compile(r"加|一共|总共|合计|总计|共")
#: 三年加起来 is over years, not with what is matched.
_OVER_YEARS = re.compile(r"[一二两三四五\d]个?年(?:加[起拢]来|一共|总共|合计|总计|共|下来)")


def matched_funds(
    rows: Sequence[Entitlement],
    question: str,
    facts: Sequence[Fact],
    likeness: Likeness,
    working: Working,
) -> Decimal | None:
    """Work out what is matched, with what it is matched to where both are asked for together.

    Only where one amount and one share of it stand in the same clause, and nothing is stated but
    for how many years.
    """
    if not _MATCHED.search(question) or any(fact.unit != "年" for fact in facts):
        return None
    for matching in rows:
        given = [r for r in rows if r.address == matching.address and _is_amount(r)]
        rate = matching.rate
        if rate is None or matching.base or not _MATCHED.search(row_text(matching)):
            continue
        # 配套 alone is said of much: what is matched must be spoken of too.
        if likeness.share(" ".join(map(row_text, [matching, *given])), question) < _SPOKEN:
            continue
        amount = given[0].amount if len(given) == 1 else None
        if amount is None:
            continue
        value = working.share(amount.value, rate)
        working.sources.append(amount.span)
        if asks_for_both(question):
            value = working.plus([amount.value, value], [amount.span, rate.span])
        return _over(value, facts, amount, working)
    return None


def asks_for_both(question: str) -> bool:
    """Whether a question asks for support and its match together: 市里给的加上区里匹配的."""
    return bool(_MATCHED.search(question) and _TOGETHER.search(_OVER_YEARS.sub("", question)))


def is_matching(row: Entitlement, question: str) -> bool:
    """Whether a measure matches what another level gives, and the question asks for that: 再配多少."""
    return bool(_MATCHED.search(row_text(row)) and _MATCHED.search(question))


def _is_amount(row: Entitlement) -> bool:
    return row.amount is not None and row.amount.unit == MONEY and not row.at_most


def _over(value: Decimal, facts: Sequence[Fact], amount: Quantity, working: Working) -> Decimal:
    years = max((fact.value for fact in facts), default=Decimal(1))
    return working.over(value, years, amount.span) if years > 1 else value
