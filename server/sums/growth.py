"""Support for what is more than the year before: 增量部分的8%, 增量部分每满1亿元奖励30万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from retriever.query import Hit, Retrieval
from server.answer import Calculation
from server.sums.bounds import is_money
from server.sums.chapters.years_compared import in_order
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import FOREIGN, written
from server.sums.on_top import base_first
from server.sums.own_limit import with_own_limit
from server.sums.proportion import Bonus, bonus_behind
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["growth"]

_GROWS = re.compile(
    r"新增[^，。；\d]{0,8}(?:收入|产值|产出|销售|营收|业务量|出口|贸易)[额量]?的?$|"
    r"增量|增[长加]的?部分|增加额|增长额|净增|超出上年|较上一?年[^，。；]{0,6}增(?!长\d)|每增[加长]"
)
_LAST = re.compile(r"[去上前]一?年|上年度?")
_THIS = re.compile(r"今年|本年|当年")
#: 涨了5% says by how much an amount is more than the year before, not that it is the difference.
_BY_SHARE = re.compile(r"(?:增长?加?|上升|涨|多)了?[^，,。；;\d]{0,4}\d[\d.]{0,5}[%％]")
#: 增量奖励 is what is asked for.
_MORE = re.compile(r"多了|增加了?|(?:增量|净增)(?!的?[奖补])|增长了|涨了")
#: What a place keeps of a tax: how much that is nobody states.
_KEPT = re.compile(r"留成|留存|地方(?:经济)?贡献|地方财力")
_RISE = re.compile(r"增长|增幅|增速|(?:达到?|超过|高于|不低于)$")
_FULL = re.compile(r"每(?:(?:满|净?增[加长]?|新增|超过?)[^，。；\d]{0,8})?\s*$")
_CURRENCY = re.compile("|".join(FOREIGN))
#: The clause gives something on top of what another one gives.
_BESIDE = re.compile(r"在[^，。；]{2,16}(?:之外|以外|基础上)[，,]?(?:再|另|额外)")
#: Growth is asked for.
_GROWN = re.compile(r"增量|增长|净增|增产|涨|多了")
#: For whom a clause is that others are not for.
_KIND = re.compile(r"小微|小型|微型|中小|初创|个体|规模以上|专精特新|高新技术|瞪羚|龙头|上市")
_OF_GROWTH = re.compile(r"增量|增[长加]的?部分|新增|多出")
_HEAD, _AS_WELL = 24, 0.05
#: Of the clause that fits best, the question must say as much as this.
_SPOKEN = 0.1


@dataclass(frozen=True, slots=True)
class _Pair:
    """What was last year and what is this year, or only the difference."""

    last: Fact | None
    this: Fact | None
    more: Fact | None


@dataclass(frozen=True, slots=True)
class _Step:
    """A measure for growth with the thresholds that its sentence states."""

    row: Entitlement
    each: Quantity | None
    low: Quantity | None
    high: Quantity | None
    level: tuple[tuple[Quantity, bool], ...]


def growth(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is given for the difference of two years.

    No sum at all where the clause is on a difference and the question states none.
    """
    if not retrieval.hits:
        return None
    index, question = likeness.retriever.index, retrieval.understanding.text
    address = _meant(base_first(retrieval.hits, index), index, question)
    text = index.clause(address)[1].text
    rows = [row for row in index.measures(address) if (row.rate or row.amount) and not row.unread]
    rows = with_own_limit(rows, text)
    steps = [step for row in rows if (step := _step(row, text))]
    bonus = bonus_behind(rows, facts, index)
    unit = _unit_of(steps)
    money = [fact for fact in facts if fact.unit == unit and fact is not (bonus and bonus.whole)]
    spoken = likeness.share(text[:60], question) >= _SPOKEN or _GROWN.search(question)
    if not steps or not money or len(steps) < len(rows) or not spoken:
        return None
    if any(row.base and _KEPT.search(row.base.text) for row in rows) and not _KEPT.search(question):
        return STOPPED
    if _BESIDE.search(text) and not _OF_GROWTH.search(question):
        return STOPPED
    pair = _pair(money)
    others = [f for f in facts if f.unit not in (unit, "%", "年") and f.value != 1]
    if pair is None or others:
        return STOPPED
    working = Working()
    more, assumed = _difference(pair, unit, working)
    steps[0] = replace(steps[0], level=(*steps[0].level, *_level_above(address, index)))
    chosen = _reached(steps, pair, more, working, assumed)
    if chosen is None or (bonus and bonus.whole and not pair.this):
        return STOPPED
    return _worked(chosen, more, working, assumed, bonus, pair.this)


def _meant(hits: Sequence[Hit], index: ClauseIndex, question: str) -> Address:
    """The clause that fits best, unless it is for a kind of company that the question does not
    name, and one beside it that is for growth too fits about as well."""
    best, *others = hits
    address = best.passage.address
    text = index.clause(address)[1].text
    kinds = _KIND.findall(text[:_HEAD])
    if not kinds or any(kind in question for kind in kinds):
        return address
    for hit in others:
        own = hit.passage.address
        words = index.clause(own)[1].text
        beside = own.document == address.document and own.path.parent == address.path.parent
        near = best.score - hit.score < _AS_WELL and _GROWS.search(words)
        if beside and near and not _KIND.search(words[:_HEAD]):
            return own
    return address


def _unit_of(steps: Sequence[_Step]) -> str:
    """The currency of what grows."""
    return next((step.each.unit for step in steps if step.each), MONEY)


