"""Figures of clauses on pay: 11个月的本人工资, 日工资收入的300%, 每满一年支付一个月工资."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import find_quantities
from server.sums.clause_figures import quantity_at
from server.sums.facets import facets_of

__all__ = ["PayFigure", "Period", "is_average", "pay_figures", "times_of_work"]

Period = Literal["hour", "day", "month", ""]
_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_MONTHS = re.compile(rf"(?<![第\d前])(?P<figure>{_N}个月)的?(?P<of>[^，。；、\d]{{0,16}}?工资)")
_SHARE = re.compile(
    r"(?P<of>[^，。；、\d]{0,16}?工资(?:收入|标准)?)的?(?P<figure>\d{2,3}[%％]|百分之[一二三四五六七八九十百]{1,6}|[二两三]倍)(?!以[上下]|至|的?罚款)"
)
#: A figure that something else is added to, or that is a limit on another wage.
_NOT = re.compile(
    r"(?:倍|%|％)[^，。；]{0,3}[加和]|加[^，。；]{0,6}$|(?<![不得])[高低]于[^，。；]{0,20}$"
)
_LEAST = re.compile(r"不得?低于|不少于|至少")
_AVERAGE = re.compile(r"平均工资|社平|社会平均|在岗职工|统筹地区|当地[^，。；]{0,4}工资")
#: The average of somebody's own months is their own pay.
_OWN = re.compile(r"本人|职工个人|劳动者")
#: When work is done that is paid more, as clauses say it and as people do.
_WHEN = {
    "overtime": (r"延长(?:工作)?时间", r"平时|工作日|晚上|下班后|延时|延长|夜里"),
    "rest": (r"休息日", r"休息日|周末|周六|周日|星期[六日天]|双休|礼拜"),
    "holiday": (r"法定(?:节假|休假|节)日", r"法定|三薪"),
}


@dataclass(frozen=True, slots=True)
class PayFigure:
    """So many months of a wage, or a share of one; ``sentence`` is what it stands in."""

    quantity: Quantity
    of: str
    own: str
    sentence: str
    least: bool

    @property
    def is_months(self) -> bool:
        """Whether it is a number of months of pay."""
        return self.quantity.unit == "月"

    @property
    def period(self) -> Period:
        """For what time the wage is that it is of; nothing where any may be."""
        if self.is_months or "月" in self.of:
            return "month"
        return "day" if "日工资" in self.of else "hour" if "小时" in self.of else ""

    @property
    def average(self) -> bool:
        """Whether the wage is that of all, not somebody's own."""
        return is_average(self.of)

    @property
    def grades(self) -> frozenset[str]:
        """The grades that it is for."""
        return frozenset(facets_of(self.own).get("grade", ()))

    @property
    def times(self) -> frozenset[str]:
        """When the work is done that it is for."""
        return frozenset(n for n, (said, _) in _WHEN.items() if re.search(said, self.own))


def is_average(words: str) -> bool:
    """Whether some words name the average wage of a place.

    >>> is_average("统筹地区上年度职工月平均工资"), is_average("本人平均工资"), is_average("月平均工资")
    (True, False, False)
    """
    if _OWN.search(words) or re.search(r"受伤|[前近]一?[12十]", words):
        return False
    return bool(_AVERAGE.search(words)) and bool(re.search(r"当地|地区|社|职工|岗", words))


def times_of_work(question: str) -> frozenset[str]:
    """When a question says that work was done."""
    return frozenset(name for name, (_, said) in _WHEN.items() if re.search(said, question))


def pay_figures(address: Address, text: str) -> Iterator[PayFigure]:
    """The figures of pay of a clause, each with the words since the one before it."""
    found = sorted(
        [*_MONTHS.finditer(text), *_SHARE.finditer(text)], key=lambda m: m.start("figure")
    )
    for place, match in enumerate(found):
        start = match.start("figure")
        before = re.split(r"[。\n]", text[:start])[-1]
        behind = re.split(r"[。\n]", text[start:])[0]
        if _NOT.search(re.sub(r"[^，。；]*$", "", before)[-1:] + before[-30:]):
            continue
        since = found[place - 1].end() if place else 0
        own = text[max(since, start - len(before)) : start]
        q = find_quantities(match["figure"])[0]
        quantity = quantity_at(address, match["figure"], q, start)
        phrase = re.split(r"[，；]", before)[-1]
        yield PayFigure(quantity, match["of"], own, before + behind, bool(_LEAST.search(phrase)))
