"""Hold a comparison to its clauses: each cell stands in that of its column, else it is dropped."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import Measured, find_quantities
from server.answer import Cell, Column, Comparison, Part, Problem, Row
from server.checks import squeeze

__all__ = ["held"]

_FEWEST = 2


def held(
    comparison: Comparison, cited: Collection[Address], index: ClauseIndex
) -> tuple[Comparison | None, tuple[Problem, ...]]:
    """Return what of a comparison is supported, and a problem for each cell that is not.

    None remains where fewer than two columns have their clause cited or any field left.
    """
    places = [i for i, column in enumerate(comparison.columns) if column.address in cited]
    columns = tuple(comparison.columns[i] for i in places)
    problems: list[Problem] = []
    rows: list[Row] = []
    for row in comparison.rows:
        kept = [_kept(comparison.columns[i], row.cells[i], index, problems) for i in places]
        if any(cell.parts for cell in kept):
            whole = tuple(kept) == row.cells
            rows.append(_marked(replace(row, cells=tuple(kept)), whole, index, problems))
    told = sum(any(row.cells[i].parts for row in rows) for i in range(len(columns)))
    if min(told, len(columns)) < _FEWEST:
        return None, tuple(problems)
    return replace(comparison, columns=columns, rows=tuple(rows)), tuple(problems)


def _kept(column: Column, cell: Cell, index: ClauseIndex, problems: list[Problem]) -> Cell:
    """A cell as it is, or an empty one and a problem on record."""
    for part in cell.parts:
        for span in (*part.of, *part.spans):
            if not _stands(span, column, index):
                detail = f"{column.address}：{span.text[:80]}"
                problems.append(Problem(_said(cell), "cell_in_its_clause", detail))
                return Cell()
    return cell


def _stands(span: Span, column: Column, index: ClauseIndex) -> bool:
    """Whether characters stand at their place, in the clause of their column."""
    reading = index.readings.get(column.address.document)
    if reading is None or column.address.path not in reading.outline:
        return False
    if not span.text.strip() or not column.address.contains(span.address):
        return False
    own = reading.outline[span.address.path].text if span.address.path in reading.outline else ""
    whole = squeeze(reading.outline.text(column.address.path))
    return own[span.start : span.end] == span.text and squeeze(span.text) in whole


def _marked(row: Row, whole: bool, index: ClauseIndex, problems: list[Problem]) -> Row:
    """Take a mark away where it does not follow from the figures that are shown."""
    bare = replace(row, cells=tuple(replace(cell, higher=False) for cell in row.cells))
    if not whole:
        return replace(bare, differs=False)
    places = [i for i, cell in enumerate(row.cells) if cell.higher]
    figures = [_figure(cell, index) for cell in row.cells]
    best = figures[places[0]] if len(places) == 1 else None
    others = [figure for i, figure in enumerate(figures) if i not in places]
    if not places or (best and all(figure and _below(figure, best) for figure in others)):
        return row
    said = "；".join(_said(cell) for cell in row.cells)
    problems.append(Problem(said, "higher_follows", row.field))
    return bare


def _figure(cell: Cell, index: ClauseIndex) -> Measured | None:
    """The one figure that a cell states, read where it stands: 全额 is one only before 补贴."""
    found = [
        quantity
        for part in cell.parts
        for span in part.spans
        for quantity in find_quantities(index.clause(span.address)[1].text)
        if span.start <= quantity.start and quantity.end <= span.end
    ]
    values = {(q.value, q.unit) for q in found}
    return found[0] if len(values) == 1 else None


def _below(one: Measured, other: Measured) -> bool:
    return one.unit.split("/")[0] == other.unit.split("/")[0] and one.value < other.value


def _said(cell: Cell) -> str:
    return "；".join(_words(part) for part in cell.parts)


def _words(part: Part) -> str:
    return " ".join(span.text for span in (*part.of, *part.spans))
