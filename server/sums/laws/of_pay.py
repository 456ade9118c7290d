"""Months and shares of a wage that is stated: 11个月 × 6000元, 250元 × 300% × 6天."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.facets import facets_of
from server.sums.facts import Fact
from server.sums.laws.pay_clauses import PayFigure, Period, is_average, pay_figures, times_of_work
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["of_pay"]

_WAGE = re.compile(r"工资|薪|基数")
_PERIODS: tuple[tuple[Period, str], ...] = (
    ("hour", r"时薪|小时|钟头"),
    ("day", r"日薪|日工资|日均|[一每][天日]|天工资"),
    ("month", r"月薪|月工资|[每个]月|月[平均基标]|月缴"),
)
_HOURS = re.compile(r"(?<![\d.一每])(?P<n>\d{1,3}(?:\.\d)?)个?(?:小时|钟头)")
_NEAR, _BELOW = 4, 0.03
#: What is asked for by its full name: another benefit beside it has figures of its own.
_BENEFIT = re.compile(r"[一-鿿]{2,14}?(?:补助金|津贴|抚恤金|赔偿金|补偿金)")
_VERBS = re.compile(r"(?:[的拿领给到发有是应该可能我他她爸妈]|支付|享受|多少)")
#: The wage of a year, or what is paid twice, is not worked with.
_OTHER = re.compile(r"年薪|年收入|双倍|二倍工资|两倍工资")
_ASKED = re.compile(r"多少|几|合计|一共|怎么算")
_LARGE = 1_000_000
_NAMES: dict[Period, str] = {"hour": "小时工资", "day": "日工资", "month": "月工资", "": "工资"}


@dataclass(frozen=True, slots=True)
class _Case:
    """The wage of a question with the time that it is for, and how long the work was."""

    wage: Fact
    period: Period
    average: bool
    time: Decimal | None
    unit: str


def of_pay(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What a clause sets as months or a share of a wage that the question states.

    None where no clause near does so of such a wage, or for what is asked; no sum where several do.
    """
    question = retrieval.understanding.text
    if not retrieval.hits or _OTHER.search(question) or not _ASKED.search(question):
        return None
    case = _case(question, facts)
    if case is None:
        return None
    fit = [f for f in _near(retrieval, likeness) if _is_for(f, case, question)]
    grades = facets_of(question).get("grade", frozenset())
    if any(f.grades for f in fit):
        fit = [f for f in fit if f.grades and grades and f.grades >= grades]
    if any(f.times for f in fit):
        said = times_of_work(question)
        fit = [f for f in fit if len(said) == 1 and f.times == said]
    if not fit:
        return None
    if len({(f.quantity.value, f.quantity.unit) for f in fit}) > 1:
        return STOPPED
    return _worked(fit[0], case, question)


def _case(question: str, facts: Sequence[Fact]) -> _Case | None:
    """The one wage of a question and at most one time of work; None where it states more."""
    money = [f for f in facts if f.unit == MONEY]
    if len(money) != 1 or money[0].vague or money[0].part:
        return None
    wage = money[0]
    words = re.split(r"[，,。；;]", question[: wage.start])[-1] + wage.words
    if not _WAGE.search(words):
        return None
    period: Period = next((name for name, said in _PERIODS if re.search(said, words)), "")
    # 一天 before the wage is what it is for, not how long anybody worked.
    days = [f for f in facts if f.unit == "日" and not 0 <= wage.start - f.start < 8]
    hours = [Decimal(m["n"]) for m in _HOURS.finditer(question)]
    rest = [f for f in facts if f not in (wage, *days) and f.value != 1]
    if rest or len(days) + len(hours) > 1:
        return None
    time = hours[0] if hours else days[0].value if days else None
    unit = "小时" if hours else "天" if days else ""
    return _Case(wage, period, is_average(words), time, unit)


def _near(retrieval: Retrieval, likeness: Likeness) -> list[PayFigure]:
    best = retrieval.hits[0]
    near = [h for h in retrieval.hits[:_NEAR] if h.score >= best.score - _BELOW]
    document = best.passage.address.document
    found: list[PayFigure] = []
    for address in dict.fromkeys(h.passage.address for h in near):
        if address.document == document:
            found += pay_figures(address, likeness.retriever.index.clause(address)[1].text)
    return found


def _is_for(figure: PayFigure, case: _Case, question: str) -> bool:
    """Whether a figure is of a wage like the one stated, and for what is asked."""
    if figure.average != case.average:
        return False
    for match in _BENEFIT.finditer(question):
        name = _VERBS.split(match[0])[-1]
        if name and name not in figure.sentence:
            return False
    return True


def _worked(figure: PayFigure, case: _Case, question: str) -> Sum | None:
    working = Working()
    wants = figure.period
    # A wage of which no time is said is one of a month.
    if wants == "month" and case.period not in ("month", ""):
        return _asked(figure, "month")
    if wants in ("day", "hour") and case.period != wants:
        return _asked(figure, wants)
    timed = {"day": "天", "hour": "小时"}.get(case.period, "")
    if case.unit != timed:
        # A monthly wage says nothing of days, and hours are not paid by the day.
        return _asked(figure, "day" if case.unit == "天" else "hour") if case.unit else None
    if figure.is_months:
        value = working.months(figure.quantity, case.wage.value)
    elif case.time is None:
        value = working.share(case.wage.value, figure.quantity)
    else:
        value = working.by_days(case.wage.value, figure.quantity, case.time, case.unit)
    assumed = []
    if "补休" in figure.own and "补休" not in question:
        assumed.append("没有安排补休")
    least = "不低于" if figure.least else ""
    # Wages are spoken of in 元, and so is what comes of them.
    small = value < _LARGE and not re.search("[万亿]", case.wage.written)
    display = f"{plain(value)}{MONEY}" if small else written(value, MONEY)
    calculation = Calculation(
        value, MONEY, f"{least}{display}", tuple(working.steps), (), tuple(assumed)
    )
    return Sum(calculation, unique(working.sources))


def _asked(figure: PayFigure, period: Period) -> Sum:
    """No sum yet: the wage is needed for another time."""
    missing = (f"{_NAMES[period]}是多少？",)
    return Sum(Calculation(None, MONEY, "", (), missing=missing), (figure.quantity.span,))
