"""Tables that a page of an OFD file rules: from lines to cells, and the characters in them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.loaders.html_table import Cell, Grid
from indexer.loaders.ofd_lines import lines_of
from indexer.loaders.ofd_marks import Mark, Marks

__all__ = ["Table", "tables_of"]

#: Millimetres within which two ends meet, or two rules are one.
_NEAR = 0.8
_MOST_RULES = 400


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table with its cells, and the place of each row."""

    grid: Grid
    left: float
    right: float
    tops: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Bar:
    """A rule along one axis: where it runs, from where to where."""

    at: float
    start: float
    end: float

    def covers(self, point: float) -> bool:
        return self.start - _NEAR <= point <= self.end + _NEAR


def tables_of(marks: Marks, page: int) -> tuple[list[Table], tuple[Mark, ...]]:
    """Return the tables of a page, and the characters outside them."""
    flat = [r for r in marks.rules if r.right - r.left >= r.bottom - r.top]
    upright = [r for r in marks.rules if r.right - r.left < r.bottom - r.top]
    rows = _merged(_Bar((r.top + r.bottom) / 2, r.left, r.right) for r in flat)
    columns = _merged(_Bar((r.left + r.right) / 2, r.top, r.bottom) for r in upright)
    if not rows or not columns or len(rows) + len(columns) > _MOST_RULES:
        return [], marks.characters
    tables, free = list[Table](), marks.characters
    for across, down in _joined(rows, columns):
        ys, xs = _places(across), _places(down)
        if len(xs) < 3 or len(ys) < 3:
            continue
        inside = [mark for mark in free if _at(mark, xs, ys)]
        grid = _grid(inside, (xs, ys), (across, down), page)
        if sum(bool(cell.text) for cell in {c for row in grid for c in row}) > 1:
            tables.append(Table(grid, xs[0], xs[-1], tuple(ys)))
            taken = set(map(id, inside))
            free = tuple(mark for mark in free if id(mark) not in taken)
    return tables, free


def _merged(bars: Iterable[_Bar]) -> list[_Bar]:
    """Join rules that lie on one line and meet: each cell may have drawn its own sides."""
    lines: list[list[_Bar]] = []
    for bar in sorted(bars, key=lambda bar: bar.at):
        if lines and bar.at - lines[-1][0].at <= _NEAR:
            lines[-1].append(bar)
        else:
            lines.append([bar])
    merged = list[_Bar]()
    for line in lines:
        first, *others = sorted(line, key=lambda bar: bar.start)
        at, start, end = line[0].at, first.start, first.end
        for bar in others:
            if bar.start > end + _NEAR:
                merged.append(_Bar(at, start, end))
                start = bar.start
            end = max(end, bar.end) if bar.start >= start else end
        merged.append(_Bar(at, start, end))
    return merged


def _joined(rows: Sequence[_Bar], columns: Sequence[_Bar]) -> list[tuple[list[_Bar], list[_Bar]]]:
    """Part the rules of a page into those of one table each: the ones that cross."""
    left = set(range(len(rows))), set(range(len(columns)))
    found = list[tuple[list[_Bar], list[_Bar]]]()
    while left[0]:
        taken = {min(left[0])}, set[int]()
        left[0].discard(min(left[0]))
        grown = True
        while grown:
            down = {j for j in left[1] if any(_cross(rows[i], columns[j]) for i in taken[0])}
            left[1].difference_update(down)
            taken[1].update(down)
            across = {i for i in left[0] if any(_cross(rows[i], columns[j]) for j in taken[1])}
            left[0].difference_update(across)
            taken[0].update(across)
            grown = bool(down or across)
        found.append(([rows[i] for i in taken[0]], [columns[j] for j in taken[1]]))
    return found


def _cross(row: _Bar, column: _Bar) -> bool:
    return row.covers(column.at) and column.covers(row.at)


def _places(bars: Sequence[_Bar]) -> list[float]:
    places = list[float]()
    for at in sorted(bar.at for bar in bars):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return places


def _at(mark: Mark, xs: Sequence[float], ys: Sequence[float]) -> tuple[int, int] | None:
    """The row and column of a character, by its middle."""
    x, y = (mark.left + mark.right) / 2, mark.base - 0.4 * mark.size
    if not (xs[0] <= x < xs[-1] and ys[0] <= y < ys[-1]):
        return None
    return bisect_right(ys, y) - 1, bisect_right(xs, x) - 1


def _grid(
    marks: Iterable[Mark],
    places: tuple[Sequence[float], Sequence[float]],
    bars: tuple[Sequence[_Bar], Sequence[_Bar]],
    page: int,
) -> Grid:
    xs, ys = places
    owner = _cells(xs, ys, *bars)
    held = defaultdict[tuple[int, int], list[Mark]](list)
    for mark in marks:
        if place := _at(mark, xs, ys):
            held[owner[place]].append(mark)
    cells = dict[tuple[int, int], Cell]()
    for first in dict.fromkeys(owner.values()):
        covered = [place for place, own in owner.items() if own == first]
        rows, columns = {r for r, _ in covered}, {c for _, c in covered}
        text = _text(held[first], xs[max(columns) + 1], page)
        cells[first] = Cell(text, False, *first, len(rows), len(columns))
    height, width = len(ys) - 1, len(xs) - 1
    return tuple(tuple(cells[owner[r, c]] for c in range(width)) for r in range(height))


def _cells(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[_Bar], down: Sequence[_Bar]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Map each field of the grid to the first field of its cell: no rule stands between them."""
    owner = dict[tuple[int, int], tuple[int, int]]()
    fields = [(r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)]
    for first in fields:
        todo = [] if first in owner else [first]
        while todo:
            r, c = todo.pop()
            owner[r, c] = first
            middle = (ys[r] + ys[r + 1]) / 2, (xs[c] + xs[c + 1]) / 2
            beside = {
                (r, c + 1): (down, xs[c + 1], middle[0]),
                (r, c - 1): (down, xs[c], middle[0]),
                (r + 1, c): (across, ys[r + 1], middle[1]),
                (r - 1, c): (across, ys[r], middle[1]),
            }
            for place, (bars, at, point) in beside.items():
                inside = 0 <= place[0] < len(ys) - 1 and 0 <= place[1] < len(xs) - 1
                if inside and place not in owner and not _walled(bars, at, point):
                    todo.append(place)
    return owner


def _walled(bars: Sequence[_Bar], at: float, point: float) -> bool:
    return any(abs(bar.at - at) <= _NEAR and bar.covers(point) for bar in bars)


def _text(marks: Iterable[Mark], edge: float, page: int) -> str:
    """Join the lines of a cell where they were cut at its edge."""
    text, before = "", None
    for line in lines_of(marks, page):
        wrapped = before is None or before.right > edge - 2.5 * before.size
        text += line.text if wrapped else "\n" + line.text
        before = line
    return text
