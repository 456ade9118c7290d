"""Rows of tiers: parts of a base, each with its rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indexer.entitlements.entitlement import Span, Tier
from indexer.entitlements.filling import form_of
from indexer.entitlements.phrases import Phrase
from indexer.entitlements.row import Row
from indexer.entitlements.whom import whom_and_what
from indexer.entitlements.wording import base_span

if TYPE_CHECKING:
    from indexer.entitlements.segment import Segment

__all__ = ["read_tiers"]

#: 超过部分 is no name of what the tiers are of.
_REST = re.compile(r"超(?:过|出)的?部分?")
_NAME = re.compile(r"(?P<of>[^，。；、\d（）()]{2,16}?)(?:超过|超出|高于|大于|达到?|在|为)?$")


def read_tiers(segment: Segment, tiers: Sequence[Tier], rest: Sequence[Phrase]) -> None:
    """Open one row for all tiers, or go on with the one before a semicolon."""
    previous = segment.reader.rows[-1] if segment.reader.rows else None
    if previous and previous.tiers and not rest:
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
    segment.add(row)


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
