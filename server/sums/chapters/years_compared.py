"""What a question says of one amount in two years: both amounts, a percentage, or only a direction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.entitlements.quantities import MONEY
from server.sums.facts import Fact

__all__ = ["Compared", "compared", "in_order"]

_YEAR = re.compile(r"20(\d\d)年?")
#: Years by their names, the earliest first. 前一年 is only one before another.
_NAMED = (r"大前年", r"(?<!大)前年", r"去年|上一?年|上一个年度", r"今年|本年|当年")
#: From 600万 to 1000万: the first is what was.
_FROM, _TO = (
    re.compile(r"从(?:大?前年|去年|上一?年度?|20\d\d年)?的?\s*$"),
    re.compile(r"[涨增升提做冲长掉降减跌缩滑][^，。；\d]{0,3}[到至]了?\s*$"),
)
_BEFORE = re.compile(r"前一(?:个)?年")
_FELL = re.compile(
    r"下降|减少|下滑|降低|[掉降跌减缩][^，,。；;\d]{0,2}[到至了]|变少|少了|缩水|缩减|回落"
)
_ROSE = re.compile(r"增[长加](?!的?部分)|上升|涨(?!幅)|[升增提][^，,。；;\d]{0,2}[到至]|变多|多了")
_HARDLY = re.compile(
    r"持平|差不多|没[怎什]?么?[变动涨]|基本不变|[略微稍][有微为]?[增涨升]|小幅[增涨上]"
)
_NOT = re.compile(r"(?:没有?|未|不是|并未)[^，,。；;\d]{0,2}$")


@dataclass(frozen=True, slots=True)
class Compared:
    """One amount of this year. ``last``: of the year before, ``percent``: by how much it changed.
    ``trend``: 1 it rose, -1 it fell, 0 it hardly changed, None where nothing is said."""

    this: Fact
    last: Fact | None
    percent: Fact | None
    trend: int | None


def compared(question: str, facts: Sequence[Fact]) -> Compared | None:
    """The amounts of a question; None where they cannot be told apart, or something else is said."""
    money = [f for f in facts if f.unit == MONEY]
    shares = [f for f in facts if f.unit == "%"]
    others = [f for f in facts if f.unit not in (MONEY, "%", "年") and f.value != 1]
    if others or any(f.part or f.vague or f.of_one for f in money) or len(shares) > 1:
        return None
    trends = _trends(question)
    if len(trends) > 1:
        return None
    trend = next(iter(trends), None)
    if len(money) == 1 and _rank_of(money[0]) != (1,):
        if shares and not trend:
            return None
        return Compared(money[0], None, shares[0] if shares else None, trend)
    pair = in_order(money)
    if pair is None or shares:
        return None
    last, this = pair
    return Compared(this, last, None, (this.value > last.value) - (this.value < last.value))


def in_order(money: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """Two amounts, that of the earlier year first; None where their words do not say which it is.

    >>> from server.sums.facts import stated_facts
    >>> [f.written for f in in_order(stated_facts("去年掉到800万元，前年是1000万元"))]
    ['1000万元', '800万元']
    """
    if len(money) != 2:
        return None
    one, other = money
    if _FROM.search(_before(one)) and _TO.search(_before(other)):
        return one, other
    first, second = _rank_of(one), _rank_of(other)
    if first is None or second is None:
        before = [fact for fact in money if _BEFORE.search(_before(fact))]
        rest = [fact for fact in money if fact not in before]
        return (before[0], rest[0]) if len(before) == 1 else None
    if first == second or len(first) != len(second):
        return None
    return (one, other) if first < second else (other, one)


def _before(fact: Fact) -> str:
    return fact.words.partition(fact.written)[0]


def _rank_of(fact: Fact) -> tuple[int, ...] | None:
    """When an amount was, as something to sort by: the year named last before it, else behind it."""
    for words in (_before(fact), fact.words.partition(fact.written)[2]):
        years = [(m.start(), (2000 + int(m[1]), 0)) for m in _YEAR.finditer(words)]
        named: list[tuple[int, tuple[int, ...]]] = [
            (m.start(), (n,)) for n, said in enumerate(_NAMED) for m in re.finditer(said, words)
        ]
        if found := [*years, *named]:
            return max(found)[1]
    return None


def _trends(question: str) -> set[int]:
    """In which directions a question says that an amount went; 略有增长 is hardly any."""
    if _HARDLY.search(question):
        return {0}
    return {
        trend
        for pattern, trend in ((_FELL, -1), (_ROSE, 1))
        if any(not _NOT.search(question[: m.start()]) for m in pattern.finditer(question))
    }
