"""Rows of tiers: parts of a base, each with its rate."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from indexer.entitlements.entitlement import Span, Tier
from indexer.entitlements.filling import form_of
from indexer.entitlements.phrases import Phrase
from indexer.entitlements.roles import figures_in
from indexer.entitlements.row import Row
from indexer.entitlements.whom import whom_and_what
from indexer.entitlements.wording import base_span

if TYPE_CHECKING:
    from indexer.entitlements.segment import Segment

__all__ = ["read_tiers"]

#: 超过部分 is no name of what the tiers are of.
_REST = re.compile(r"超(?:过|出)的?部分?")
_NAME = re.compile(r"(?P<of>[^，。；、\d（）()]{2,16}?)(?:超过|超出|高于|大于|达到?|在|为)?$")

#: What comes on top of the rate is no other rate for a part.
_ON_TOP = re.compile(r"再|另|额外|叠加|追加|加[奖补]")
#: What stands around the name of what is measured: 其中对设备投资超过.
_BEFORE = re.compile(r"^(?:其中|对于?|年度){1,3}|(?:超过|超出|高于|大于|达到?|在|为|的){1,3}$|\s")


def read_tiers(
    segment: Segment,
    tiers: Sequence[Tier],
    rest: Sequence[Phrase],
    read: Callable[[int, Phrase], None],
) -> None:
    """Open one row for all tiers, or go on with the one before a semicolon: its tiers, or the rate that
    holds up to the first of these (按10%给予补助；1亿元以上的部分，按15%给予补助).

    ``rest`` are the phrases before the first tier; ``read`` reads one of them.
    """
    rated = any(f.role == "rate" for p in rest for f in figures_in(p.text, p.start))
    for number, phrase in enumerate(rest if rated else ()):
        read(number, phrase)
    previous = segment.reader.rows[-1] if segment.reader.rows else None
    own = bool(rest) and not rated
    goes_on = previous is not None and not own and _goes_on(segment, previous, tiers[0])
    if previous and goes_on:
        if previous.rate:
            previous.tiers = (Tier(None, tiers[0].low, previous.rate),)
            previous.rate = None
        previous.tiers += tuple(tiers)
        segment.open = [previous]
        return
    clause, first = segment.clause, tiers[0].rate.span
    row = Row(clause.address, (), segment.first, tiers=tuple(tiers))
    phrase = next(p for p in segment.phrases if p.end >= first.end)
    places = [(p.start, p.end) for p in rest]
    whom_and_what(segment, row, places, (phrase.start, phrase.end), None)
    prefix = clause.text[phrase.start : first.start]
    row.base = clause.placed(base_span(prefix), phrase.start)
    if row.base and _REST.fullmatch(row.base.text):
        row.base = _measured(segment, tiers[0])
    after = clause.text[first.end : phrase.end]
    row.form = form_of(segment, prefix, phrase.start, after, first.end, phrase)
    if goes_on is None:
        row.doubt("rate")
    segment.add(row)


def _goes_on(segment: Segment, previous: Row, first: Tier) -> bool | None:
    """Whether tiers go on from those of the row before, or from its rate, which is of the same thing
    as they are; None where that has a limit of its own, of which nobody knows what it holds for, or
    they come on top."""
    if previous.tiers or not (previous.rate and previous.base and first.low):
        return bool(previous.tiers)
    rivals = [row for row in segment.reader.rows if row.rate or row.tiers]
    text = segment.clause.text[previous.rate.span.end : first.low.span.start]
    measured = _BEFORE.sub("", re.split("[，。；;：:]", text)[-1])
    alike = not measured or measured in previous.base.text or previous.base.text in measured
    if len(rivals) > 1 or not alike or previous.rate.low is not None:
        return False
    between = segment.clause.text[previous.rate.span.end : first.rate.span.start]
    if previous.caps or _ON_TOP.search(between):
        previous.doubt("caps" if previous.caps else "rate")
        return None
    return True


def _measured(segment: Segment, tier: Tier) -> Span | None:
    """What is measured in the condition that names the first limit: 年度到账收入超过800万元的企业."""
    if tier.low is None:
        return None
    limit = tier.low.span
    phrase = next((p for p in segment.phrases if p.start <= limit.start < p.end), None)
    match = _NAME.search(segment.clause.text[phrase.start : limit.start]) if phrase else None
    if phrase is None or match is None:
        return None
    return segment.clause.span(phrase.start + match.start("of"), phrase.start + match.end("of"))
