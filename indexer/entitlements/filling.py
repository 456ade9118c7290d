"""What stands around a figure: its base, its form, what it is for, how often it is given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entitlements.entitlement import Span
from indexer.entitlements.phrases import Phrase
from indexer.entitlements.quantities import Measured
from indexer.entitlements.roles import Figures
from indexer.entitlements.row import Place, Row
from indexer.entitlements.wording import (
    bare_base,
    base_span,
    each_span,
    form_span,
    frequency_span,
    name_span,
)

if TYPE_CHECKING:
    from indexer.entitlements.segment import Segment

__all__ = ["fill", "form_of"]

_AT_MOST = re.compile(r"不得?超过|最高|上限|至多|最多|不高于|以内")


def fill(
    segment: Segment,
    row: Row,
    phrase: Phrase,
    group: Figures,
    figure: Measured | None,
    since: int,
) -> None:
    """Fill in what stands around a figure: base, form, how often, for how long, its name."""
    clause = segment.clause
    prefix, after = clause.text[since : group.start], clause.text[group.end : phrase.end]
    if figure:
        _figure(segment, row, phrase, figure, (since, group.start))
    row.at_most = bool(_AT_MOST.search(prefix[-16:]))
    row.conditions, row.bounds = tuple(segment.conditions), tuple(segment.bounds)
    row.form = form_of(segment, prefix, since, after, group.end, phrase)
    if row.rate and "减半" in row.rate.span.text and not form_span("", after):
        row.form = row.rate.span
    row.frequency = _often(segment, phrase) or row.frequency
    row.name = clause.placed(name_span(after), group.end)
    if segment.years:
        row.years, segment.years = clause.quantity(segment.years.quantities[0]), None
    if led := segment.led:
        row.frequency, row.form = row.frequency or led.frequency, row.form or led.form
        row.bounds = (*led.bounds, *row.bounds)
        row.name = row.name or led.name


def _figure(segment: Segment, row: Row, phrase: Phrase, figure: Measured, before: Place) -> None:
    """The rate with its base, or the amount with what it is for."""
    clause, since = segment.clause, before[0]
    prefix = clause.text[slice(*before)]
    if figure.unit not in ("%", "‰", "倍"):
        row.base, row.amount = None, clause.quantity(figure)
        row.each = clause.placed(each_span(prefix), since) or _unit(segment, figure)
        row.each = row.each or _counted(segment, phrase)
        return
    row.rate = clause.quantity(figure)
    row.base = clause.placed(base_span(prefix), since) or row.base
    if row.base is None and "减半" in row.rate.span.text:
        behind = clause.text[figure.start : phrase.end]
        row.base = clause.placed(bare_base(behind, True), figure.start)
    if "每人每次" in prefix:
        row.each = clause.placed(each_span(prefix[: prefix.index("每人每次") + 4]), since)


def _often(segment: Segment, phrase: Phrase) -> Span | None:
    """How often, as the phrase or those that lead up to it say."""
    begun = segment.opened[-1].phrase - segment.first if segment.opened else -1
    led_up = [p for n, p in enumerate(segment.phrases) if begun < n and p.start < phrase.start]
    for said in (phrase, *led_up):
        if place := frequency_span(said.text):
            return segment.clause.placed(place, said.start)
    return segment.opened[-1].frequency if segment.shared and segment.opened else None


def _unit(segment: Segment, figure: Measured) -> Span | None:
    """㎡ of 300元/㎡, 项 of 200万元/项."""
    text = segment.clause.text[figure.start : figure.end]
    place = text.find("/")
    return segment.clause.span(figure.start + place + 1, figure.end) if place > 0 else None


def form_of(
    segment: Segment, prefix: str, since: int, after: str, end: int, phrase: Phrase
) -> Span | None:
    """The noun of support around a figure, or in the next phrase or the one before."""
    clause = segment.clause
    if found := form_span(prefix, after):
        side, place = found
        return clause.placed(place, end if side == "after" else since)
    following = next((p for p in segment.phrases if p.start > phrase.start), None)
    if following and (found := form_span("", following.text)):
        return clause.placed(found[1], following.start)
    if found := form_span("", re.split(r"[\d%％]", clause.text[end : phrase.end])[-1]):
        return clause.placed(_shifted(found[1], phrase.end, clause.text[end : phrase.end]))
    if found := form_span(clause.text[phrase.start : since], ""):
        return clause.placed(found[1], phrase.start)
    if segment.opened:
        return segment.opened[-1].form
    for said in reversed([p for p in segment.phrases if p.end <= phrase.start]):
        if found := form_span(said.text, ""):
            return clause.placed(found[1], said.start)
    return None


def _shifted(place: Place, end: int, words: str) -> Place:
    """A place in the words behind the last figure of a phrase, in the clause."""
    start = end - len(re.split(r"[\d%％]", words)[-1])
    return start + place[0], start + place[1]


def _counted(segment: Segment, phrase: Phrase) -> Span | None:
    """每新增1个GCP专业学科 in the phrase before an amount: what the amount is for."""
    before = [p for p in segment.phrases if p.start < phrase.start][-2:]
    for said in reversed(before):
        match = re.search(
            r"每[^，；、\d]{1,6}\d+[个家名人项][^，；、]{1,12}?(?=在|且|并|$)", said.text
        )
        if match and not any(row.phrase >= segment.number_of(said) for row in segment.opened):
            return segment.clause.placed(match.span(), said.start)
    return None
