"""OFD (GB/T 33190—2016), the page format of Chinese authorities: text by its place on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from corpus.errors import LoadError
from corpus.outline import Box, Finding
from indexer.loaders.base import Line, Row, Source, Style
from indexer.loaders.html_table import header_rows
from indexer.loaders.ofd_grid import Table, tables_of
from indexer.loaders.ofd_lines import Printed, lines_of, starts_of, title_of, without_page_numbers
from indexer.loaders.ofd_marks import marks_of
from indexer.loaders.ofd_package import Sheet, name_of, open_package

__all__ = ["load_ofd"]

_MOST_CHARACTERS = 5_000_000


@dataclass(frozen=True, slots=True)
class _Page:
    sheet: Sheet
    lines: tuple[Printed, ...]
    tables: tuple[Table, ...]


def load_ofd(path: Path) -> Source:
    """Read the text of the first document of an OFD file, with the place of each line."""
    package = open_package(path)
    pages = tuple(_pages(package.sheets, path))
    if not any(page.lines or page.tables for page in pages):
        raise LoadError(
            f"扫描件没有文字层 / a scanned OFD without a text layer: {path.name}", field="file"
        )
    unread = (_unread(page) for page in pages if not (page.lines or page.tables))
    findings = (*package.findings, *(finding for finding in unread if finding))
    return Source(tuple(_numbered(pages)), findings=findings)


def _unread(page: _Page) -> Finding | None:
    """Say of a page without text that it is a picture, where it shows one."""
    drawn = (name_of(element) for _, root in page.sheet.drawn for element in root.iter())
    number = page.sheet.number
    detail = f"第{number}页没有文字层（扫描件），未读 / page {number} is scanned and was not read"
    return Finding("no_text", detail, page=number) if "ImageObject" in drawn else None


def _pages(sheets: Sequence[Sheet], path: Path) -> Iterator[_Page]:
    printed, characters = set[str](), 0
    for sheet in sheets:
        marks = marks_of(sheet, printed)
        characters += len(marks.characters)
        if characters > _MOST_CHARACTERS:
            raise LoadError(f"文字过多 / too much text in one file: {path.name}", field="file")
        tables, free = tables_of(marks, sheet.number)
        lines = without_page_numbers(lines_of(free, sheet.number), sheet.box[3])
        yield _Page(sheet, tuple(lines), tuple(tables))


def _numbered(pages: Sequence[_Page]) -> Iterator[Line]:
    """Yield lines and rows from the top of each page, numbered through."""
    sizes = {page.sheet.number: page.sheet.box[2:] for page in pages}
    lines = [line for page in pages for line in page.lines]
    title = title_of(lines)
    begins = iter(starts_of(lines, sizes))
    places = count()
    number, table = 0, 0
    for page in pages:
        parts: list[Printed | Table] = sorted([*page.lines, *page.tables], key=_top)
        after_table = False
        for part in parts:
            if isinstance(part, Printed):
                number += 1
                start, place = next(begins) or after_table, next(places)
                style: Style | None = "title" if place in title else None
                start = start and not (style and place > title.start)
                box = _line_box(part, page.sheet)
                yield Line(part.text, number, part.page, box, start, style=style)
            else:
                table += 1
                for line in _rows(part, table, page.sheet, number):
                    number += 1
                    yield line
            after_table = isinstance(part, Table)


def _top(part: Printed | Table) -> float:
    return part.top if isinstance(part, Printed) else part.tops[0]


def _rows(table: Table, index: int, sheet: Sheet, number: int) -> Iterator[Line]:
    headers = header_rows(table.grid)
    filled = [(at, row) for at, row in enumerate(table.grid) if any(cell.text for cell in row)]
    for offset, (at, cells) in enumerate(filled, 1):
        texts = tuple(cell.text for cell in cells)
        box = _box(sheet, table.left, table.tops[at], table.right, table.tops[at + 1])
        row = Row(index, texts, at < headers)
        yield Line("\t".join(texts), number + offset, sheet.number, box, True, row)


def _line_box(line: Printed, sheet: Sheet) -> Box:
    return _box(sheet, line.left, line.top, line.right, line.bottom)


def _box(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> Box:
    width, height = sheet.box[2:]
    edges = (left / width, top / height, right / width, bottom / height)
    return Box(sheet.number, *(min(max(edge, 0.0), 1.0) for edge in edges))
