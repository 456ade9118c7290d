"""From pages to the lines of a source: paragraphs and tables followed over the page breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.loaders.base import Line, Row
from indexer.loaders.pdf_chars import Frame
from indexer.loaders.pdf_furniture import Page, without_furniture
from indexer.loaders.pdf_lines import Printed
from indexer.loaders.pdf_measure import body_size, measured
from indexer.loaders.pdf_paragraphs import Placed, begins_of, title_of
from indexer.loaders.pdf_tables import Cell, Table, TableRow, continued
from indexer.loaders.pdf_wording import ends_sentence, joined

__all__ = ["lines_of"]


@dataclass(frozen=True, slots=True)
class _Set:
    """A table on its page, with its number in the source."""

    table: Table
    page: int
    number: int


def lines_of(pages: Sequence[Page]) -> tuple[Line, ...]:
    """Return the lines of pages in reading order, furniture left out, numbered through."""
    kept = without_furniture(pages)
    frames = {page.frame.page: page.frame for page in kept}
    flow = _tables_joined(_flow(kept))
    begins = begins_of([item if isinstance(item, Placed) else None for item in flow])
    lines: list[Line] = []
    for item, begin in zip(flow, begins, strict=True):
        if isinstance(item, _Set):
            lines += _rows(item, frames[item.page], len(lines))
        else:
            lines.append(_text_line(item, frames[item.page], len(lines) + 1, begin))
    for at in _title(flow, begins):
        # Tables stand behind the title, so places in the flow are places among the lines.
        lines[at] = replace(lines[at], style="title")
    return tuple(lines)


def _flow(pages: Sequence[Page]) -> list[Placed | _Set]:
    measures = measured(pages, body_size(pages))
    flow: list[Placed | _Set] = []
    tables = 0
    for page in pages:
        number = page.frame.page
        for at, region in enumerate(page.regions):
            for item in region.items:
                if isinstance(item, Printed):
                    flow.append(Placed(item, number, at, measures[number, at]))
                else:
                    tables += 1
                    flow.append(_Set(item, number, tables))
    return flow


def _title(flow: Sequence[Placed | _Set], begins: Sequence[bool]) -> frozenset[int]:
    head: list[tuple[Placed, bool]] = []
    for item, begin in zip(flow, begins, strict=True):
        if isinstance(item, _Set):
            break
        head.append((item, begin))
    return title_of(head) if head else frozenset()


def _text_line(item: Placed, frame: Frame, number: int, begin: bool) -> Line:
    line = item.line
    box = frame.box(line.left, line.top, line.right, line.bottom)
    return Line(line.text, number, item.page, box, begin, ocr=line.ocr)


def _rows(item: _Set, frame: Frame, before: int) -> list[Line]:
    lines = []
    for number, row in enumerate(item.table.rows, before + 1):
        cells = tuple(cell.text for cell in row.cells)
        box = frame.box(item.table.left, row.top, item.table.right, row.bottom)
        lines.append(
            Line("\t".join(cells), number, item.page, box, True, Row(item.number, cells, row.header))
        )  # fmt: skip
    return lines


def _tables_joined(flow: Sequence[Placed | _Set]) -> list[Placed | _Set]:
    """Give a table that goes on over a page break its number, without its repeated head."""
    joined_flow: list[Placed | _Set] = []
    shift, names = 0, tuple[TableRow, ...]()
    for before, item in pairwise((None, *flow)):
        if not isinstance(item, _Set):
            joined_flow += [item] if item else []
            continue
        follows = isinstance(before, _Set) and before.page == item.page - 1
        if not (follows and isinstance(before, _Set) and continued(item.table, before.table)):
            names = tuple(row for row in item.table.rows if row.header)
            joined_flow.append(replace(item, number=item.number - shift))
            continue
        shift += 1
        rest = _without_names(item.table, names)
        last = joined_flow[-1]
        if rest.rows and isinstance(last, _Set) and (row := _split_row(last.table, rest)):
            whole = replace(last.table, rows=(*last.table.rows[:-1], row))
            joined_flow[-1] = replace(last, table=whole)
            rest = replace(rest, rows=rest.rows[1:])
        if rest.rows:
            joined_flow.append(_Set(rest, item.page, item.number - shift))
    return joined_flow


def _without_names(table: Table, names: tuple[TableRow, ...]) -> Table:
    rows = table.rows
    known = [[cell.text for cell in row.cells] for row in names]
    repeats = bool(known) and [[c.text for c in row.cells] for row in rows[: len(known)]] == known
    rest = rows[len(known) :] if repeats else rows
    # Names of columns stand at the head of a table and nowhere else.
    open_top = table.open_top and not repeats
    return replace(table, rows=tuple(replace(r, header=False) for r in rest), open_top=open_top)


def _split_row(before: Table, after: Table) -> TableRow | None:
    """Return the last row of a page with its rest from the next; None unless that is certain.

    Either the page edge left the row open on both pages, or all that stands in the first row of
    the next page goes on with cells that were full and had not ended.
    """
    last, first = before.rows[-1], after.rows[0]
    pairs = list(zip(last.cells, first.cells, strict=True))
    going = [(cell, more) for cell, more in pairs if more.text]
    certain = before.open_bottom and after.open_top
    if not certain:
        unlabelled = not first.cells[0].text and bool(last.cells[0].text)
        certain = unlabelled and all(
            cell.text and cell.full and not ends_sentence(cell.text) for cell, _ in going
        )
    if not certain or last.header:
        return None
    cells = tuple(_both(cell, more) for cell, more in pairs)
    return TableRow(cells, last.top, last.bottom)


def _both(cell: Cell, more: Cell) -> Cell:
    if not (cell.text and more.text):
        return more if more.text else cell
    between = "\n" if ends_sentence(cell.text) and not cell.full else ""
    return Cell(joined(cell.text, more.text, between), more.full)
