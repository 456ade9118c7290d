"""A page's tree parted into blocks: paragraphs and rows of tables, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from indexer.loaders.base import Row
from indexer.loaders.html_page import is_hidden
from indexer.loaders.html_pre import pre_paragraphs
from indexer.loaders.html_table import Cell, Grid, grid_of, header_rows, inner_tables, is_layout
from indexer.loaders.html_walk import collapse, count, events, is_block, tag_of

__all__ = ["Block", "read_blocks"]

_STYLED = re.compile(r"white-space\s*:\s*(normal|nowrap|pre(?:-wrap|-line)?)", re.IGNORECASE)
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|et|ofd|zip|rar|pptx?)(?:$|[?#])", re.IGNORECASE)
#: Deeper tables are walked through as plain boxes.
_DEEPEST_TABLE = 12


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a row of a table, with the innermost block element around it.

    ``linked`` counts the characters that are links, ``files`` the links to files to be loaded;
    ``hidden`` says that the page does not show it.
    """

    text: str
    element: etree._Element
    linked: int = 0
    files: int = 0
    hidden: bool = False
    row: Row | None = None


def read_blocks(root: etree._Element) -> tuple[Block, ...]:
    """Return the blocks of a page in the order of its source."""
    return tuple(_Reader().read(root))


@dataclass
class _Reader:
    """The state of one walk over a page."""

    words: list[str] = field(default_factory=list)
    linked: int = 0
    files: int = 0
    links: int = 0
    hidden: int = 0
    tables: int = 0
    depth: int = 0
    boxes: list[etree._Element] = field(default_factory=list)
    printed: list[bool] = field(default_factory=lambda: [False])
    skipped: set[etree._Element] = field(default_factory=set)

    def read(self, root: etree._Element) -> Iterator[Block]:
        """Walk a page and yield its blocks."""
        for kind, element, text in events(root, self.skipped):
            if kind == "text":
                self.words.append(text)
                self.linked += count(text) if self.links else 0
            elif kind == "open":
                yield from self._open(element)
            else:
                yield from self._close(element)

    def _open(self, element: etree._Element) -> Iterator[Block]:
        if is_block(element):
            yield from self._flush()
        if tag_of(element) == "table" and self.depth < _DEEPEST_TABLE:
            yield from self._table(element)
            if element in self.skipped:
                return
        self._enter(element)

    def _enter(self, element: etree._Element) -> None:
        tag = tag_of(element)
        styled = _STYLED.search(element.get("style", ""))
        # Blanks and line ends count in a plain <pre>; a style may say so of any element, or not.
        told = styled[1].lower().startswith("pre") if styled else tag == "pre" or self.printed[-1]
        self.printed.append(told)
        if is_block(element):
            self.boxes.append(element)
        self.links += _is_link(element)
        self.files += tag == "a" and bool(_FILE.search(element.get("href", "")))
        self.hidden += is_hidden(element)
        self.depth += tag == "table"

    def _close(self, element: etree._Element) -> Iterator[Block]:
        tag = tag_of(element)
        if is_block(element):
            yield from self._flush()
            self.boxes.pop()
        self.printed.pop()
        self.links -= _is_link(element)
        self.hidden -= is_hidden(element)
        self.depth -= tag == "table"

    def _flush(self) -> Iterator[Block]:
        text, linked, files = "".join(self.words), self.linked, self.files
        self.words, self.linked, self.files = [], 0, 0
        printed = self.printed[-1] and "\n" in text.strip()
        for part in pre_paragraphs(text) if printed else (collapse(text),):
            if part:
                yield Block(part, self.boxes[-1], linked, files, self.hidden > 0)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        """Yield the rows of a table of entries and mark it as read; leave a layout to the walk."""
        inner = [element for element in inner_tables(table) if not _is_layout(element)]
        grid = grid_of(table, inner)
        if is_layout(grid, sum(map(_length, inner))):
            return
        self.skipped.add(table)
        self.depth += 1
        for element in inner if self.depth < _DEEPEST_TABLE else ():
            yield from self._table(element)
        self.depth -= 1
        yield from self._rows(table, grid, self.hidden > 0 or is_hidden(table))

    def _rows(self, table: etree._Element, grid: Grid, hidden: bool) -> Iterator[Block]:
        while grid and (caption := _only_cell(grid[0])) and len(grid) > 1:
            for text in caption.text.split("\n"):
                yield Block(text, table, hidden=hidden)
            grid = grid[1:]
        self.tables += 1
        headers = header_rows(grid)
        for at, cells in enumerate(grid):
            if any(cell.text for cell in cells):
                texts = tuple(cell.text for cell in cells)
                row = Row(self.tables, texts, at < headers)
                yield Block("\t".join(texts), table, hidden=hidden, row=row)


def _is_link(element: etree._Element) -> bool:
    """Whether an element leads elsewhere; an anchor, or what a script unfolds, does not."""
    target = element.get("href", "").strip().lower() if tag_of(element) == "a" else ""
    return bool(target) and not target.startswith("javascript:")


def _only_cell(row: tuple[Cell, ...]) -> Cell | None:
    """The cell that fills a whole row of several columns, such as the title of a table."""
    cells = list(dict.fromkeys(cell for cell in row if cell.text))
    return cells[0] if len(cells) == 1 and cells[0].columns > 1 else None


def _length(element: etree._Element) -> int:
    return count("".join(map(str, element.itertext())))


def _is_layout(table: etree._Element) -> bool:
    inner = inner_tables(table)
    return is_layout(grid_of(table, inner), sum(map(_length, inner)))
