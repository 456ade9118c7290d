"""From what is got to what was spent for it: 拿了90万元，倒推一下实际投了多少; through the parts of a cost that
is paid in parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound
from indexer.entitlements.quantities import MONEY
from server.sums.below import counts_below, is_read_one_way
from server.sums.bounds import holds, is_money
from server.sums.facts import Fact
from server.sums.matching import Matcher
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.said_of import told_alone
from server.sums.working import Working

__all__ = ["is_of_base", "spent_for", "through_parts"]

#: What was got tells what was spent: 拿了90万元，倒推一下实际投了多少.
_BACKWARDS = re.compile(
    r"倒推|反推|逆推|倒算|反算|倒[过着]?来?[推算]|反过来[推算]|往回[推算]"
    r"|(?:说明|那就?是|相当于|等于|意味着|对应)[^，,。；？?\d]{0,14}(?:投|花|付|缴|交|采购|做)[了入]?(?:多少|几)"
)
_GOT = re.compile(r"[拿领得补奖给批](?:到|了|过)|到账|享受|支持|补[贴助]|奖励")
#: Two names are of one amount where they are as alike.
_SAME = 0.5
#: The question must say as much of what a measure is for, or of.
_SPOKEN = 0.2
_TENTH_OF_YUAN = Decimal("0.1")


def spent_for(matcher: Matcher, facts: Sequence[Fact]) -> Sum | None:
    """What was spent, told by what was got for it: 拿了90万元，倒推一下实际投了多少.

    None where nobody asks; STOPPED where one does and it cannot be told.
    """
    question, like = matcher.question, matcher.likeness
    got = [f for f in facts if f.unit == MONEY]
    if not _BACKWARDS.search(question):
        return None
    if len(got) != 1 or not _GOT.search(got[0].words):
        return STOPPED
    rows = [row for row, prior in matcher.rows if prior == 1 and matcher.fits(row, "")]
    rows = [row for row in rows if row.rate or row.tiers or row.amount]
    if len(rows) > 1:
        rows = [r for r in rows if told_alone(r, matcher.sisters(r), question, like)]
    rows = [r for r in rows if any(like.share(t, question) >= _SPOKEN for t in _what_for(r))]
    row, value = rows[0] if len(rows) == 1 else None, got[0].value
    if row is None or row.rate is None or row.tiers or row.increments or row.ceilings:
        return STOPPED
    spent = value * 100 / row.rate.value
    caps = [c.quantity for c in row.caps]
    most = min((c.value for c in caps if c.unit.split("/")[0] == MONEY), default=None)
    own = [b for b in row.bounds if b.quantity.unit == MONEY and is_of_base(b, row, matcher)]
    exact = (
        row.rate.unit == "%" and row.rate.low is None and spent == spent.quantize(_TENTH_OF_YUAN)
    )
    if not exact or (most and value > most) or not all(holds(spent, bound) for bound in own):
        return STOPPED
    working = Working()
    rate, limit = f"{plain(row.rate.value)}%", [c.span for c in caps if c.value == value]
    working.says(f"{got[0].written} ÷ {rate} = {written(spent, MONEY)}", row.rate.span, *limit)
    # From the limit on, nothing tells how much more was spent.
    return worked_alone(spent, MONEY, "至少" if most == value else "", working)


def _what_for(row: Entitlement) -> list[str]:
    """The pieces of what a measure is for, and what its rate is of."""
    return [span.text for span in (*row.event, row.name, row.base) if span]


def through_parts(row: Entitlement, matcher: Matcher) -> Sum | None:
    """What must be spent at least for the most, of a cost paid in parts: both readings where the
    clause leaves open what becomes of what lies below the first part."""
    text = matcher.likeness.retriever.index.clause(row.address)[1].text
    limits = [cap.quantity for cap in row.caps if is_money(cap)]
    limit = min(limits, key=lambda q: q.value, default=None)
    if limit is None or any(tier.rate.unit != "%" or tier.rate.low for tier in row.tiers):
        return None
    working, both = Working(), not is_read_one_way(row, text)
    first = _through(row, limit.value, working, from_zero=counts_below(row, text))
    if first is None:
        return None
    working.sources.append(limit.span)
    found = worked_alone(first, MONEY, "至少", working)
    if both:
        working.says("另一种读法，第一段从零起算：", limit.span)
        other = _through(row, limit.value, working, from_zero=True)
        if other is None:
            return None
        display = f"{found.calculation.display}（另一种读法为{written(other, MONEY)}）"
        found = worked_alone(first, MONEY, "至少", working)
        found = replace(found, calculation=replace(found.calculation, display=display), high=other)
    caps = (f"上限{written(limit.value, MONEY)}",)
    return replace(found, calculation=replace(found.calculation, caps=caps))


def _through(row: Entitlement, limit: Decimal, working: Working, from_zero: bool) -> Decimal | None:
    """What must be spent until the parts come to a limit; None where they never do."""
    left = limit
    for place, tier in enumerate(row.tiers):
        low = tier.low.value if tier.low and not (from_zero and place == 0) else Decimal(0)
        whole = (tier.high.value - low) * tier.rate.value / 100 if tier.high else None
        if whole is None or whole >= left:
            spent = left * 100 / tier.rate.value
            if spent != spent.quantize(_TENTH_OF_YUAN):
                return None
            line = f"{written(left, MONEY)} ÷ {plain(tier.rate.value)}% = {written(spent, MONEY)}"
            working.says(line, tier.rate.span)
            return working.plus([low, spent]) if low else spent
        assert tier.high is not None
        part = working.minus(tier.high.value, low, tier.rate.span) if low else tier.high.value
        left = working.minus(left, working.share(part, tier.rate))
    return None


def is_of_base(bound: Bound, row: Entitlement, matcher: Matcher) -> bool:
    """Whether a threshold is one of what the rate is of: 年度服务合同金额超过300万元的，按年度服务合同金额."""
    of, base = bound.of.text if bound.of else "", row.base.text if row.base else ""
    return bool(of and base) and (base in of or matcher.likeness.mutual(of, base) > _SAME)
