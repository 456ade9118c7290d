"""From characters on a page to its lines, and which of them begin a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from indexer.loaders import pdf_lines
from indexer.loaders.ofd_marks import Mark
from indexer.loaders.pdf_chars import Frame
from indexer.loaders.pdf_columns import Region
from indexer.loaders.pdf_furniture import Page
from indexer.loaders.pdf_measure import body_size, measured
from indexer.loaders.pdf_paragraphs import Placed, begins_of

__all__ = ["Printed", "lines_of", "starts_of", "title_of", "without_page_numbers"]

#: Takes — 3 —, 3, 第3页, 3/12 at the foot or the head of a page.
_PAGE_NUMBER = re.compile(r"[—–\-－\s]*(?:第\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*页)?[—–\-－\s]*")
_EDGE = 0.12
#: Takes what the text begins with: a sentence, addressees; refuses a 文号, a name, a date.
_IS_TEXT = re.compile(r"[。，；]|[:：]$")
#: Takes a masthead, 某某局文件, and the heading of a part; neither is the title of the document.
_NO_TITLE = re.compile(r"文\s*件$|^第[一二三四五六七八九十\d]+(?:部分|[编章节])")
_HEAD, _LARGER = 10, 1.15
#: Points in a millimetre.
_POINTS = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Printed:
    """A line as printed: its words and its box in millimetres."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float


def lines_of(marks: Iterable[Mark], page: int) -> list[Printed]:
    """Group characters by their baseline, from the top; within a line from the left."""
    rows: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: mark.base):
        if rows and mark.base - rows[-1][0].base <= 0.6 * min(mark.size, rows[-1][0].size):
            rows[-1].append(mark)
        else:
            rows.append([mark])
    lines = (_line(sorted(row, key=lambda mark: mark.left), page) for row in rows)
    return [line for line in lines if line]


def _line(row: Sequence[Mark], page: int) -> Printed | None:
    words = [at for at, mark in enumerate(row) if mark.text.strip()]
    if not words:
        return None
    row = row[words[0] : words[-1] + 1]
    text, before = "", row[0]
    for mark in row:
        gap = mark.left - before.right
        both = text[-1:].isascii() and mark.text[:1].isascii()
        apart = text and not text[-1].isspace() and gap > (0.25 if both else 0.9) * mark.size
        text += (" " if apart else "") + mark.text
        before = mark
    size = median(mark.size for mark in row)
    top = min(mark.base - 0.88 * mark.size for mark in row)
    bottom = max(mark.base + 0.12 * mark.size for mark in row)
    right = max(mark.right for mark in row)
    return Printed(text, page, row[0].left, right, top, bottom, size)


def without_page_numbers(lines: Sequence[Printed], height: float) -> list[Printed]:
    """Return the lines of a page that are no page number at its edge."""
    return [
        line
        for line in lines
        if not (
            _PAGE_NUMBER.fullmatch(line.text)
            and (line.top > (1 - _EDGE) * height or line.bottom < _EDGE * height)
        )
    ]


def starts_of(lines: Sequence[Printed], sizes: Mapping[int, tuple[float, float]]) -> list[bool]:
    """Tell which lines begin a paragraph, by the rules for pages of any format.

    ``sizes`` has the width and the height of each page in millimetres.
    """
    pages = []
    for number, group in groupby(lines, key=lambda line: line.page):
        width, height = (_POINTS * side for side in sizes[number])
        frame = Frame(number, 0.0, 0.0, width, height, 0, 0)
        pages.append(Page(frame, (Region(tuple(map(_in_points, group))),)))
    measures = measured(pages, body_size(pages))
    placed = [
        Placed(item, page.frame.page, 0, measures[page.frame.page, 0])
        for page in pages
        for item in page.regions[0].items
        if isinstance(item, pdf_lines.Printed)
    ]
    return begins_of(placed)


def _in_points(line: Printed) -> pdf_lines.Printed:
    edges = (line.left, line.top, line.right, line.bottom, line.bottom - 0.12 * line.size)
    return pdf_lines.Printed(line.text, *(_POINTS * edge for edge in (*edges, line.size)))


def title_of(lines: Sequence[Printed]) -> range:
    """Find the title: the last lines in larger print above the text, below any masthead."""
    body, head = _body_size(lines), list[Printed]()
    for line in lines[:_HEAD]:
        if line.page != lines[0].page or (
            line.size < _LARGER * body and _IS_TEXT.search(line.text)
        ):
            break
        head.append(line)
    large = [at for at, line in enumerate(head) if line.size >= _LARGER * body]
    large = [at for at in large if not _NO_TITLE.search(head[at].text)]
    if not large:
        return range(0)
    start = end = large[-1]
    while start - 1 in large and abs(head[start - 1].size - head[end].size) < 0.05 * body:
        start -= 1
    return range(start, end + 1)


def _body_size(lines: Sequence[Printed]) -> float:
    sizes = Counter(round(line.size, 1) for line in lines for _ in line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
