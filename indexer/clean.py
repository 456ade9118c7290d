"""From printed lines back to paragraphs: pure steps over lines.

Four layouts occur. ``marked``: the loader says where paragraphs begin. ``flowing``: one
paragraph a line. ``wrapped``: lines cut at the page width, where blank lines part paragraphs.
``cut``: lines cut at the page width, with a blank line after each or after none, as PDF
extraction leaves them, where only widths tell paragraphs apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from corpus.numbering import NOTICE, STATUTE, read_label
from corpus.outline import Box
from indexer.loaders.base import Line, Row, Style
from indexer.radicals import meant

__all__ = [
    "Layout",
    "Paragraph",
    "clean",
    "display_width",
    "enclosing",
    "layout_of",
    "tidy",
]

Layout = Literal["marked", "flowing", "wrapped", "cut"]

_TERMINAL = "。！？；：”…）"
_PAGE_NUMBER = re.compile(r"[\s—–－\-·]*\d{1,4}[\s—–－\-·]*(?:/\s*\d{1,4}\s*)?")
_PRINT_HEADER = re.compile(r"\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}\s.*|https?://\S+(?:\s+\d+/\d+)?")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
_GAP = re.compile(
    rf"(?<=[{_WIDE}])[ \u3000]+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%℃㎡])[ \u3000]+(?=[{_WIDE}])"
)
#: Whatever is not plain printable text: look-alike radicals, controls, marks without width.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2e80-\u2fdf\uf900-\ufaff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")  # fmt: skip
# The blank behind the number of a standard's clause parts the two: 4 总则, 4.1.2 一般要求.
_DECIMAL = re.compile(r"\d{1,2}(?:(?:\.\d{1,2}){1,4}[ \u3000]+|[ \u3000]+(?=[^。，；：]{2,30}$))")
_BLANKS = re.compile(r"[ \t\u00a0\u2002-\u200a]+")
#: A line this close to the widest of its block counts as cut at the margin.
_FULL = 0.86
#: Columns by which the first line of a paragraph is indented in official layout (two characters).
_INDENT = 4
#: Fewer lines than this before a leading blank are a title, not a page.
_SHORTEST_PAGE = 5
#: Columns left free on a line that was certainly not cut at the margin.
_AMPLE = 8
_CLAUSE_MARKS = re.compile("[，。；：]")
#: What cannot be parted at a line's end: a run of Latin letters or digits, or a character with
#: the closing marks that must not start a line.
_WORD = re.compile(r"(?:[A-Za-z0-9%./]+|.)[、，。；：！？）》”’]*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a source, or a row of a table, with where it stands.

    ``resets`` names a rank whose place is not known here: what follows stands under no
    number of that rank. ``boxes`` has one rectangle for each page that it stands on.
    """

    text: str
    line: int
    page: int | None = None
    resets: str | None = None
    boxes: tuple[Box, ...] = ()
    row: Row | None = None
    style: Style | None = None
    ocr: float | None = None

    def saying(self, text: str) -> Paragraph:
        """A part of this paragraph, or of this row: its words, where it stands."""
        return replace(self, text=text, resets=None, row=None)


def display_width(text: str) -> int:
    """Return the width in columns: two for a wide character, one for the others."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def tidy(text: str) -> str:
    """Remove what extraction added: odd blanks, look-alike radicals, blanks around digits."""
    kept = _BLANKS.sub(" ", _ODD.sub(_plain, text)).strip()
    number = _DECIMAL.match(kept)
    start = number.end() if number else 0
    return kept[:start] + _GAP.sub("", kept[start:])


def _plain(match: re.Match[str]) -> str:
    character = match[0]
    if (alike := meant(character)) != character:
        return alike
    return "" if unicodedata.category(character) in ("Cf", "Cc") else character


def layout_of(lines: Sequence[Line]) -> Layout:
    """Tell how the lines of a source relate to its paragraphs."""
    filled = [line for line in lines if line.text.strip()]
    if any(line.starts is not None for line in filled):
        return "marked"
    if len(filled) < 8:
        return "flowing"
    following = [b for a, b in pairwise(lines) if a.text.strip()]
    spaced = sum(not line.text.strip() for line in following) / max(len(following), 1) > 0.75
    blocks = [filled] if spaced else _blocks(lines)
    if sum(_cut_lines(block) for block in blocks) < 0.4 * len(filled):
        return "flowing"
    ended_inside = sum(_ends_early(block) for block in blocks)
    return "cut" if spaced or ended_inside > 0.3 * len(blocks) else "wrapped"


def _ends_early(block: Sequence[Line]) -> int:
    """How many lines of a block end a paragraph before its last line does."""
    widest = max(display_width(line.text.strip()) for line in block)
    return sum(
        line.text.strip()[-1] in "。；：" and display_width(line.text.strip()) < widest - _AMPLE
        for line in block[:-1]
    )


def clean(lines: Sequence[Line], layout: Layout | None = None) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a source, in its own order; ``layout`` is told where not given."""
    layout = layout or layout_of(lines)
    numbered = _number_pages(lines) if layout == "cut" else lines
    paragraphs: list[Paragraph] = []
    for tabled, run in groupby(numbered, key=lambda line: line.row is not None):
        if tabled:
            paragraphs += map(_of_row, run)
        else:
            body = [line for line in run if not _is_furniture(line.text)]
            paragraphs += (_paragraph(group) for group in _grouped(body, layout))
    return tuple(paragraph for paragraph in paragraphs if paragraph.text)


