"""From printed lines back to paragraphs: pure steps over lines."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.numbering import NOTICE, STATUTE, read_label
from corpus.outline import Box
from indexer.layout import AMPLE, Layout, blocks_of, layout_of
from indexer.loaders.base import Line, Row, Style
from indexer.radicals import meant
from indexer.titlelines import parts_title
from indexer.widths import display_width

__all__ = ["FLAT_LINES", "Paragraph", "clean", "enclosing", "tidy"]

#: A text of no more lines may have been flattened.
FLAT_LINES = 3
_TERMINAL = "。！？；：”…）"
_PAGE_NUMBER = re.compile(r"[\s—–－\-·]*\d{1,4}[\s—–－\-·]*(?:/\s*\d{1,4}\s*)?")
_PRINT_HEADER = re.compile(r"\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}\s.*|https?://\S+(?:\s+\d+/\d+)?")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
_GAP = re.compile(
    rf"(?<=[{_WIDE}])[ \u3000]{{1,200}}(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%℃㎡])[ \u3000]{{1,200}}(?=[{_WIDE}])"
)
#: The same in a text of a line or three, whose blanks stand where lines ended: those before a
#: number and behind a sentence stay.
_GAP_IN_FLAT = re.compile(
    rf"(?<=[{_WIDE}])(?<![。！？；])[ \u3000]{{1,200}}(?=[A-Za-z0-9])(?!\d{{1,2}}(?:[．、]|\.(?!\d)))"
    rf"|(?<=[A-Za-z0-9%℃㎡])[ \u3000]{{1,200}}(?=[{_WIDE}])(?![一二三四五六七八九十]{{1,3}}、|[（(][一二三四五六七八九十])"
)
#: Whatever is not plain printable text: look-alike radicals, controls, marks without width.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2e80-\u2fdf\uf900-\ufaff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")  # fmt: skip
# The blank behind the number of a standard's clause parts the two: 4 总则, 4.1.2 一般要求.
_DECIMAL = re.compile(r"\d{1,2}(?:(?:\.\d{1,2}){1,4}[ \u3000]+|[ \u3000]+(?=[^。，；：]{2,30}$))")
_BLANKS = re.compile(r"[ \t\u00a0\u2002-\u200a]+")
#: Columns by which the first line of a paragraph is indented in official layout (two characters).
_INDENT = 4
#: Fewer lines than this before a leading blank are a title, not a page.
_SHORTEST_PAGE = 5
#: A heading fills at most so much of its line.
_HEADING = 0.6
# Takes what stands under a title: 2020年8月24日某委员会第十次会议通过, （2019年1月2日公布
_ENACTED = re.compile(
    r"[（(]?(?:19|20)\d{2}年\d{1,2}月\d{1,2}日.*(?:会议|通过|公布|发布|修[订正]|令)"
)
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


def tidy(text: str, *, flat: bool = False) -> str:
    """Remove what extraction added: odd blanks, look-alike radicals, blanks around digits.

    In a ``flat`` text, lines were run together with blanks between: those may part it again.
    """
    kept = _BLANKS.sub(" ", _ODD.sub(_plain, text)).strip()
    number = _DECIMAL.match(kept)
    start = number.end() if number else 0
    return kept[:start] + (_GAP_IN_FLAT if flat else _GAP).sub("", kept[start:])


def _plain(match: re.Match[str]) -> str:
    character = match[0]
    if (alike := meant(character)) != character:
        return alike
    return "" if unicodedata.category(character) in ("Cf", "Cc") else character


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
            groups = list(_grouped(body, layout))
            flat = len(groups) <= FLAT_LINES
            paragraphs += (_paragraph(group, flat=flat) for group in groups)
    return tuple(paragraph for paragraph in paragraphs if paragraph.text)


def _grouped(body: list[Line], layout: Layout) -> Iterable[list[Line]]:
    """The lines of each paragraph."""
    if layout == "wrapped":
        return blocks_of(body)
    filled = [line for line in body if line.text.strip()]
    if layout == "flowing":
        return [[line] for line in filled]
    return _marked(filled) if layout == "marked" else _unwrap(filled)


def _marked(lines: Iterable[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        titled = line.style == "title" or len(groups) == 1 == len(groups[0])
        parted = titled and bool(groups) and parts_title(groups[-1][-1].text, line.text)
        if groups and line.starts is False and not parted:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _paragraph(lines: Sequence[Line], *, flat: bool) -> Paragraph:
    first = lines[0]
    known = [line.ocr for line in lines if line.ocr is not None]
    return Paragraph(
        tidy(_join(lines), flat=flat),
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
    breaks = _breaks(lines, full)
    groups: list[list[Line]] = []
    for line in lines:
        limit = full - _INDENT if groups and len(groups[-1]) == 1 else full
        text = line.text.strip()
        if (
            groups
            and not _stands_alone(text, full, under_title=len(groups) == 1 and _is_bare(groups[0]))
            and _continues(groups[-1][-1].text.strip(), text, limit, titled, breaks)
            and not _quotes_on("".join(each.text for each in groups[-1]).strip(), text)
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_title(text: str, full: int) -> bool:
    """Whether a line is an article's number and title, well short of the margin."""
    label = read_label(tidy(text), STATUTE)
    named = label is not None and label.rank == "art" and bool(label.rest)
    return named and not _CLAUSE_MARKS.search(text) and display_width(text) <= full - AMPLE


