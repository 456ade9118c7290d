"""The order in which the pieces of a page are read: column by column where a gutter parts it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.loaders.pdf_chars import Glyph
from indexer.loaders.pdf_lines import Printed, parted, printed, rows_of
from indexer.loaders.pdf_tables import Table

__all__ = ["Region", "Spot", "regions_of", "spots_of"]

#: A gutter lies in the middle of what it parts, and is at least this wide, in parts of the size.
_MIDDLE = (0.2, 0.8)
_GUTTER = 0.9
_STEP = 2.0
#: Fewer lines on either side are no column, and a column's lines mostly fill its width.
_FEWEST = 4
_FILLED = 0.7
_MOSTLY = 0.5
_NARROWEST = 7.0
#: Pages where this part of the pieces are wide have one column.
_WIDE = 0.6
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """Something that takes room on a page: a piece of a row, a recognised line or a table."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    row: int
    glyphs: tuple[Glyph, ...] = ()
    line: Printed | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """What is read in one go, from the top: a page, or a column of one."""

    items: tuple[Printed | Table, ...]
    column: int = 0


def spots_of(glyphs: Iterable[Glyph], tables: Sequence[Table]) -> list[Spot]:
    """Return the pieces of a page's rows, and its tables."""
    spots = []
    for number, row in enumerate(rows_of(glyphs)):
        for piece in parted(row):
            if line := printed(piece):
                spots.append(
                    Spot(line.left, line.top, line.right, line.bottom, line.size, number, tuple(piece), line)
                )  # fmt: skip
    for number, table in enumerate(tables, 1):
        size = table.rows[0].bottom - table.rows[0].top
        spots.append(
            Spot(table.left, table.top, table.right, table.bottom, size, -number, table=table)
        )
    return spots


def regions_of(spots: Sequence[Spot]) -> list[Region]:
    """Return the regions of a page in reading order."""
    ordered = _ordered(sorted(spots, key=lambda s: (s.top, s.left)), 0)
    return [Region(_lines(group), column) for group, column in ordered]


def _ordered(spots: Sequence[Spot], depth: int) -> list[tuple[list[Spot], int]]:
    """Return the groups in reading order, numbered: 0 for what runs over the whole page."""
    gutter = _gutter(spots) if depth < _DEEPEST else None
    groups: list[tuple[list[Spot], int]] = []
    for band in _bands(spots, gutter) if gutter else [list(spots)]:
        left = [spot for spot in band if (spot.left + spot.right) / 2 < (gutter or 0)]
        right = [spot for spot in band if (spot.left + spot.right) / 2 >= (gutter or 0)]
        if gutter and _is_column(left) and _is_column(right):
            inner = [*_ordered(left, depth + 1), *_ordered(right, depth + 1)]
            groups += [(group, depth + number) for number, (group, _) in enumerate(inner, 1)]
        elif groups and groups[-1][1] == depth:
            groups[-1][0].extend(band)
        else:
            groups.append((band, depth))
    return groups


def _gutter(spots: Sequence[Spot]) -> float | None:
    """Return where most pieces leave a gap with text on both sides; None for a single column."""
    if len(spots) < 2 * _FEWEST:
        return None
    start, end = min(s.left for s in spots), max(s.right for s in spots)
    width = end - start
    wide = sum(s.right - s.left > 0.75 * width for s in spots)
    if wide > _WIDE * len(spots) or width <= 0:
        return None
    best: tuple[int, float] | None = None
    at = start + _MIDDLE[0] * width
    while at < start + _MIDDLE[1] * width:
        near = _GUTTER / 2
        crossing = sum(s.left < at + near * s.size and s.right > at - near * s.size for s in spots)
        left = sum(s.right <= at for s in spots)
        right = sum(s.left >= at for s in spots)
        if min(left, right) >= _FEWEST and 2 * crossing < left + right:
            best = min(best or (crossing, at), (crossing, at))
        at += _STEP
    return best[1] if best else None


def _bands(spots: Sequence[Spot], gutter: float) -> list[list[Spot]]:
    """Part the pieces, from the top, where one crosses the gutter; it makes a band of its own."""
    bands: list[list[Spot]] = [[]]
    crossed = False
    for spot in spots:
        crosses = spot.left < gutter - spot.size / 3 and spot.right > gutter + spot.size / 3
        if crosses != crossed and bands[-1]:
            bands.append([])
        bands[-1].append(spot)
        crossed = crosses
    return bands


def _is_column(spots: Sequence[Spot]) -> bool:
    """Whether pieces are lines of running text: a list of names beside figures is not."""
    lines = [spot for spot in spots if spot.table is None]
    if len(lines) < _FEWEST:
        return False
    width = max(s.right for s in lines) - min(s.left for s in lines)
    size = sorted(s.size for s in lines)[len(lines) // 2]
    full = sum(s.right - s.left >= _FILLED * width for s in lines)
    return full >= _MOSTLY * len(lines) and width >= _NARROWEST * size


def _lines(spots: Sequence[Spot]) -> tuple[Printed | Table, ...]:
    """Put the pieces of each row together again, from the top."""
    rows: dict[int, list[Spot]] = {}
    for spot in spots:
        rows.setdefault(spot.row, []).append(spot)
    items = [item for row in rows.values() if (item := _whole(row))]
    items.sort(key=lambda item: (item.base if isinstance(item, Printed) else item.top, item.left))
    return _beside(items)


def _whole(row: Sequence[Spot]) -> Printed | Table | None:
    """Return the line that pieces make; recognised ones have no characters to set again."""
    pieces = sorted(row, key=lambda spot: spot.left)
    glyphs = [glyph for piece in pieces for glyph in piece.glyphs]
    if len(pieces) > 1 and glyphs:
        return printed(glyphs)
    lines = [piece.line for piece in pieces if piece.line]
    if len(lines) < 2:
        return pieces[0].table or pieces[0].line
    return replace(
        lines[0],
        text=" ".join(line.text for line in lines),
        top=min(line.top for line in lines),
        right=lines[-1].right,
        bottom=max(line.bottom for line in lines),
        ocr=min((line.ocr for line in lines if line.ocr is not None), default=None),
    )


def _beside(items: list[Printed | Table]) -> tuple[Printed | Table, ...]:
    """Put a line that stands right of two others behind both: 文件 beside the names of issuers."""
    for i in range(len(items) - 1):
        first, second = items[i], items[i + 1]
        if isinstance(first, Table) or isinstance(second, Table):
            continue
        overlap = min(first.bottom, second.bottom) - max(first.top, second.top)
        if overlap > 0.3 * min(first.size, second.size) and second.right <= first.left:
            items[i], items[i + 1] = second, first
    return tuple(items)
