"""What is charged for each day that a payment is late: 4万元 × 万分之五 × 50天."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.laws.penalties import is_called
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["by_the_day"]

_RATE = re.compile(
    r"(?P<each>按[日月]|每[日天月]|逐日|日利率|月利率|每逾期[1一](?:[日天]|个月))(?P<of>[^，。；]{0,24}?)"
    r"(?P<rate>[百千万]分之[一二三四五六七八九十点\d]{1,6}|\d{1,2}(?:\.\d{1,4})?[%％‰])(?P<behind>[^，。；]{0,14})"
)
_KINDS = (r"滞纳金", r"利息|罚息", r"违约金", r"加罚|加处")
_SHOWN = {"日": "天", "月": "个月"}
#: What a charge may come to: 加处罚款的数额不得超出罚款的数额.
_LIMIT = re.compile(r"不得?(?:超出|超过)(?P<of>[^，。；\d]{2,14}(?:数额|本金|金额|税款|费用?))")
#: The first days that are free, or rates that change with the days.
_STEPS = re.compile(r"(?:超过|逾期|第)[\d一二三四五六七八九十]{1,3}[日天](?:后|的|以上|起)")
_LATE = re.compile(r"晚|拖|逾期|迟|欠|超期|滞|过期|超过")
#: Both the payment and the charge are asked for.
_BOTH = re.compile(r"连同|连本带|本息|本金[和加]|连(?:罚款|税款|本金|货款)")
#: …not 一共拖了12天.
_ALL = re.compile(r"(?:一共|总共|合计|总计|加起来)(?![^，,。；？?]{0,8}(?:[天日]|个月))")
_ALL_OF_IT = re.compile(
    r"(?:滞纳金|利息|违约金|加处?的?罚款?)[^，,。？?]{0,6}(?:一共|总共|合计|总计|共)"
)
#: Something else is asked for with it: 滞纳金和罚款一共.
_WITH = re.compile(
    r"(?:滞纳金|利息|违约金)(?:和|与|及|加上?|跟|、)|(?:和|与|及|加上?|跟|、)(?:滞纳金|利息|违约金)"
)
#: The clauses that are looked at.
_NEAR = 8


@dataclass(frozen=True, slots=True)
class _Charge:
    """A rate for each day or month, what it is of, and where it says so what it may not exceed."""

    rate: Quantity
    of: str
    unit: str
    limit: Span | None


def by_the_day(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What the days, or months, come to that a payment stated is late.

    None where no clause near charges by the day what is asked for; the days are asked for where they
    are not said. No sum where the question states anything else.
    """
    question = retrieval.understanding.text
    money = [f for f in facts if f.unit == MONEY]
    kinds = [said for said in _KINDS if re.search(said, question)]
    if not retrieval.hits or not kinds or not money:
        return None
    found = list(_near(retrieval, likeness, kinds))
    if not found:
        return None
    base = money[0]
    told = base.part or base.vague or re.search(r"滞纳金|利息|违约金", base.words)
    if len({c.rate.value for c in found}) > 1:
        # 逾期不缴纳罚款的按3%，逾期不缴纳违法所得的按2‰.
        words = base.words.replace(base.written, "")
        found = [charge for charge in found if is_called(charge.of, words)]
    if len(money) != 1 or told or len({c.rate.value for c in found}) != 1:
        return STOPPED
    charge = found[0]
    times = [f for f in facts if f.unit == charge.unit]
    rest = [f for f in facts if f not in (*money, *times) and f.value != 1]
    if not times and all(f.unit in ("日", "月", "年") for f in rest):
        # Months differ in their days.
        missing = (f"逾期多少{_SHOWN[charge.unit]}？",)
        return Sum(Calculation(None, MONEY, "", (), missing=missing), (charge.rate.span,))
    if len(times) != 1 or rest or not _late(times[0], question):
        return STOPPED
    return _worked(charge, base, times[0], question) or STOPPED


def _late(days: Fact, question: str) -> bool:
    """Whether a time is that for which a payment is late."""
    return bool(_LATE.search(days.words) or _LATE.search(question[: days.start][-6:]))


def _near(retrieval: Retrieval, likeness: Likeness, kinds: Sequence[str]) -> Iterator[_Charge]:
    """The charges of a kind asked for: of the clause that fits best, else of those near in its
    document."""
    best = retrieval.hits[0].passage.address
    hits = [h.passage.address for h in retrieval.hits[:_NEAR]]
    near = [address for address in hits if address.document == best.document]
    own = list(_charges(best, likeness, kinds))
    if own:
        yield from own
        return
    for address in dict.fromkeys(near):
        yield from _charges(address, likeness, kinds)


def _charges(address: Address, likeness: Likeness, kinds: Sequence[str]) -> Iterator[_Charge]:
    text = likeness.retriever.index.clause(address)[1].text
    for match in _RATE.finditer(text):
        sentence = re.split(r"[。；\n]", text[: match.start()])[-1] + match[0]
        if not any(re.search(kind, sentence) for kind in kinds) or _STEPS.search(sentence):
            continue
        q = find_quantities(match["rate"])[0]
        rate = quantity_at(address, match["rate"], q, match.start("rate"))
        behind = re.match(r"[^。\n]*", text[match.end() :])
        limit = _LIMIT.search(text, match.end(), match.end() + (behind.end() if behind else 0))
        span = Span(address, limit.start(), limit.end(), limit[0]) if limit else None
        of = match["of"].split("的")[0].removeprefix("按").removeprefix("加收")
        yield _Charge(rate, of, "月" if "月" in match["each"] else "日", span)


def _worked(charge: _Charge, base: Fact, times: Fact, question: str) -> Sum | None:
    working = Working()
    value = working.by_days(base.value, charge.rate, times.value, _SHOWN[charge.unit])
    if value > base.value and charge.limit is None:
        # Another law may hold it to the payment itself.
        return None
    if charge.limit:
        name = re.sub(r"^不得?(?:超出|超过)", "", charge.limit.text)
        value = working.capped(value, base.value, f"上限（{name}）", charge.limit)
    if _BOTH.search(question):
        value = working.plus([base.value, value])
    elif _WITH.search(question) or (_ALL.search(question) and not _ALL_OF_IT.search(question)):
        return None
    # It is what is owed, not the most of it.
    steps, caps = tuple(working.steps), tuple(working.caps)
    return Sum(
        Calculation(value, MONEY, written(value, MONEY), steps, caps), unique(working.sources)
    )
