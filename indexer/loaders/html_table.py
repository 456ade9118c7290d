"""Tables of a page: rows with every cell, or mere layout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from indexer.loaders.html_walk import count, paragraphs, tag_of

__all__ = ["Cell", "Grid", "grid_of", "header_rows", "inner_tables", "is_layout"]

_MOST_COLUMNS, _MOST_ROWS, _MOST_CELLS = 100, 1000, 200_000
#: A cell with as much in it is a page set in a table, not an entry of one.
_LONGEST_CELL, _MOST_PARAGRAPHS = 1500, 12
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千]{1,9}条")
_LONGEST_NAME = 30
#: Words of which the names of columns are made, where only two columns could be a card.
_NAMING = re.compile(
    r"序\s*号|编\s*号|代\s*码|类\s*别|类\s*型|等\s*级|级\s*别|档\s*次|项\s*目|指\s*标|区\s*域|地\s*区|名\s*称|病\s*种"
)
_FIGURE = re.compile(r"[≤≥<>＜＞约]?\s*[\d.,]+\s*\S{0,4}")


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell; ``named`` says that the page marks it as a header cell."""

    text: str
    named: bool = False
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1


Grid = tuple[tuple[Cell, ...], ...]


def inner_tables(table: etree._Element) -> list[etree._Element]:
    """Return the tables directly inside a table, outermost only."""
    found, todo = list[etree._Element](), list(reversed(table))
    while todo:
        element = todo.pop()
        if tag_of(element) == "table":
            found.append(element)
        else:
            todo.extend(reversed(element))
    return found


def _rows(table: etree._Element) -> list[tuple[etree._Element, bool]]:
    """The rows of a table, not of those inside it, and whether each stands in its head."""
    rows, todo = list[tuple[etree._Element, bool]](), [(e, False) for e in reversed(table)]
    while todo:
        element, head = todo.pop()
        if tag_of(element) == "tr":
            rows.append((element, head))
        elif tag_of(element) in ("thead", "tbody", "tfoot", "form"):
            in_head = tag_of(element) == "thead"
            todo.extend((child, in_head) for child in reversed(element))
    return rows


def _span(element: etree._Element, name: str, most: int) -> int:
    digits = re.match(r"\s*(\d{1,6})", element.get(name, ""))
    return min(max(int(digits[1]), 1), most) if digits else 1


def grid_of(table: etree._Element, inner: Sequence[etree._Element]) -> Grid:
    """Return a table with every spanning cell in each row and column that it covers."""
    skipped = set(inner)
    rows = _rows(table)
    grid: list[dict[int, Cell]] = [{} for _ in rows]
    filled = 0
    for at, (row, head) in enumerate(rows):
        column = 0
        for element in row:
            if tag_of(element) not in ("td", "th") or filled > _MOST_CELLS:
                continue
            while column in grid[at]:
                column += 1
            spans = _span(element, "rowspan", _MOST_ROWS), _span(element, "colspan", _MOST_COLUMNS)
            words = "\n".join(paragraphs(element, skipped))
            cell = Cell(words, head or tag_of(element) == "th", at, column, *spans)
            filled += _place(grid, cell)
            column += cell.columns
    return tuple(map(_filled, grid))


def _place(grid: list[dict[int, Cell]], cell: Cell) -> int:
    covered = grid[cell.row : cell.row + cell.rows]
    for row in covered:
        for column in range(cell.column, cell.column + cell.columns):
            row.setdefault(column, cell)
    return len(covered) * cell.columns


def _filled(row: dict[int, Cell]) -> tuple[Cell, ...]:
    return tuple(row.get(column, Cell("")) for column in range(max(row, default=-1) + 1))


def is_layout(grid: Grid, inner_text: int = 0) -> bool:
    """Whether a table only places text; ``inner_text`` is how much stands in tables inside it."""
    cells = dict.fromkeys(cell for row in grid for cell in row if cell.text)
    columns = {at for row in grid for at, cell in enumerate(row) if cell.text}
    apart = any(len({cell for cell in row if cell.text}) > 1 for row in grid)
    if len(columns) <= 1 or not apart:
        return True
    if inner_text > sum(count(cell.text) for cell in cells):
        return True
    return any(
        len(cell.text) > _LONGEST_CELL
        or cell.text.count("\n") >= _MOST_PARAGRAPHS
        or sum(bool(_ARTICLE.match(text)) for text in cell.text.split("\n")) > 1
        for cell in cells
    )


def header_rows(grid: Grid) -> int:
    """Count the rows that name the columns: as the page says, or by what stands in them."""
    said = 0
    while said < len(grid) and grid[said] and all(c.named for c in grid[said] if c.text):
        said += 1
    # A table all of whose cells are marked as names has no names.
    if said and said < len(grid) and any(cell.text for cell in grid[0]):
        return said
    if len(grid) < 2 or not _names_columns(grid):
        return 0
    grouped = any(cell.columns > 1 for cell in grid[0])
    depth = max(cell.rows for cell in grid[0]) if grouped else 1
    return min(depth, len(grid) - 1) if depth <= 3 else 1


def _names_columns(grid: Grid) -> bool:
    first, rest = grid[0], grid[1:]
    names = [cell.text for cell in dict.fromkeys(first)]
    if len(names) < 2 or not all(map(_is_name, names)) or len(set(names)) < len(names):
        return False
    if len(first) > 2:
        return len(names) > 2 or bool(_NAMING.search(names[0]))
    seconds = [row[1].text for row in rest if len(row) > 1]
    figures = sum(bool(_FIGURE.fullmatch(text)) for text in seconds)
    counted = all(re.fullmatch(r"\d+|[一二三四五六七八九十]+", row[0].text) for row in rest if row)
    return bool(_NAMING.fullmatch(names[0])) or counted or 2 * figures > len(seconds)


def _is_name(text: str) -> bool:
    plain = re.sub(r"\s", "", text)
    return (
        0 < len(plain) <= _LONGEST_NAME
        and not re.search("[。；，]", plain)
        and not re.fullmatch(r"[\d.,%％/\-—]+", plain)
    )