def _grouped(body: list[Line], layout: Layout) -> Iterable[list[Line]]:
    """The lines of each paragraph."""
    if layout == "wrapped":
        return _blocks(body)
    filled = [line for line in body if line.text.strip()]
    if layout == "flowing":
        return [[line] for line in filled]
    return _marked(filled) if layout == "marked" else _unwrap(filled)


def _marked(lines: Iterable[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.starts is False:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    first = lines[0]
    known = [line.ocr for line in lines if line.ocr is not None]
    return Paragraph(
        tidy(_join(lines)),
        first.number,
        first.page,
        boxes=enclosing(line.box for line in lines if line.box),
        style=first.style,
        ocr=min(known, default=None),
    )


def _of_row(line: Line) -> Paragraph:
    row = line.row or Row(0, ())
    cells = tuple("\n".join(filter(None, map(tidy, cell.split("\n")))) for cell in row.cells)
    boxes = (line.box,) if line.box else ()
    row = replace(row, cells=cells)
    text = "\t".join(cells) if any(cells) else ""
    return Paragraph(text, line.number, line.page, boxes=boxes, row=row, ocr=line.ocr)


def enclosing(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """The smallest rectangle around all boxes of each page, in page order."""
    found: dict[int, Box] = {}
    for box in boxes:
        held = found.setdefault(box.page, box)
        found[box.page] = Box(
            box.page,
            min(held.left, box.left),
            min(held.top, box.top),
            max(held.right, box.right),
            max(held.bottom, box.bottom),
        )
    return tuple(found[page] for page in sorted(found))


def _cut_lines(block: Sequence[Line]) -> int:
    widths = [display_width(line.text.strip()) for line in block]
    widest = sorted(widths)[int(len(widths) * 0.9)] if widths else 0
    if len(block) < 2 or not 16 <= widest <= 120:
        return 0
    return sum(
        width >= _FULL * widest and line.text.strip()[-1] not in "。！？"
        for line, width in zip(block, widths, strict=True)
    )


def _blocks(lines: Iterable[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.text.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _number_pages(lines: Sequence[Line]) -> list[Line]:
    """Count pages by the blank that extraction leaves before a page's first line."""
    if any(line.page for line in lines):
        return list(lines)
    starts = sum(line.text.startswith(" ") and bool(line.text.strip()) for line in lines)
    if starts < 2:
        return list(lines)
    page, on_page, numbered = 1, 0, []
    for line in lines:
        if line.text.startswith(" ") and line.text.strip() and on_page > _SHORTEST_PAGE:
            page, on_page = page + 1, 0
        on_page += bool(line.text.strip())
        numbered.append(Line(line.text, line.number, page))
    return numbered


def _is_furniture(text: str) -> bool:
    stripped = text.strip()
    return bool(stripped) and bool(
        _PAGE_NUMBER.fullmatch(stripped) or _PRINT_HEADER.fullmatch(stripped)
    )


def _unwrap(lines: Sequence[Line]) -> list[list[Line]]:
    widths = Counter(display_width(line.text.strip()) for line in lines)
    full = max(widths, key=lambda width: (widths[width], width))
    titled = sum(_is_title(line.text.strip(), full) for line in lines) >= 2
    groups: list[list[Line]] = []
    for line in lines:
        limit = full - _INDENT if groups and len(groups[-1]) == 1 else full
        if groups and _continues(groups[-1][-1].text.strip(), line.text.strip(), limit, titled):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_title(text: str, full: int) -> bool:
    """Whether a line is an article's number and title, well short of the margin."""
    label = read_label(tidy(text), STATUTE)
    named = label is not None and label.rank == "art" and bool(label.rest)
    return named and not _CLAUSE_MARKS.search(text) and display_width(text) <= full - _AMPLE


def _continues(before: str, text: str, limit: int, titled: bool) -> bool:
    # A line was cut where the next word no longer fitted; one that had room ended its paragraph.
    word = _WORD.match(text)
    room = limit - display_width(before) - display_width(word[0] if word else "")
    ended = before[-1] in _TERMINAL
    if room >= _AMPLE:
        return False
    if room >= 0:
        # Extracted blanks make lines look shorter or longer; here the wording must decide.
        title = titled and _is_label(before) and not _CLAUSE_MARKS.search(before)
        return not (ended or title)
    # A number at the start of a line is a label only where the sentence before it has ended.
    return not (ended and _is_label(text))


def _is_label(text: str) -> bool:
    return any(read_label(tidy(text), scheme) for scheme in (STATUTE, NOTICE))


def _join(lines: Sequence[Line]) -> str:
    joined = ""
    for line in lines:
        text = line.text.strip()
        apart = joined[-1:].isascii() and text[:1].isascii() and joined[-1:].isalnum()
        joined += (" " if joined and apart and text[:1].isalnum() else "") + text
    return joined