def _breaks(lines: Sequence[Line], full: int) -> bool:
    """Whether a sentence more often ends its paragraph than not: one that ends at the margin does.

    Told by the sentences that end on a line with room left, and by those that end inside a line.
    """
    texts = [line.text.strip() for line in lines]
    ended = sum(text[-1] == "。" and display_width(text) <= full - AMPLE for text in texts)
    return ended > sum(text[:-1].count("。") for text in texts)


def _is_bare(lines: Sequence[Line]) -> bool:
    return not any(_CLAUSE_MARKS.search(line.text) for line in lines)


def _stands_alone(text: str, full: int, *, under_title: bool) -> bool:
    """Whether a line is the heading of a chapter, or the enactment right under a title."""
    if under_title and _ENACTED.match(text):
        return True
    label = read_label(tidy(text), STATUTE)
    short = display_width(text) < _HEADING * full and not _CLAUSE_MARKS.search(text)
    return label is not None and label.is_heading and bool(label.rest) and short


def _quotes_on(before: str, text: str) -> bool:
    """Whether a line opens a quotation anew, as each paragraph does of one that goes on."""
    is_open = before.count("“") > before.count("”")
    return text.startswith("“") and is_open and before[-1] in "。；："


def _continues(before: str, text: str, limit: int, titled: bool, breaks: bool) -> bool:
    # A line was cut where the next word no longer fitted; one that had room ended its paragraph.
    word = _WORD.match(text)
    room = limit - display_width(before) - display_width(word[0] if word else "")
    ended = before[-1] in _TERMINAL
    if room >= AMPLE:
        return False
    if room >= 0:
        # Extracted blanks make lines look shorter or longer; here the wording must decide.
        title = titled and _is_label(before) and not _CLAUSE_MARKS.search(before)
        return not (ended or title)
    # A number at the start of a line is a label only where the sentence before it has ended.
    return not (ended and (_is_label(text) or (breaks and before[-1] == "。")))


def _is_label(text: str) -> bool:
    return any(read_label(tidy(text), scheme) for scheme in (STATUTE, NOTICE))


def _join(lines: Sequence[Line]) -> str:
    joined = ""
    for line in lines:
        text = line.text.strip()
        apart = joined[-1:].isascii() and text[:1].isascii() and joined[-1:].isalnum()
        joined += (" " if joined and apart and text[:1].isalnum() else "") + text
    return joined
