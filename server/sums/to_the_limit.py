"""How much more it takes until a limit is reached, or how much at least: 还差多少采购额才能拿满, 最少投多少
才能顶格."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap
from indexer.entitlements.quantities import MONEY
from server.answer import Calculation
from server.sums.backwards import is_of_base, through_parts
from server.sums.bounds import NOT_REACHED, as_written, holds, is_money, nearest
from server.sums.facets import conflict, facets_of
from server.sums.facts import Fact
from server.sums.matching import Matcher
from server.sums.money import plain, written
from server.sums.phrases import PHRASE
from server.sums.ratios import AREA, area_asked
from server.sums.result import Sum, unique
from server.sums.said_of import told_alone
from server.sums.units import units_of
from server.sums.uses import Matched
from server.sums.working import Working

__all__ = [
    "area_for_the_rest",
    "asks_for_the_limit",
    "at_least",
    "below_threshold",
    "needed_for",
    "short_of",
]


_FULL = re.compile(
    r"[拿用凑领吃拉补]满|顶格|到顶|封顶|(?:拿|够|达|补|奖)到(?:最高|上限|顶)|全额拿到"
)
_NEED = re.compile(
    r"还差|还[要得需]|再(?:买|投|加|花|走|多)|最少|至少|起码|要(?:花|投|买|做到|走|卖)(?:出去)?多少"
)
#: What is left of the limit itself, not what must be spent for it.
_LEFT = re.compile(
    r"离[^，,。；？?]{0,16}?(?:顶|上限|限额|额度)[^，,。；？?]{0,3}(?:还差|还有|还剩|差)(?:多少|几)(?![^，,。；？?]{0,4}(?:保费|投入|采购|收入|费用))"
    r"|(?:还剩|还有|剩下|剩余|还能用)(?:多少|几|好多)[^，,。；？?]{0,3}(?:额度|空间)"
    r"|(?:额度|空间)[^，,。；？?]{0,3}(?:还剩|还有|剩下?|剩余)(?:多少|几|好多)"
)
#: What must be spent on one more thing until nothing is left.
_USED_UP = re.compile(
    r"(?P<thing>[^。；;！!？?]{0,24})(?:花|投|办|买|用|交)(?:多少|几|好多)[^，,。；;？?]{0,8}(?:用|占|补|填|花)[完光满]"
)
_ENOUGH = re.compile(r"够不够|够格|够得?上|达不达|达标[吗么没不]|还?差多少|还差|够门槛|够线|过线")
_TENTH_OF_YUAN = Decimal("0.1")


def asks_for_the_limit(question: str) -> bool:
    """Whether a question asks what it takes to get the most.

    >>> asks_for_the_limit("想拿满还差多少采购额"), asks_for_the_limit("封顶多少")
    (True, False)
    """
    return bool(_FULL.search(question)) and bool(_NEED.search(question))


def needed_for(row: Entitlement) -> tuple[Decimal, str, Cap] | None:
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


def short_of(found: Sum, chosen: Sequence[Entitlement], matched: Matched, matcher: Matcher) -> Sum:
    """A sum with what is missing until its limit; as it is where nothing is, or nobody asks."""
    result, question = found.calculation.result, matcher.question
    if result is None:
        return found
    if _LEFT.search(question):
        return _left(found, result, chosen, matcher)
    if not asks_for_the_limit(question):
        return found
    row = chosen[0] if len(chosen) == 1 else _named(chosen, matcher)
    bases = [use.fact for use in matched.of(row, "base")] if row else []
    needed = needed_for(row) if row and len(bases) == 1 else None
    if row is None or needed is None or needed[0] <= bases[0].value:
        return found
    working = Working(list(found.calculation.steps))
    rate = [row.rate.span] if row.rate else []
    working.says(needed[1], needed[2].quantity.span, *rate)
    gap = working.minus(needed[0], bases[0].value)
    if len(chosen) > 1:
        told = f"{bases[0].written}的那份离上限还差{written(gap, MONEY)}"
        return _with(found, working, f"{found.calculation.display}，{told}")
    short = _with(found, working, f"还差{written(gap, MONEY)}（现在{found.calculation.display}）")
    # What is asked for is what is missing.
    return replace(short, calculation=replace(short.calculation, result=gap))


def _named(chosen: Sequence[Entitlement], matcher: Matcher) -> Entitlement | None:
    """Of several measures the one of which a question asks what is missing: 海外那份离封顶还差多少."""
    parts = [p for p in PHRASE.findall(matcher.question) if asks_for_the_limit(p)]
    told = [
        row
        for row in chosen
        if len(parts) == 1 and matcher.likeness.told(row, chosen, parts[0]) == 1
    ]
    return told[0] if len(told) == 1 else None


def _left(found: Sum, result: Decimal, chosen: Sequence[Entitlement], matcher: Matcher) -> Sum:
    """A sum with what is left of its limit, and what must be spent to use that up."""
    caps = [c for row in chosen for c in row.caps if is_money(c)]
    yearly = [c for c in caps if c.scope == "recipient"]
    # 最高500万元 of the one measure there is: its only limit is the one meant.
    limit = min(yearly or caps[: len(caps) == 1], key=lambda c: c.quantity.value, default=None)
    if limit is None or limit.quantity.value <= result:
        return found
    working = Working(list(found.calculation.steps))
    gap = working.minus(limit.quantity.value, result, limit.quantity.span)
    display = f"{found.calculation.display}，离上限还差{written(gap, MONEY)}"
    if match := _USED_UP.search(matcher.question):
        more = _for_the_rest(gap, match["thing"], chosen, matcher, working)
        display += f"，再花{written(more, MONEY)}正好用完" if more else ""
    return _with(found, working, display)


def _for_the_rest(
    gap: Decimal, thing: str, chosen: Sequence[Entitlement], matcher: Matcher, working: Working
) -> Decimal | None:
    """What must be spent on one more thing to get just what is left; None where it is not told
    which one is meant, or its own limit is lower."""
    rows = [r for r in matcher.sisters(chosen[0]) if r.rate and not r.tiers and not r.unread]
    meant = [row for row in rows if not conflict(facets_of(thing), matcher.facets(row))]
    if len(rows) > 1 and len(meant) == len(rows):
        return None
    rate = meant[0].rate if len(meant) == 1 else None
    caps = [
        c.quantity.value for row in meant for c in row.caps if c.scope == "item" and is_money(c)
    ]
    if rate is None or rate.low is not None or rate.unit != "%" or min(caps, default=gap) < gap:
        return None
    needed = gap * 100 / rate.value
    if needed != needed.quantize(_TENTH_OF_YUAN):
        return None
    working.says(
        f"{written(gap, MONEY)} ÷ {plain(rate.value)}% = {written(needed, MONEY)}", rate.span
    )
    return needed


def area_for_the_rest(found: Sum, chosen: Sequence[Entitlement], matcher: Matcher) -> Sum | None:
    """How large an area of another kind brings a sum up to its limit: 厂房2000平装好了，GMP至少装多少平才能
    拿满; None where it is not told which kind is meant."""
    result = found.calculation.result
    parts = [p for p in PHRASE.findall(matcher.question) if area_asked(p)]
    rows = [r for r in matcher.sisters(chosen[0]) if r.amount and units_of(r) == (AREA,)]
    told = [r for r in rows if len(parts) == 1 and matcher.likeness.told(r, rows, parts[0]) == 1]
    caps = [c for row in chosen for c in row.caps if is_money(c) and c.scope == "recipient"]
    limit = min(caps, key=lambda c: c.quantity.value, default=None)
    if result is None or limit is None or len(told) != 1 or told[0] in chosen:
        return None
    each = told[0].amount
    assert each is not None
    area = (limit.quantity.value - result) / each.value
    if area <= 0 or area != area.quantize(_TENTH_OF_YUAN):
        return None
    working = Working(list(found.calculation.steps))
    gap = working.minus(limit.quantity.value, result, limit.quantity.span)
    price = f"{written(each.value, MONEY)}/{AREA}"
    working.says(f"{written(gap, MONEY)} ÷ {price} = {written(area, AREA)}", each.span)
    calculation = replace(found.calculation, result=area, unit=AREA)
    sources = unique([*found.sources, *working.sources])
    whole = replace(found, calculation=calculation, sources=sources)
    return _with(whole, working, f"至少{written(area, AREA)}")


def at_least(matcher: Matcher, facts: Sequence[Fact]) -> Sum | None:
    """What must be spent at least for the most, where a question states no amount of its own."""
    question = matcher.question
    if not asks_for_the_limit(question) or any(f.unit == MONEY for f in facts):
        return None
    rows = [row for row, prior in matcher.rows if prior == 1 and (needed_for(row) or row.tiers)]
    meant = [row for row in rows if matcher.fits(row, "")]
    if len(meant) > 1:
        own = [r for r in meant if told_alone(r, matcher.sisters(r), question, matcher.likeness)]
        meant = own or meant
    if len(meant) == 1 and meant[0].tiers:
        return through_parts(meant[0], matcher)
    needed = needed_for(meant[0]) if len(meant) == 1 else None
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
        bounds = [b for b in bounds if is_of_base(b, use.row, matcher)]
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


def _with(found: Sum, working: Working, display: str) -> Sum:
    """A sum gone on with."""
    steps = tuple(working.steps)
    return replace(found, calculation=replace(found.calculation, steps=steps, display=display))
