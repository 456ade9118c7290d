"""From ruled lines to grids of cells, merged ones told by the lines that they lack."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.loaders.pdf_rules import Rule

__all__ = ["Grid", "find_grids"]

#: Lines this close are one: borders of two cells drawn beside each other, or a double line.
_NEAR = 3.0
#: A cell's side is ruled if lines cover this part of it.
_COVERED = 0.6
#: More lines than this are no table.
_MOST_LINES = 800
_MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a page: where its columns and rows part, and which cells are one.

    ``cells[i][j]`` is the number of the cell in row i and column j; equal numbers are one merged
    cell. ``open_top`` and ``open_bottom`` say that the outer row has no line there: it was cut
    by the edge of the page.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]
    open_top: bool = False
    open_bottom: bool = False

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the number of the cell at a point; None outside the table."""
        j, i = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= i < len(self.cells) and 0 <= j < len(self.cells[0]):
            return self.cells[i][j]
        return None

    def span(self, cell: int) -> tuple[float, float]:
        """Return the left and right side of a cell."""
        columns = [j for row in self.cells for j, number in enumerate(row) if number == cell]
        return self.xs[min(columns)], self.xs[max(columns) + 1]


def find_grids(across: Sequence[Rule], down: Sequence[Rule]) -> list[Grid]:
    """Return the tables that lines make, from the top; a box around text alone is none."""
    across, down = _merged(across), _merged(down)
    if len(across) > _MOST_LINES or len(down) > _MOST_LINES:
        return []
    grids = [grid for group in _connected(across, down) if (grid := _grid(*group))]
    outer = [g for g in grids if not any(_holds(other, g) for other in grids if other is not g)]
    return sorted(outer, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Join lines that lie on each other or continue each other."""
    merged: list[Rule] = []
    for level in _levels(sorted(rules)):
        at = sum(rule.at for rule in level) / len(level)
        start, end = None, 0.0
        for rule in sorted(level, key=lambda r: r.start):
            if start is not None and rule.start <= end + _NEAR:
                end = max(end, rule.end)
                continue
            if start is not None:
                merged.append(Rule(at, start, end))
            start, end = rule.start, rule.end
        if start is not None:
            merged.append(Rule(at, start, end))
    return merged


def _levels(rules: Sequence[Rule]) -> list[list[Rule]]:
    levels: list[list[Rule]] = []
    for rule in rules:
        if levels and rule.at - levels[-1][0].at <= _NEAR:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    return levels


def _connected(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group lines that meet, directly or through others."""
    parents = list(range(len(across) + len(down)))
    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            meets = h.start - _NEAR <= v.at <= h.end + _NEAR
            if meets and v.start - _NEAR <= h.at <= v.end + _NEAR:
                parents[_root(parents, i)] = _root(parents, j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate([*across, *down]):
        pair = groups.setdefault(_root(parents, i), ([], []))
        pair[0 if i < len(across) else 1].append(rule)
    return list(groups.values())


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid | None:
    if not across or not down:
        return None
    ys, xs = _positions(across, down), _positions(down, across)
    if (len(xs) - 1) * (len(ys) - 1) > _MOST_CELLS or len(xs) < 3 or len(ys) < 2:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    number = list(range(rows * columns))
    for i in range(rows):
        for j in range(columns):
            here = i * columns + j
            if j + 1 < columns and not _is_ruled(down, xs[j + 1], ys[i], ys[i + 1]):
                _unite(number, here, here + 1)
            if i + 1 < rows and not _is_ruled(across, ys[i + 1], xs[j], xs[j + 1]):
                _unite(number, here, here + columns)
    merged = [_root(number, cell) for cell in range(rows * columns)]
    cells = [tuple(merged[i * columns : (i + 1) * columns]) for i in range(rows)]
    return _reduced(
        Grid(
            tuple(xs),
            tuple(ys),
            tuple(cells),
            not _is_ruled(across, ys[0], xs[0], xs[-1]),
            not _is_ruled(across, ys[-1], xs[0], xs[-1]),
        )
    )


def _positions(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[float]:
    """Where lines stand, and where the ones that cross them end beyond them: an open side."""
    at = [level[0].at for level in _levels(sorted(rules))]
    start, end = min(rule.start for rule in crossing), max(rule.end for rule in crossing)
    # An open side is a whole cell wide; a line that only sticks out is none.
    wide = 4 * _NEAR
    return [
        *([start] if start < at[0] - wide else []),
        *at,
        *([end] if end > at[-1] + wide else []),
    ]


def _is_ruled(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start))
        for rule in rules
        if abs(rule.at - at) <= _NEAR
    )
    return covered >= _COVERED * (end - start)


def _root(parents: list[int], i: int) -> int:
    while parents[i] != i:
        parents[i] = parents[parents[i]]
        i = parents[i]
    return i


def _unite(parents: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(parents, one), _root(parents, other)))
    parents[second] = first


def _reduced(grid: Grid) -> Grid | None:
    """Drop rows and columns that no line parts; None for what has a single column."""
    rows = [i for i, row in enumerate(grid.cells) if i == 0 or row != grid.cells[i - 1]]
    turned = list(zip(*grid.cells, strict=True))
    columns = [j for j, column in enumerate(turned) if j == 0 or column != turned[j - 1]]
    if len(columns) < 2:
        return None
    return Grid(
        (*(grid.xs[j] for j in columns), grid.xs[-1]),
        (*(grid.ys[i] for i in rows), grid.ys[-1]),
        tuple(tuple(grid.cells[i][j] for j in columns) for i in rows),
        grid.open_top,
        grid.open_bottom,
    )


def _holds(outer: Grid, inner: Grid) -> bool:
    return (
        outer.xs[0] - _NEAR <= inner.xs[0]
        and inner.xs[-1] <= outer.xs[-1] + _NEAR
        and outer.ys[0] - _NEAR <= inner.ys[0]
        and inner.ys[-1] <= outer.ys[-1] + _NEAR
    )
