"""Characters of a PDF page with their places, in the direction in which they are read."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.outline import Box
from indexer.radicals import meant

__all__ = ["Frame", "Glyph", "frame_of", "plain", "read_glyphs"]

#: No printed page comes near this; a page made to exhaust memory does.
_MOST_CHARS = 60_000
#: The largest page that PDF knows, and far more than paper, in points.
_LARGEST_PAGE = 14_400 * 4
#: Where a character stands above and below its baseline, in parts of its size.
_ASCENT, _DESCENT = 0.86, 0.14
#: The same character this close to itself, in parts of its size, was printed twice to look bold.
_TWICE = 0.28


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: its box in points from the top left, its baseline and its size."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float


class _Char(NamedTuple):
    """A character in the coordinates of the file; ``turn`` as in Frame.reading, -1 for a slant."""

    text: str
    origin: tuple[float, float]
    edges: tuple[float, float, float, float]
    size: float
    turn: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page, and by how many quarters it must turn to be read and shown."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    reading: int
    shown: int

    @property
    def width(self) -> float:
        """The width of the page as it is read."""
        return self._size(self.reading)[0]

    @property
    def height(self) -> float:
        """The height of the page as it is read."""
        return self._size(self.reading)[1]

    def read(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the file as points from the top left of the page as it is read."""
        return self._turned(x, y, self.reading)

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return a rectangle of the page as it is read as one of the page as it is shown."""
        corners = [self._unturned(x, y) for x, y in ((left, top), (right, bottom))]
        points = [self._turned(x, y, self.shown) for x, y in corners]
        width, height = self._size(self.shown)
        xs = sorted(_fraction(x, width) for x, _ in points)
        ys = sorted(_fraction(y, height) for _, y in points)
        return Box(self.page, xs[0], ys[0], xs[1], ys[1])

    def _size(self, quarters: int) -> tuple[float, float]:
        size = (self.right - self.left, self.top - self.bottom)
        return size if quarters % 2 == 0 else (size[1], size[0])

    def _turned(self, x: float, y: float, quarters: int) -> tuple[float, float]:
        match quarters:
            case 0:
                return x - self.left, self.top - y
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x

    def _unturned(self, x: float, y: float) -> tuple[float, float]:
        match self.reading:
            case 0:
                return x + self.left, self.top - y
            case 1:
                return y + self.left, x + self.bottom
            case 2:
                return self.right - x, y + self.bottom
            case _:
                return self.right - y, self.top - x


def frame_of(page: pdfium.PdfPage, number: int, reading: int | None = None) -> Frame:
    """Return the frame of a page as it is shown, or as its text is read where that differs."""
    left, bottom, right, top = page.get_bbox()
    size = max(right - left, top - bottom)
    # Damaged boxes hold anything, also what is no number.
    if not (right - left > 1 and top - bottom > 1 and size < _LARGEST_PAGE):
        left, bottom, right, top = 0.0, 0.0, 595.0, 842.0
    shown = page.get_rotation() // 90 % 4
    return Frame(
        number, left, bottom, right, top, shown if reading is None else reading, shown
    )  # fmt: skip


def read_glyphs(page: pdfium.PdfPage, number: int) -> tuple[Frame, list[Glyph], bool]:
    """Return the upright characters of a page that lie on it, and whether all were taken.

    The direction that most of them have is the one in which the page is read: a table printed
    sideways is read like any other, and a slanting watermark is left out.
    """
    text = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text.raw)
        chars = _raw_chars(text.raw, min(max(count, 0), _MOST_CHARS))
    finally:
        text.close()
    turns = Counter(char.turn for char in chars if char.turn >= 0 and char.text.strip())
    frame = frame_of(page, number, turns.most_common(1)[0][0] if turns else None)
    placed = [_placed(char, frame) for char in chars if char.turn == frame.reading]
    return frame, _once([g for g in placed if _is_on(g, frame)]), count <= _MOST_CHARS


@lru_cache(maxsize=20_000)
def plain(char: str) -> str:
    """Return the character that is meant; the empty string for one without a shape.

    >>> [plain(c) for c in ("⽹", "⺠", "（", "\\u200b", "\\xad")]
    ['网', '民', '（', '', '-']
    """
    if char in "\xad\x02\u2010\u2011":
        # A hyphen that is drawn is one, whatever a typesetter calls it.
        return "-"
    if (alike := meant(char)) != char:
        return alike
    if char in "\xa0\t" or unicodedata.category(char) == "Zs":
        return "\u3000" if char == "\u3000" else " "
    return "" if unicodedata.category(char) in ("Cf", "Cc", "Cs", "Cn") else char


def _raw_chars(text: raw.FPDF_TEXTPAGE, count: int) -> list[_Char]:
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    chars = []
    for i in range(count):
        if raw.FPDFText_IsGenerated(text, i) == 1:
            continue
        char = plain(chr(raw.FPDFText_GetUnicode(text, i)))
        placed = raw.FPDFText_GetCharOrigin(text, i, x, y)
        if not (char and placed and raw.FPDFText_GetLooseCharBox(text, i, box)):
            continue
        raw.FPDFText_GetMatrix(text, i, matrix)
        size = raw.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d)
        edges = (box.left, box.top, box.right, box.bottom)
        chars.append(_Char(char, (x.value, y.value), edges, abs(size), _turn(matrix.a, matrix.b)))
    return chars


def _turn(a: float, b: float) -> int:
    """Return the quarters by which a page must turn for text of this direction; -1 for a slant."""
    if abs(b) < 0.05 * abs(a):
        return 0 if a > 0 else 2
    if abs(a) < 0.05 * abs(b):
        return 1 if b > 0 else 3
    return -1


def _placed(char: _Char, frame: Frame) -> Glyph:
    x0, y0 = frame.read(*char.edges[:2])
    x1, y1 = frame.read(*char.edges[2:])
    base = frame.read(*char.origin)[1]
    size = char.size if char.size > 0.5 else max(abs(y1 - y0), 0.5)
    left, right = (x0, x1) if x0 < x1 else (x1, x0)
    return Glyph(char.text, left, base - _ASCENT * size, right, base + _DESCENT * size, base, size)


def _is_on(glyph: Glyph, frame: Frame) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return 0 <= x <= frame.width and 0 <= y <= frame.height


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out what was printed a second time beside itself."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    kept = []
    for glyph in glyphs:
        near = max(_TWICE * min(glyph.size, glyph.right - glyph.left or glyph.size), 0.3)
        # Cells of 8 points: a character at a cell's edge is looked for in the next one too.
        column, row = int(glyph.left // 8), int(glyph.base // 8)
        around = (
            other
            for i in (column - 1, column, column + 1)
            for j in (row - 1, row, row + 1)
            for other in seen.get((glyph.text, i, j), ())
        )
        if glyph.text.strip() and any(
            abs(o.left - glyph.left) < near and abs(o.base - glyph.base) < near for o in around
        ):
            continue
        seen.setdefault((glyph.text, column, row), []).append(glyph)
        kept.append(glyph)
    return kept


def _fraction(value: float, whole: float) -> float:
    return round(min(max(value / whole, 0.0), 1.0), 5)
