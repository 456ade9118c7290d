"""By how much a number is more than the year before, made out of both: 去年50人，今年60人 is 20% more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound
from indexer.entitlements.quantities import MONEY
from server.sums.chapters.years_compared import in_order
from server.sums.facets import kinds_of_base
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.units import HANDLES, units_of

__all__ = ["grown"]

#: What a threshold is held against: the number of the year before.
_AGAINST = re.compile(
    r"(?:较|比|与|同)[^，。；\d]{0,10}(?:上年|去年|上一年|年初|年末|年底|同期)|同比|增[长幅加]|降幅|下降|减少"
)
#: Each person is paid for that there are more than the year before.
_EACH_MORE = re.compile(
    r"[^，。；]{0,30}(?:较|比|与)[^，。；\d]{0,6}(?:上年|去年|上一年|年初|年末|年底|同期)[^，。；\d]{0,8}?"
    r"每(?:净?新?增加?|多)[^，。；\d]{0,4}(?=[1一]?(?:人|名|个))"
)
_PERSONS = re.compile(r"人数|职工|员工|用工|参保|从业|就业")
_NEW = re.compile(r"新增|新?招|净增|增[加员]|多[了出招]|新[来进]")
_LAST = re.compile(r"[去上前]一?年|上年度?|年初|同期|原来|以前|之前|本来")
_LEVEL = re.compile(r"持平|没[有怎]?[变增减]|一样多|没多没少|不增不减")
_DIGITS = Decimal("0.01")


def grown(
    facts: Sequence[Fact],
    rows: Sequence[tuple[Entitlement, float]],
    question: str,
    likeness: Likeness,
) -> tuple[Fact, ...]:
    """The facts with two numbers of one thing in two years as the share by which it changed, where
    the measures that fit best have a threshold of such a share.

    Left as they are where the question states a share itself, or does not say which number is of
    which year. Of persons each of whom is paid for, those that there are more.
    """
    if each := next((m for row, prior in rows if prior == 1 and (m := _each(row, likeness))), None):
        return _more(facts, each[0])
    # What is paid for each person takes the persons themselves.
    own = [row for row, prior in rows if prior == 1 and "人" not in units_of(row)]
    bounds = [(b, row) for row in own for b in row.bounds if _compares(b, likeness)]
    if not bounds or any(fact.unit == "%" for fact in facts):
        return tuple(facts)
    for bound, row in bounds:
        of = bound.of.text if bound.of else ""
        pair = _in_order(_compared(facts, of))
        if pair is not None and pair[0].value:
            change = _change(*pair, of)
            # 按当年零售额的0.2%: the amount of this year is the base as well.
            taken = pair[:1] if row.rate and pair[1].unit == MONEY else pair
            return (*(f for f in facts if f not in taken), change)
    level, persons = _LEVEL.search(question), [f for f in facts if f.unit == "人"]
    # 组织40个员工培训 counts others than those whose number did not change.
    handled = all(HANDLES.search(f.words) and not _LEVEL.search(f.words) for f in persons)
    if level is None or not handled:
        return tuple(facts)
    first = bounds[0][0].of
    of = first.text if first else ""
    return (*facts, Fact(Decimal(0), "%", f"{of}{level[0]}", level[0], level.start()))


def _compares(bound: Bound, likeness: Likeness) -> bool:
    """Whether a threshold is of what changed since the year before."""
    span = bound.quantity.span
    if bound.quantity.unit != "%" or bound.of is None:
        return False
    text = likeness.retriever.index.clause(span.address)[1].text
    return bool(_AGAINST.search(re.split("[，。；;]", text[: span.start])[-1]))


def _each(row: Entitlement, likeness: Likeness) -> re.Match[str] | None:
    """What a measure says of each person more than the year before that it is paid for."""
    if row.amount is None or "人" not in units_of(row):
        return None
    text = likeness.retriever.index.clause(row.address)[1].text
    return _EACH_MORE.search(re.split("[。；;]", text[: row.amount.span.start])[-1])


def _more(facts: Sequence[Fact], said: str) -> tuple[Fact, ...]:
    """The facts with the persons of two years as those that there are more; without both where
    there are none more."""
    pair = _in_order([f for f in facts if f.unit == "人" and not (f.past or f.part or f.vague)])
    # 去年50人，今年新招20人 says itself how many more.
    if pair is None or _NEW.search(pair[0].words + pair[1].words):
        return tuple(facts)
    others = [f for f in facts if f not in pair]
    last, this = pair
    if this.value <= last.value:
        return tuple(others)
    more = this.value - last.value
    line = f"{written(this.value, '人')} − {written(last.value, '人')} = {written(more, '人')}"
    shown = written(more, "人")
    words = f"{said.replace('每', '')}{shown}"
    return (*others, Fact(more, "人", words, shown, this.start, derived=(line,)))


def _compared(facts: Sequence[Fact], of: str) -> list[Fact]:
    """The figures of what a threshold compares: 去年产值8000万，今年1亿 names it once."""
    open_ = [f for f in facts if not (f.past or f.part or f.vague)]
    if _PERSONS.search(of):
        return [f for f in open_ if f.unit == "人"]
    money = [f for f in open_ if f.unit == MONEY]
    called = [f for f in money if kinds_of_base(of) & kinds_of_base(f.words)]
    others = [f for f in money if f not in called and not kinds_of_base(f.words)]
    return money if len(money) == 2 and called and len(called + others) == 2 else called


def _in_order(numbers: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """Two numbers, that of the earlier year first; None where that is not told."""
    if len(numbers) != 2 or numbers[0].unit != numbers[1].unit:
        return None
    if pair := in_order(numbers):
        return pair
    last = [f for f in numbers if _LAST.search(f.before)]
    rest = [f for f in numbers if f not in last]
    return (last[0], rest[0]) if len(last) == 1 else None


def _change(last: Fact, this: Fact, of: str) -> Fact:
    """The share by which a number changed, with the lines that work it out."""
    rose = this.value >= last.value
    high, low = (this, last) if rose else (last, this)
    more = high.value - low.value
    share = more * 100 / last.value
    shown = share.quantize(_DIGITS, ROUND_DOWN)
    sign, name = "=" if shown == share else "≈", "增长" if rose else "下降"
    by = f"{plain(shown)}%"
    unit = last.unit
    lines = (
        f"{written(high.value, unit)} − {written(low.value, unit)} = {written(more, unit)}",
        f"{written(more, unit)} ÷ {written(last.value, unit)} {sign} {by}",
    )
    return Fact(share, "%", f"{of}{name}{by}", f"{name}{by}", this.start, derived=lines)
