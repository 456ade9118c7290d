"""Occasions of several figures: the lists of a clause that go with them by position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indexer.entitlements.parallel import parallel_items
from indexer.entitlements.row import Place, Row

if TYPE_CHECKING:
    from indexer.entitlements.segment import Segment

__all__ = ["own_bounds", "paired", "told_apart"]


def paired(segment: Segment, places: Sequence[Place], count: int) -> list[list[Place]] | None:
    """The occasion of each of ``count`` figures, None where their list is not clear."""
    if count == 1:
        return [list(places)]
    text = segment.clause.text
    for index in range(len(places) - 1, -1, -1):
        start, end = places[index]
        found = parallel_items(text[start:end], count)
        if not found:
            continue
        return [
            [
                *places[:index],
                *(
                    (start + a, start + b)
                    for a, b in (found.head, item, _uncounted(text[start:end], found.tail))
                    if b > a
                ),
                *places[index + 1 :],
            ]
            for item in found.items
        ]
    return None


def _uncounted(text: str, tail: Place) -> Place:
    """What stands behind a list without what only counts it: 三个梯度发展目标的企业."""
    match = re.match(r"等?[\d一二两三四五六七八九十]+[个项类种]阶?段?[^的]*", text[slice(*tail)])
    return (tail[0] + match.end(), tail[1]) if match else tail


def own_bounds(segment: Segment, row: Row, index: int, count: int) -> None:
    """突破1亿元、5亿元 pairs thresholds with amounts; where the lists differ, it is not read."""
    for several in segment.steps:
        if count == len(several):
            row.bounds += (several[index],)
        else:
            row.doubt("bounds")


def told_apart(rows: Sequence[Row]) -> None:
    """Sister rows whose recipients alone differ say so in the event too."""
    if len({row.event for row in rows}) < len(rows):
        for row in rows:
            if row.subject and row.subject not in row.event:
                row.event = (*row.event, row.subject)
