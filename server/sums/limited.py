"""A limit of one clause and a share of another: min(150元, 120元) × 75% × 30天."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.case_choice import CaseChoice
from server.sums.clause_figures import Figure, figures_of, kinds_of_cost
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum, unique
from server.sums.units import SHARED_UNITS
from server.sums.working import Working

__all__ = ["limited_share"]

_LIMIT = re.compile(r"限额|最高支付|费用标准|不高于|不超过|最高|上限|封顶")
_SHARE = re.compile(r"支付|报销|补贴|补助|资助|比例")
#: Who pays is not the fund.
_OWN_SHARE = re.compile(r"申请人|个人|本人|自付|自理|家庭|单位缴|缴费")
#: A limit on what counts as cost, and one on what is paid.
_ON_COST = re.compile(
    r"纳入支付范围|费用限额|费用标准|费用(?:的?标准)?[^，。；]{0,6}(?:不高于|不超过)"
)
_ON_PAID = re.compile(
    r"(?:基金|统筹|财政|医保)[^，。；]{0,6}支付[^，。；]{0,4}限额|最高(?:支付|补贴|补助|报销|资助)|(?:补贴|补助|支付|资助)(?:金额)?(?:最高)?不超过"
)
_PERIODS = (
    ("日", r"每?[天日](?!常)|日均"),
    ("月", r"每月|每个月|月租|一个月|/月|月均"),
    ("次", r"每次|一次|每顿|一顿|每餐"),
    ("年", r"每年|一年|年度|/年"),
)
_EACH = {"日": r"每人?每?[天日]", "月": r"每月|/月", "次": r"每次|/次|每餐", "年": r"每年|年度|/年"}
_ASKED = re.compile(r"付多少|付几|支付|报|出多少|给出|能出|补多少|出几|付")
_MET = re.compile(r"满|已经?")
#: A clause no further down than this is one that was asked for.
_NEAR = 8


@dataclass(frozen=True, slots=True)
class _Case:
    """What a question states: the cost, for what time it is, over how many such times."""

    cost: Fact
    period: str
    times: Fact | None


def limited_share(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is paid of a cost: held to the limit and multiplied by the share for the same case.

    The kinds that both clauses tell apart (who is insured, which grade, where) must be said, else
    they are asked back. None where the question states no such case.
    """
    question = retrieval.understanding.text
    case = _case(facts)
    # What is asked for is read as it was typed: 付多少 is no 不多少.
    if case is None or not _ASKED.search(retrieval.query.text) or not retrieval.hits:
        return None
    index = likeness.retriever.index
    document = retrieval.hits[0].passage.address.document
    near = {h.passage.address.path.article for h in retrieval.hits[:_NEAR]
            if h.passage.address.document == document}  # fmt: skip
    figures = [f for f in figures_of(index, document) if not f.is_part]
    choice = CaseChoice(likeness, question, case.cost)
    own = {f.address for f in figures if _is_limit(f)}
    limits = choice.of_kind([f for f in figures if _is_limit(f) and choice.fits(f)])
    kinds = frozenset(kind for f in limits for kind in f.costs)
    shares = [f for f in figures if _is_share(f) and f.address not in own and choice.fits(f)]
    shares = _on(kinds, shares) if kinds else choice.unnamed(shares)
    found = [*limits, *shares]
    if not limits or not shares or not all(f.address.path.article in near for f in found):
        return None
    limits, shares = choice.told(limits), choice.told(shares)
    asked = tuple(dict.fromkeys([*choice.kinds_open(limits), *choice.kinds_open(shares)]))
    asked = asked or choice.cases_open(shares) or choice.cases_open(limits)
    if asked:
        spans = unique([f.quantity.span for f in found])
        return Sum(Calculation(None, MONEY, "", (), missing=asked[:2]), spans)
    if any(len({figure.value for figure in own}) > 1 for own in (limits, shares)):
        # Nothing tells them apart, so that nothing could be asked.
        return STOPPED
    if _has_own_share(limits[0], figures, index):
        # The limit is that of the share beside it, not of one of another clause.
        return None
    if any(_runs_out(f, limits[0], case) for f in figures):
        return STOPPED
    return _worked(case, limits[0], shares[0]) or STOPPED


def _case(facts: Sequence[Fact]) -> _Case | None:
    """The one cost of a question with its time; None where it states something else too."""
    costs = [f for f in facts if f.unit == MONEY]
    # 租了5个月 is for how long it cost; 已经满5个月 is a condition.
    rest = [f for f in facts if f.unit != MONEY and not (f.past and _MET.search(f.words))]
    times = [f for f in rest if f.unit in ("日", "月", "次", "人次") and f.value > 1]
    other = [
        f
        for f in rest
        if f not in times and not (f.value == 1 and (f.is_count or f.unit in SHARED_UNITS))
    ]
    if len(costs) != 1 or len(times) > 1 or other or costs[0].part or costs[0].is_threshold:
        return None
    words = costs[0].words
    period = next((unit for unit, said in _PERIODS if re.search(said, words)), "")
    return _Case(costs[0], period, times[0] if times else None)


