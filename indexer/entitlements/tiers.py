"""Tiers of a base: 超过1000万元，不超过5000万元部分按10%，超过5000万元部分按20%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements.entitlement import Quantity, Tier
from indexer.entitlements.phrases import Phrase
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from indexer.entitlements.row import ClauseText

__all__ = ["tiers_of"]

_INCLUSIVE = r"(?:（[^）]{1,4}）)?"
_PART = re.compile(rf"^\s*{_INCLUSIVE}(?:以上|以下|以内|及以上|及以下|之间)?{_INCLUSIVE}的?部分")
#: 超过800万元的，按超过部分的5%: the limit stands in the condition.
_ABOVE = re.compile(r"超(?:过|出)的?部分[^，。；\d%]{0,8}$")
_LOW = re.compile(r"(?<!不)(?:超过|高于|大于|超出)\s*$")


def tiers_of(clause: ClauseText, phrases: Sequence[Phrase]) -> tuple[list[Tier], list[Phrase]]:
    """The tiers of a segment, and its phrases before the first one; none where there are none."""
    if not phrases or "部分" not in clause.text[phrases[0].start : phrases[-1].end]:
        return [], []
    start = phrases[0].start
    text = clause.text[start : phrases[-1].end]
    tiers, begun, limits = [], None, []
    for q in find_quantities(text):
        if q.unit == MONEY:
            limits.append(q)
            continue
        above = bool(limits) and _is_above(text, limits[-1], q)
        if q.unit == "%" and limits and (above or _is_part(text, limits[-1])):
            low, high = (limits[-1], None) if above else _ends(text, limits[-2:])
            begun = min(x.start for x in limits[-2:]) if begun is None else begun
            tiers.append(
                Tier(
                    _placed(clause, low, start),
                    _placed(clause, high, start),
                    _sure(clause, q, start),
                )
            )
            limits = []
    before = [p for p in phrases if begun is not None and p.end <= start + begun]
    inside = [p for p in phrases if begun is not None and p.start <= start + begun < p.end]
    # 且项目固定资产投资超过1000万元: what the tier is of is no occasion of its own.
    return tiers, before if before or not inside else []


def _is_part(text: str, q: Measured) -> bool:
    return bool(_PART.match(text[q.end :]))


def _is_above(text: str, limit: Measured, rate: Measured) -> bool:
    """Whether a rate is of what lies above a limit said before it."""
    from_there = _LOW.search(text[: limit.start]) or re.match(
        rf"{_INCLUSIVE}(?:及?以上)", text[limit.end : limit.end + 8]
    )
    return bool(from_there) and bool(_ABOVE.search(text[limit.end : rate.start]))


def _ends(text: str, limits: Sequence[Measured]) -> tuple[Measured | None, Measured | None]:
    """Lower and upper end of the part that the last limits speak of."""
    last = limits[-1]
    if last.low is not None:
        return Measured(last.low, last.unit, last.start, last.end), Measured(
            last.value, last.unit, last.start, last.end
        )
    behind = text[last.end : last.end + 8]
    if _LOW.search(text[: last.start]) or re.match(rf"{_INCLUSIVE}(?:及?以上)", behind):
        return last, None
    first = limits[0] if len(limits) == 2 and _joined(text, limits[0], last) else None
    return first, last


def _joined(text: str, low: Measured, high: Measured) -> bool:
    """Whether two limits are the ends of one part: nothing but words of comparing between them."""
    return bool(
        re.fullmatch(
            rf"\s*{_INCLUSIVE}(?:以上)?[，、]?(?:且|至|到)?(?:不超过|低于|不高于)?\s*",
            text[low.end : high.start],
        )
    )


def _placed(clause: ClauseText, q: Measured | None, start: int) -> Quantity | None:
    return _sure(clause, q, start) if q else None


def _sure(clause: ClauseText, q: Measured, start: int) -> Quantity:
    return clause.quantity(Measured(q.value, q.unit, q.start + start, q.end + start, q.low))
