"""Rows of figures: one for each figure of a phrase, with the occasion that is its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from indexer.entitlements.filling import fill
from indexer.entitlements.occasion import opens
from indexer.entitlements.pairing import own_bounds, paired, told_apart
from indexer.entitlements.phrases import Phrase
from indexer.entitlements.quantities import Measured
from indexer.entitlements.roles import Figures
from indexer.entitlements.row import Place, Row
from indexer.entitlements.whom import whom_and_what

if TYPE_CHECKING:
    from indexer.entitlements.segment import Segment

__all__ = ["open_rows"]


def open_rows(
    segment: Segment, number: int, phrase: Phrase, group: Figures, own: Place | None, since: int
) -> None:
    """Open a row for each figure of a group; several figures need a list of as many events."""
    head = [(p.start, p.end) for p in segment.head]
    places = _places(segment, head, own)
    earlier = [p for p in segment.phrases if p.start < phrase.start]
    segment.used = [
        (p.start, p.end) for p in earlier if segment.is_occasion(p) or "、" in p.text
    ] + ([own] if own else [])
    count = len(group.quantities)
    events = paired(segment, places, count) or paired(segment, segment.used, count)
    mine = head[0][0] if head else own[0] if own else phrase.start
    figures: Sequence[Measured | None] = group.quantities
    unread: tuple[str, ...] = ()
    if events is None:
        events, figures, unread = [places], [None], (_main(group),)
    segment.open = [] if (own or head or group.role != "cap") else segment.open
    previous: Row | None = None
    opened: list[Row] = []
    for index, (event, figure) in enumerate(zip(events, figures, strict=True)):
        previous = segment.opened[-1] if segment.opened else previous
        row = Row(segment.clause.address, (), segment.first + number, unread=unread)
        granting = (since, phrase.end)
        stems = [p for p in event if p[1] <= mine]
        whom_and_what(segment, row, [p for p in event if p not in stems], granting, previous, stems)
        fill(segment, row, phrase, group, figure, since)
        own_bounds(segment, row, index, len(events))
        segment.add(row)
        opened.append(row)
    told_apart(opened)
    segment.head = []


def _places(segment: Segment, head: list[Place], own: Place | None) -> list[Place]:
    """The occasion: what was said before, what this phrase says, and a stem that both share."""
    text = segment.clause.text
    mine = [*head, *([own] if own else [])]
    if own and not head and segment.stem and not opens(text[slice(*own)]):
        return [*segment.shared, *segment.stem, own]
    if own and head and (opens(text[slice(*head[0])]) or own[1] - own[0] <= 6):
        segment.stem = head
    elif head:
        segment.stem = []
    return [*segment.shared, *mine]


def _main(group: Figures) -> str:
    """The field that the figures of a group are for."""
    return "rate" if group.quantities[0].unit in ("%", "‰", "倍") else "amount"
