"""The body of a DOCX as a sequence of paragraphs and tables, in document order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from indexer.loaders.docx_numbering import Numbering
from indexer.loaders.docx_parts import NS, Parts, children, kind, number, switched, value
from indexer.loaders.docx_styles import Look, Styles
from indexer.loaders.docx_text import Inline, Place, Printed

__all__ = ["Block", "Cell", "Para", "Table", "TableRow", "read_body"]

#: Word allows 63 columns; what has several times as many is no table.
_MOST_COLUMNS = 64
_FAR_TOO_MANY = 256
#: No paragraph is longer, also where the marks of many were deleted.
_LONGEST = 50_000
_CONTENTS_GALLERY = "table of contents"
_SILENT = frozenset({"del", "moveFrom", "sectPr", "sdtPr", "sdtEndPr", "altChunk"})


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph as printed. ``text`` may hold soft breaks and page breaks; ``label`` is its
    automatic number, with the blank behind it."""

    text: str
    look: Look
    place: Place
    label: str = ""
    contents: bool = False

    @property
    def printed(self) -> str:
        """The number and the words."""
        return self.label + (self.text.lstrip() if self.label else self.text)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over ``span`` columns from ``start``; ``goes_on`` says it continues the one above."""

    blocks: tuple[Block, ...]
    start: int
    span: int
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of cells; ``header`` is what the format says of it."""

    cells: tuple[Cell, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``widths`` are those of its grid, in twentieths of a point, where stated."""

    rows: tuple[TableRow, ...]
    widths: tuple[int, ...] = ()


Block = Para | Table


def read_body(parts: Parts) -> tuple[Block, ...]:
    """Read the paragraphs and tables of a document; empty ones are left out."""
    body = parts.document.find(f"{NS}body")
    return tuple(_Body(parts).blocks(body)) if body is not None else ()


class _Body:
    def __init__(self, parts: Parts) -> None:
        self.styles = Styles(parts.styles)
        self.numbering = Numbering(parts.numbering)
        self.inline = Inline(parts.document, self.styles)
        #: Words of a paragraph that has lost its mark: they belong to the next one.
        self.carried = ""

    def blocks(self, parent: etree._Element, contents: bool = False) -> Iterator[Block]:
        for child in parent:
            name = kind(child)
            if name == "p":
                yield from self._paragraph(child, contents)
            elif name == "tbl":
                if (table := self._table(child)).rows:
                    yield table
            elif name == "AlternateContent":
                forms = [form for form in child if kind(form) in ("Choice", "Fallback")]
                yield from self.blocks(forms[0], contents) if forms else ()
            elif name == "sdt":
                yield from self.blocks(child, contents or _is_contents(child))
            elif name not in _SILENT:
                yield from self.blocks(child, contents)

    def _paragraph(self, paragraph: etree._Element, contents: bool) -> Iterator[Block]:
        properties = paragraph.find(f"{NS}pPr")
        look = self.styles.look(properties)
        printed = self.inline.read(paragraph, look)
        text, self.carried = self.carried + printed.text, ""
        for box in printed.above:
            yield from self.blocks(box, contents)
        mark = properties.find(f"{NS}rPr") if properties is not None else None
        separator = bool(switched(mark, "specVanish"))
        joins = (
            (separator or _is_deleted(mark)) and len(text) < _LONGEST and _is_followed(paragraph)
        )
        gone = _is_gone(mark, look, text) or (joins and not separator)
        label = "" if gone else self._label(look)
        if joins:
            self.carried = label + text
        elif text.strip() or label:
            yield self._para(text, look, printed, label, contents)
        for box in printed.below:
            yield from self.blocks(box, contents)

    def _label(self, look: Look) -> str:
        return self.numbering.label(look.list_id, look.level, look.style)

    def _para(self, text: str, look: Look, printed: Printed, label: str, contents: bool) -> Para:
        look = replace(look, size=printed.size) if printed.size else look
        flagged = contents or look.contents or (printed.in_contents and _may_be_entry(text))
        return Para(text, look, printed.place or self.inline.place, label, flagged)

    def _table(self, table: etree._Element) -> Table:
        rows = []
        for row in children(table, "tr"):
            properties = row.find(f"{NS}trPr")
            if properties is None or properties.find(f"{NS}del") is None:
                cells = self._cells(row, properties)
                rows.append(TableRow(cells, bool(switched(properties, "tblHeader"))))
        grid = table.iterfind(f"{NS}tblGrid/{NS}gridCol")
        widths = tuple(number(column.get(f"{NS}w"), 0) or 0 for column in grid)
        return Table(tuple(row for row in rows if row.cells), widths)

    def _cells(self, row: etree._Element, properties: etree._Element | None) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        start = min(max(number(value(properties, "gridBefore"), 0) or 0, 0), _MOST_COLUMNS)
        for cell in children(row, "tc"):
            own = cell.find(f"{NS}tcPr")
            span = min(max(number(value(own, "gridSpan"), 1) or 1, 1), _MOST_COLUMNS)
            blocks = tuple(self.blocks(cell))
            if _continues(own, "hMerge") and cells:
                cells[-1] = replace(cells[-1], span=cells[-1].span + span)
            else:
                cells.append(Cell(blocks, start, span, _continues(own, "vMerge")))
            start += span
            if start > _FAR_TOO_MANY:
                raise OverflowError(f"more than {_FAR_TOO_MANY} columns")
        return tuple(cells)


def _is_contents(control: etree._Element) -> bool:
    gallery = control.find(f"{NS}sdtPr/{NS}docPartObj/{NS}docPartGallery")
    return gallery is not None and (gallery.get(f"{NS}val") or "").lower() == _CONTENTS_GALLERY


def _may_be_entry(text: str) -> bool:
    """Whether words in a contents field can be an entry: its end is often set far too late."""
    return len(text) <= 100 and "。" not in text


def _is_deleted(mark: etree._Element | None) -> bool:
    """Whether a paragraph's mark is deleted or moved away: its words then join the next one's."""
    return mark is not None and any(mark.find(NS + n) is not None for n in ("del", "moveFrom"))


def _is_followed(paragraph: etree._Element) -> bool:
    """Whether the next thing behind a paragraph is a paragraph."""
    following = (kind(other) for other in paragraph.itersiblings())
    return next((name for name in following if name in ("p", "tbl", "sdt")), "") == "p"


def _is_gone(mark: etree._Element | None, look: Look, text: str) -> bool:
    """Whether an empty paragraph is hidden, number and all."""
    hidden = switched(mark, "vanish")
    return not text.strip() and (look.hidden if hidden is None else hidden)


def _continues(properties: etree._Element | None, name: str) -> bool:
    found = properties.find(NS + name) if properties is not None else None
    return found is not None and found.get(f"{NS}val") in (None, "continue")
