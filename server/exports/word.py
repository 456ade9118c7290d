"""An answer as a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from server.exports.content import Block, Heading, Items, Table, Text

__all__ = ["to_word"]

_SONG, _HEI = "宋体", "黑体"
_LATIN = "Times New Roman"


def to_word(blocks: Sequence[Block]) -> bytes:
    """Set blocks; every text is text, whatever it holds."""
    document = Document()
    _set_fonts(document)
    for block in blocks:
        _add(document, block)
    title = next((b.text for b in blocks if isinstance(b, Heading)), "")
    document.core_properties.title = title[:250]
    document.core_properties.author = "条文 Tiaowen"
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _set_fonts(document: Any) -> None:
    for name, font, size in (
        ("Normal", _SONG, 11), ("Title", _HEI, 18), ("Heading 1", _HEI, 13), ("List Bullet", _SONG, 11),
    ):  # fmt: skip
        style = document.styles[name]
        style.font.name = _LATIN
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        # Word takes Chinese characters from a font of their own.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), font)


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(text, level)
        case Text(text, tone):
            run = document.add_paragraph().add_run(text)
            run.bold = tone == "strong"
            if tone == "small":
                run.font.size = Pt(9)
            if tone == "quote":
                document.paragraphs[-1].paragraph_format.left_indent = Pt(22)
        case Items(items):
            for item in items:
                document.add_paragraph(item, style="List Bullet")
        case Table(head, rows):
            _add_table(document, (head, *rows))


def _add_table(document: Any, lines: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=len(lines), cols=len(lines[0]), style="Table Grid")
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    # The head is repeated on each page.
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(head.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    document.add_paragraph()
