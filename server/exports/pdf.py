"""An answer as a PDF, in the Chinese font that every reader of PDF brings along or replaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as PdfTable

from server.exports.content import Block, Heading, Items, Table, Text

__all__ = ["to_pdf"]

_FONT = "STSong-Light"
_WIDTH = A4[0] - 44 * mm
#: A paragraph is parted where it is longer: one that fills pages is set slowly.
_LONGEST = 3_000


def to_pdf(blocks: Sequence[Block]) -> bytes:
    """Set blocks on A4, with page numbers; text can be selected and searched."""
    _register()
    title = next((b.text for b in blocks if isinstance(b, Heading)), "")
    written = BytesIO()
    document = SimpleDocTemplate(
        written, pagesize=A4, leftMargin=22 * mm, rightMargin=22 * mm, topMargin=20 * mm,
        bottomMargin=20 * mm, title=title[:250], author="条文 Tiaowen",
    )  # fmt: skip
    flow = [flowable for block in blocks for flowable in _set(block)]
    document.build(flow, onFirstPage=_numbered, onLaterPages=_numbered)
    return written.getvalue()


@lru_cache(maxsize=1)
def _register() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))


def _style(size: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(
        f"s{size}", fontName=_FONT, fontSize=size, leading=size * 1.6, wordWrap="CJK", **more
    )


_TITLE = _style(16, spaceAfter=6)
_HEAD = _style(12.5, spaceBefore=8, spaceAfter=3, textColor="#17487a")
_TONES = {
    "": _style(10.5, spaceAfter=3),
    "strong": _style(10.6, spaceAfter=3, textColor="#000000"),
    "quote": _style(10.4, leftIndent=18, spaceAfter=2),
    "small": _style(8.5, spaceAfter=3, textColor="#59636e"),
}
_CELL = _style(9)


def _set(block: Block) -> Iterator[Flowable]:
    match block:
        case Heading(text, level):
            yield Paragraph(_safe(text), _HEAD if level else _TITLE)
        case Text(text, tone):
            for piece in _pieces(text):
                yield Paragraph(_safe(piece), _TONES[tone])
        case Items(items):
            for item in items:
                for piece in _pieces(f"· {item}"):
                    yield Paragraph(_safe(piece), _TONES[""])
        case Table(head, rows):
            yield _table((head, *rows))
            yield Spacer(1, 6)


def _table(lines: Sequence[Sequence[str]]) -> Flowable:
    count = len(lines[0])
    first = min(60.0, _WIDTH / count)
    widths = [first] + [(_WIDTH - first) / (count - 1)] * (count - 1) if count > 1 else [_WIDTH]
    cells = [[Paragraph(_safe(cell[:_LONGEST]), _CELL) for cell in line] for line in lines]
    return PdfTable(
        cells, colWidths=widths, repeatRows=1, splitInRow=1,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.5, "#76808b"), ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), "#e9edf1"),
        ],
    )  # fmt: skip


def _pieces(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for at in range(0, len(line), _LONGEST):
            yield line[at : at + _LONGEST]


def _safe(text: str) -> str:
    """Text without markup; the font's coding has no characters beyond the first plane."""
    return escape("".join(c if ord(c) < 0x10000 else "□" for c in text))


def _numbered(canvas: Any, _: Any) -> None:
    canvas.saveState()
    canvas.setFont(_FONT, 8)
    canvas.drawCentredString(A4[0] / 2, 10 * mm, f"— {canvas.getPageNumber()} —")
    canvas.restoreState()