def _level_above(address: Address, index: ClauseIndex) -> list[tuple[Quantity, bool]]:
    """The amounts from which on the clause above an item gives anything."""
    parent = address.path.parent
    if parent is None:
        return []
    above = Address(address.document, parent)
    text = index.clause(above)[1].text
    return [
        (Quantity(q.value, q.unit, Span(above, q.start, q.end, "")), bool(_LAST.search(text[: q.start])))
        for q in find_quantities(text)
        if q.unit == MONEY and _is_level(q, text[q.end :])
    ]  # fmt: skip


def _step(row: Entitlement, text: str) -> _Step | None:
    figure = row.rate or row.amount
    assert figure is not None
    start = max(text.rfind(stop, 0, figure.span.start) for stop in "。；;") + 1
    words = text[start : figure.span.start]
    if not _GROWS.search(words + (row.base.text if row.base else "")):
        return None
    each = low = high = None
    level: list[tuple[Quantity, bool]] = []
    for q in find_quantities(words):
        before, after = words[: q.start], words[q.end :]
        currency = _CURRENCY.match(after) if q.unit == MONEY else None
        unit, after = (currency[0], after[currency.end() :]) if currency else (q.unit, after)
        own = Quantity(q.value, unit, Span(row.address, start + q.start, start + q.end, ""))
        if q.unit == MONEY and _FULL.search(before):
            each = own
        elif q.unit == "%" and re.search(r"不足|低于|不满", before[-4:]):
            high = own
        elif q.unit == "%" and (_RISE.search(before) or _is_level(q, after)):
            low = own
        elif q.unit == MONEY and _is_level(q, after):
            level.append((own, bool(_LAST.search(before))))
    if row.amount and each is None:
        return None
    return _Step(row, each, low, high, tuple(level))


def _is_level(q: Measured, after: str) -> bool:
    return bool(re.match(r"\s*(?:[（(]含[）)])?(?:及|或)?以上", after))


def _pair(money: Sequence[Fact]) -> _Pair | None:
    """The amounts of two years, or the difference alone; None where there is anything else."""
    if len(money) == 1:
        said, before = money[0].words + money[0].region, money[0].before
        whole = _BY_SHARE.search(said) and not _MORE.search(before)
        return _Pair(None, None, money[0]) if _MORE.search(said) and not whole else None
    if len(money) != 2:
        return None
    if pair := in_order(money):
        return _Pair(*pair, None)
    last = [fact for fact in money if _LAST.search(fact.words)]
    this = [fact for fact in money if fact not in last]
    if len(last) == 1 and len(this) == 1 and not _MORE.search(this[0].words):
        return _Pair(last[0], this[0], None)
    return None


def _difference(pair: _Pair, unit: str, working: Working) -> tuple[Decimal, list[str]]:
    if pair.more:
        return pair.more.value, []
    assert pair.last and pair.this
    return working.minus(pair.this.value, pair.last.value, unit=unit), []


def _reached(
    steps: Sequence[_Step], pair: _Pair, more: Decimal, working: Working, assumed: list[str]
) -> _Step | None:
    """The step whose thresholds are reached, the highest one; what is not stated is assumed."""
    unit = _unit_of(steps)
    level = next((step.level for step in steps if step.level), ())
    reached = list(steps)
    if pair.last:
        base = pair.last.value
        reached = [s for s in steps if not s.low or more * 100 >= base * s.low.value]
        reached = [s for s in reached if not s.high or more * 100 < base * s.high.value]
    elif len(steps) > 1:
        return None
    best = (max if reached else min)(reached or steps, key=_from)
    for limit, of_last in level:
        one = pair.last if of_last else pair.this
        said = f"{'上年' if of_last else '当年'}不低于{written(limit.value, unit)}"
        if one is None:
            assumed.append(said)
        elif one.value < limit.value:
            short = f"{one.written} 未达到{written(limit.value, unit)}，不能享受"
            working.says(short, limit.span)
            return _none(best)
    if best.low and pair.last:
        least = working.share(pair.last.value, best.low, unit=unit)
        if not reached:
            working.says(
                f"{written(more, unit)} 未达到{written(least, unit)}，不能享受", best.low.span
            )
            return _none(best)
        working.says(f"增量{written(more, unit)} 达到{written(least, unit)}", best.low.span)
    elif best.low:
        assumed.append(f"增长不低于{best.low.value}%")
    return best


def _from(step: _Step) -> Decimal:
    return step.low.value if step.low else Decimal(0)


def _none(step: _Step) -> _Step:
    """A step that comes to nothing: without a figure to be given."""
    return _Step(step.row, None, None, None, ())


def _worked(
    step: _Step,
    more: Decimal,
    working: Working,
    assumed: list[str],
    bonus: Bonus | None,
    this: Fact | None,
) -> Sum:
    row = step.row
    if working.steps and working.steps[-1].text.endswith("不能享受"):
        value = Decimal(0)
    elif step.each and row.amount:
        value = working.full(more, step.each, row.amount)
    else:
        assert row.rate is not None
        value = working.share(more, row.rate)
    for cap in row.caps if value else ():
        if is_money(cap):
            name = "每年上限" if cap.yearly else "上限"
            value = working.capped(value, cap.quantity.value, name, cap.quantity.span)
    if value and bonus:
        value = bonus.added_to(value, row, this, working, assumed)
    most = "最高" if value and (row.at_most or row.caps) else ""
    return Sum(
        Calculation(
            value, MONEY, f"{most}{written(value, MONEY)}", tuple(working.steps),
            tuple(dict.fromkeys(working.caps)), tuple(dict.fromkeys(assumed)),
        ),
        unique(working.sources),
    )  # fmt: skip
