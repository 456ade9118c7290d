"""A share of the interest on a loan: 8000万元 × LPR 3.1% × 50%, year by year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.bounds import is_money
from server.sums.exclusions import exclusions_of, is_named
from server.sums.facts import Fact
from server.sums.likeness import Likeness, row_text
from server.sums.money import plain, written
from server.sums.rents.rent import all_read
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["interest"]

_OF_INTEREST = re.compile(r"利率|LPR|利息")
#: A limit of time that is not read as years.
_MONTHS = re.compile(r"(?:期限|时间|最长)[^，。；\d]{0,6}\d{1,3}个月")
_LOAN = re.compile(r"贷")
_LENT = re.compile(r"[贷借]了")
_RATE = re.compile(r"利率|LPR|年化|年息|利息")
_QUOTED = re.compile(r"LPR|报价利率|基准")
#: Of the quoted rate and the one really paid the lower one counts.
_LOWER = re.compile(
    r"实际[^，。；\d]{0,8}利率(?:低于|不足|小于)[^，。；\d]{2,30}?，?则?按照?[^，。；\d]{0,8}实际[^，。；\d]{0,8}利率|(?:LPR|报价利率）?)[^，。；\d]{0,6}[与和][^，。；\d]{0,6}实际[^，。；\d]{0,10}(?:孰低|就低|较低)"
    r"|实际[^，。；\d]{0,10}[与和][^，。；\d]{0,20}(?:LPR|报价利率）?)[^，。；\d]{0,6}(?:孰低|就低|较低)"
)


def interest(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is given of the interest on loans, where the question says the loan and its rate.

    Loans that the clause leaves out do not count. No sum where anything else is stated.
    """
    if not retrieval.hits:
        return None
    address, index = retrieval.hits[0].passage.address, likeness.retriever.index
    rows = [
        row
        for row in index.measures(address)
        if row.rate and row.base and _OF_INTEREST.search(row.base.text) and not row.unread
    ]
    loans = [fact for fact in facts if fact.unit == MONEY and _LOAN.search(_around(fact))]
    rates = [fact for fact in facts if fact.unit == "%" and _RATE.search(fact.words)]
    if len(rows) != 1 or not loans or not rates:
        return None
    text, working = index.clause(address)[1].text, Working()
    rate = _lower(rates, text, rows[0], working)
    if rate is None:
        return None
    if not all_read(rows, text) or _MONTHS.search(text):
        # 国家级最高60万元、省级最高40万元: which of the limits holds is not read.
        return STOPPED
    # 贷了三年 is how long the loan is, not what lies behind somebody.
    years = [f for f in facts if f.unit == "年" and (not f.past or _LENT.search(f.words))]
    known = (*loans, *rates, *years)
    if len(years) > 1 or any(f not in known and f.value != 1 for f in facts):
        return STOPPED
    row, counted = rows[0], _counted(loans, rows[0], likeness, working)
    if not counted:
        return STOPPED
    assumed = _of_one_rate(rate, text) if len(rates) == 1 else ()
    return _worked(row, counted, rate, years[0] if years else None, working, assumed)


def _counted(
    loans: Sequence[Fact], row: Entitlement, likeness: Likeness, working: Working
) -> list[Fact]:
    """The loans that the clause does not leave out."""
    counted = []
    for loan in loans:
        rules = exclusions_of(row.address, likeness.retriever)
        own = row_text(row)
        out = [s for names, s in rules if is_named(names, _around(loan), own, likeness.retriever)]
        if out:
            working.says(f"{loan.written} 不计入：{out[0].text.strip()}", out[0])
        else:
            counted.append(loan)
    return counted


def _lower(rates: Sequence[Fact], text: str, row: Entitlement, working: Working) -> Fact | None:
    """The rate that counts: the only one, or the lower one of the quoted rate and that really paid
    where the clause says so."""
    if len(rates) == 1:
        return rates[0]
    rule, quoted = _LOWER.search(text), [f for f in rates if _QUOTED.search(f.words)]
    if len(rates) != 2 or len(quoted) != 1 or not rule:
        return None
    low, high = sorted(rates, key=lambda fact: fact.value)
    span = Span(row.address, *rule.span(), rule[0])
    name = "LPR" if low is quoted[0] else "实际利率"
    if low.value < high.value:
        working.says(
            f"{name}{plain(low.value)}% 低于{plain(high.value)}%，按{plain(low.value)}%", span
        )
    return low


def _of_one_rate(rate: Fact, text: str) -> tuple[str, ...]:
    """What one rate takes for granted where the lower one of two counts."""
    if not _LOWER.search(text):
        return ()
    return ("实际利率不低于LPR" if _QUOTED.search(rate.words) else "实际利率不高于LPR",)


def _around(fact: Fact) -> str:
    """What is said of an amount, up to the end of its phrase."""
    return f"{fact.words} {re.split('[，,。；;！!？?]', fact.region)[0]}"


def _worked(
    row: Entitlement, loans: Sequence[Fact], rate: Fact, years: Fact | None, working: Working,
    lower: tuple[str, ...],
) -> Sum:  # fmt: skip
    assert row.rate is not None
    values = []
    for loan in loans:
        own = Quantity(rate.value, "%", row.rate.span)
        values.append(working.share(working.share(loan.value, own), row.rate))
    value = working.plus(values)
    for cap in row.caps:
        if is_money(cap):
            name = "每年上限" if cap.yearly else "上限"
            value = working.capped(value, cap.quantity.value, name, cap.quantity.span)
    yearly, many = value, years.value if years else Decimal(1)
    limit = row.years
    if limit and limit.unit == "年" and many > limit.value:
        longest = f"{plain(limit.value)}年"
        working.says(f"{plain(many)}年 超过期限{longest}，按{longest}", limit.span)
        many = limit.value
    display = f"最高{written(yearly, MONEY)}"
    if many > 1:
        value = working.over(yearly, many, *([limit.span] if limit else []))
        display = f"每年最高{written(yearly, MONEY)}，{plain(many)}年最高{written(value, MONEY)}"
    assumed = ("按整年计息、本金不变算", *(() if years else ("按1年算",)), *lower)
    return Sum(
        Calculation(
            value, MONEY, display, tuple(working.steps), tuple(dict.fromkeys(working.caps)), assumed
        ),
        unique(working.sources),
    )
