"""How much more it takes until a limit is reached, or how much at least: 还差多少采购额才能拿满, 最少投多少
才能顶格."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound, Cap
from indexer.entitlements.quantities import MONEY
from server.answer import Calculation
from server.sums.bounds import NOT_REACHED, as_written, holds, is_money, nearest
from server.sums.facts import Fact
from server.sums.matching import Matcher
from server.sums.money import plain, written
from server.sums.result import Sum, unique
from server.sums.said_of import told_alone
from server.sums.uses import Matched
from server.sums.working import Working

__all__ = ["asks_for_the_limit", "at_least", "below_threshold", "short_of"]

_FULL = re.compile(
    r"[拿用凑领吃拉补]满|顶格|到顶|封顶|(?:拿|够|达|补|奖)到(?:最高|上限|顶)|全额拿到"
)
_NEED = re.compile(
    r"还差|还[要得需]|再(?:买|投|加|花|走|多)|最少|至少|起码|要(?:花|投|买|做到|走|卖)(?:出去)?多少"
)
#: What is left of the limit itself, not what must be spent for it.
_LEFT = re.compile(
    r"离[^，,。；？?]{0,16}?(?:顶|上限|限额|额度)[^，,。；？?]{0,3}(?:还差|还有|还剩|差)(?:多少|几)(?!保费|投入|采购|收入|费用)"
)
_ENOUGH = re.compile(r"够不够|够格|够得?上|达不达|达标[吗么没不]|还?差多少|还差|够门槛|够线|过线")
#: Two names are of one amount where they are as alike.
_SAME = 0.5
_TENTH_OF_YUAN = Decimal("0.1")


def asks_for_the_limit(question: str) -> bool:
    """Whether a question asks what it takes to get the most.

    >>> asks_for_the_limit("想拿满还差多少采购额"), asks_for_the_limit("封顶多少")
    (True, False)
    """
    return bool(_FULL.search(question)) and bool(_NEED.search(question))


def short_of(
    found: Sum, chosen: Sequence[Entitlement], bases: Sequence[Fact], question: str
) -> Sum:
    """A sum with what is missing until its limit; as it is where nothing is, or nobody asks."""
    result = found.calculation.result
    if result is None:
        return found
    if _LEFT.search(question):
        caps = [c for row in chosen for c in row.caps if is_money(c)]
        yearly = [c for c in caps if c.scope == "recipient"]
        # 最高500万元 of the one measure there is: its only limit is the one meant.
        limit = min(yearly or caps[: len(caps) == 1], key=lambda c: c.quantity.value, default=None)
        if limit is None or limit.quantity.value <= result:
            return found
        working = Working(list(found.calculation.steps))
        gap = working.minus(limit.quantity.value, result, limit.quantity.span)
        display = f"{found.calculation.display}，离上限还差{written(gap, MONEY)}"
        return _with(found, working, display)
    if not asks_for_the_limit(question) or len(chosen) != 1 or len(bases) != 1:
        return found
    needed = _needed(chosen[0])
    if needed is None or needed[0] <= bases[0].value:
        return found
    working = Working(list(found.calculation.steps))
    rate = [chosen[0].rate.span] if chosen[0].rate else []
    working.says(needed[1], needed[2].quantity.span, *rate)
    gap = working.minus(needed[0], bases[0].value)
    short = _with(found, working, f"还差{written(gap, MONEY)}（现在{found.calculation.display}）")
    # What is asked for is what is missing.
    return replace(short, calculation=replace(short.calculation, result=gap))


def at_least(matcher: Matcher, facts: Sequence[Fact]) -> Sum | None:
    """What must be spent at least for the most, where a question states no amount of its own."""
    question = matcher.question
    if not asks_for_the_limit(question) or any(f.unit == MONEY for f in facts):
        return None
    rows = [row for row, prior in matcher.rows if prior == 1 and _needed(row)]
    meant = [row for row in rows if matcher.fits(row, "")]
    if len(meant) > 1:
        own = [r for r in meant if told_alone(r, matcher.sisters(r), question, matcher.likeness)]
        meant = own or meant
    needed = _needed(meant[0]) if len(meant) == 1 else None
    if needed is None or meant[0].rate is None:
        return None
    working = Working()
    working.says(needed[1], meant[0].rate.span, needed[2].quantity.span)
    calculation = Calculation(
        needed[0], MONEY, f"至少{written(needed[0], MONEY)}", tuple(working.steps),
        (f"上限{written(needed[2].quantity.value, MONEY)}",),
    )  # fmt: skip
    return Sum(calculation, unique(working.sources))


def below_threshold(matcher: Matcher, matched: Matched) -> Sum | None:
    """How much the one amount stated is short of the threshold that it is held against; None where
    it is not short, or nobody asks."""
    if not _ENOUGH.search(matcher.question):
        return None
    best = [row for row, prior in matcher.rows if prior == 1]
    held = [u for u in matched.uses if u.fact.unit == MONEY and any(u.row is row for row in best)]
    if len({u.fact.start for u in held}) != 1 or len(held) != len(matched.uses):
        return None
    use = held[0]
    bounds = [b for b in use.row.bounds if b.quantity.unit == MONEY and b.relation in (">", ">=")]
    if use.role == "bound":
        bounds = [b for b in bounds if nearest(b, use.row, use.fact, matcher.likeness)]
    else:
        bounds = [b for b in bounds if _is_of_base(b, use.row, matcher)]
    if len(bounds) != 1 or use.role not in ("bound", "base"):
        return None
    working, value, bound = Working(), use.fact.value, bounds[0]
    for part in use.less:
        value = working.minus(value, part.value)
    if holds(value, bound):
        return None
    least, span = bound.quantity.value, bound.quantity.span
    said = f"{bound.of.text}：" if bound.of else ""
    short = f"{written(value, MONEY)} {NOT_REACHED[bound.relation]}{as_written(bound)}"
    working.says(f"{said}{short}，不能享受", span)
    gap = working.minus(least, value, span) if value < least else Decimal(0)
    more = "以上" if bound.relation == ">" else ""
    display = f"还差{written(gap, MONEY)}{more}" if gap else f"没有超过{written(least, MONEY)}"
    return Sum(Calculation(gap, MONEY, display, tuple(working.steps)), unique(working.sources))


def _is_of_base(bound: Bound, row: Entitlement, matcher: Matcher) -> bool:
    """Whether a threshold is one of what the rate is of: 年度服务合同金额超过300万元的，按年度服务合同金额."""
    of, base = bound.of.text if bound.of else "", row.base.text if row.base else ""
    return bool(of and base) and (base in of or matcher.likeness.mutual(of, base) > _SAME)


def _needed(row: Entitlement) -> tuple[Decimal, str, Cap] | None:
    """Of how much a share is as much as the lowest limit, with the line; None where it is no plain
    share of one amount."""
    caps = [cap for cap in row.caps if is_money(cap) or cap.quantity.unit.startswith(f"{MONEY}/")]
    rate = row.rate
    if rate is None or rate.low is not None or row.tiers or not caps or rate.unit != "%":
        return None
    lowest = min(caps, key=lambda cap: cap.quantity.value)
    needed = lowest.quantity.value * 100 / rate.value
    if needed != needed.quantize(_TENTH_OF_YUAN):
        return None
    line = (
        f"{written(lowest.quantity.value, MONEY)} ÷ {plain(rate.value)}% = {written(needed, MONEY)}"
    )
    return needed, line, lowest


def _with(found: Sum, working: Working, display: str) -> Sum:
    """A sum gone on with."""
    steps = tuple(working.steps)
    return replace(found, calculation=replace(found.calculation, steps=steps, display=display))