def _has_own_share(limit: Figure, figures: Sequence[Figure], index: ClauseIndex) -> bool:
    """Whether the clause of a limit has the share that it holds."""
    rated = (row for row in index.measures(limit.address) if row.rate)
    capped = any(cap.quantity.span == limit.quantity.span for row in rated for cap in row.caps)
    return capped or any(_is_share(f) and f.address == limit.address for f in figures)


def _runs_out(figure: Figure, limit: Figure, case: _Case) -> bool:
    """Whether what is paid goes on for less time than is stated: 最高时长为12个月."""
    times = case.times
    if times is None or figure.address != limit.address or figure.quantity.unit != times.unit:
        return False
    longest = re.search(r"最长|最高|不超过|期限", figure.own) is not None
    return longest and times.value > figure.value


def _is_limit(figure: Figure) -> bool:
    money = figure.quantity.unit.split("/")[0] == MONEY and figure.quantity.low is None
    said = _LIMIT.search(figure.head + figure.own) is not None
    return money and said and bool(_each_of(figure))


def _each_of(figure: Figure) -> str:
    """For what time a limit holds: 每人每天120元, 200元/月."""
    text = figure.own + figure.tail[:3] + figure.quantity.unit
    return next((unit for unit, said in _EACH.items() if re.search(said, text)), "")


def _is_share(figure: Figure) -> bool:
    own = figure.own + figure.tail[:6]
    return (
        figure.quantity.unit == "%"
        and bool(_SHARE.search(figure.head + own + " ".join(figure.above)))
        and not _OWN_SHARE.search(figure.own)
    )


def _on(kinds: frozenset[str], shares: Sequence[Figure]) -> list[Figure]:
    """The shares that are on one of some kinds of cost, else those that name no cost at all."""
    named = [
        (f, frozenset(k for words in [*f.above, f.head] for k in kinds_of_cost(words)))
        for f in shares
    ]
    on = [f for f, own in named if any(a.endswith(b) or b.endswith(a) for a in own for b in kinds)]
    return on or [f for f, own in named if not own]


def _worked(case: _Case, limit: Figure, share: Figure) -> Sum | None:
    """The lines: what counts of the cost, the share of it, over the times stated."""
    text = limit.head + limit.own
    before, after = bool(_ON_COST.search(text)), bool(_ON_PAID.search(text))
    plan = _plan(case, limit)
    if plan is None:
        return None
    first, times, unit = plan
    working = Working()
    cost = case.cost.value
    if first > 1:
        cost = _times(working, cost, first, case.period or unit)
    readings = ["before"] if before and not after else ["after"] if after and not before else []
    values = [
        _one(working, cost, limit, share, reading, times, unit)
        for reading in (readings or ["before", "after"])
    ]
    low, high = min(values), max(values)
    display = written(low, MONEY)
    if high > low:
        display = f"{display}（另一种读法为{written(high, MONEY)}）"
    assumptions = () if readings else ("条文没有写明限额在比例之前还是之后算，先列较低的一种",)
    return Sum(
        Calculation(
            low, MONEY, display, tuple(working.steps), tuple(dict.fromkeys(working.caps)),
            assumptions if high > low else (),
        ),
        unique(working.sources),
    )  # fmt: skip


def _plan(case: _Case, limit: Figure) -> tuple[Decimal, Decimal, str] | None:
    """How often the cost comes before the limit is held against it, how often after, of what unit.

    A monthly limit is held against what a month's days cost; a cost of several months at once is
    held against nothing, for months differ.
    """
    unit = _each_of(limit)
    many = case.times.value if case.times else Decimal(1)
    own = case.times.unit.replace("人次", "次") if case.times else ""
    period = case.period or own if not case.times else case.period
    if not unit or unit == "年":
        return None
    if unit == "月" and period == "日" and own == "日" and many <= 31:
        return many, Decimal(1), unit
    if unit == period and own in ("", unit):
        return Decimal(1), many, unit
    if unit in ("月", "次") and not case.times and period in ("", unit):
        return Decimal(1), Decimal(1), unit
    return None


def _one(
    working: Working, cost: Decimal, limit: Figure, share: Figure, reading: str,
    times: Decimal, unit: str,
) -> Decimal:  # fmt: skip
    """One reading: the limit before the share, or after it."""
    name, span = "限额", limit.quantity.span
    value = cost
    if reading == "before":
        value = working.capped(value, limit.value, name, span)
    value = working.share(value, share.quantity)
    if reading == "after":
        value = working.capped(value, limit.value, name, span)
    return _times(working, value, times, unit) if times > 1 else value


def _times(working: Working, value: Decimal, many: Decimal, unit: str) -> Decimal:
    outcome = value * many
    count = {"日": "天", "月": "个月"}.get(unit, unit)
    each = {"日": "天"}.get(unit, unit)
    working.says(
        f"{written(value, MONEY)}/{each} × {plain(many)}{count} = {written(outcome, MONEY)}"
    )
    return outcome
