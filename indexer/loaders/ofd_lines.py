"""From characters on a page to its lines, and which of them begin a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from indexer.loaders.html_walk import opens_clause
from indexer.loaders.ofd_marks import Mark

__all__ = ["Printed", "lines_of", "starts_of", "title_of", "without_page_numbers"]

#: Takes — 3 —, 3, 第3页, 3/12 at the foot or the head of a page.
_PAGE_NUMBER = re.compile(r"[—–\-－\s]*(?:第\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*页)?[—–\-－\s]*")
_EDGE = 0.12
#: Takes what the text begins with: a sentence, addressees; refuses a 文号, a name, a date.
_IS_TEXT = re.compile(r"[。，；]|[:：]$")
#: Takes a masthead, 某某局文件, and the heading of a part; neither is the title of the document.
_NO_TITLE = re.compile(r"文\s*件$|^第[一二三四五六七八九十\d]+(?:部分|[编章节])")
_HEAD, _LARGER = 10, 1.15
#: So many lines that end together show where lines are cut.
_CUT = 3


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


def starts_of(lines: Sequence[Printed], width: float) -> list[bool]:
    """Tell which lines begin a paragraph: by indent, by the room left before, by size and gaps.

    ``width`` is that of the page.
    """
    if not lines:
        return []
    body = _body_size(lines)
    same = [line for line in lines if abs(line.size - body) < 0.15 * body] or list(lines)
    margin, edge = _margin(same), _edge(lines, same, width)
    pitch = median([b.top - a.top for a, b in pairwise(same) if a.page == b.page] or [0.0])
    starts = [True]
    for before, line in pairwise(lines):
        indented = line.left > margin + 0.8 * line.size
        roomy = before.right < edge - 1.6 * before.size
        resized = abs(line.size - before.size) > 0.15 * max(line.size, before.size)
        apart = line.page == before.page and line.top - before.top > 1.6 * pitch > 0
        labelled = before.text[-1] in "。；：" and opens_clause(line.text)
        starts.append(indented or roomy or resized or apart or labelled)
    return starts


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


def _edge(lines: Sequence[Printed], same: Sequence[Printed], width: float) -> float:
    """The right edge of the text: where lines were cut, else opposite its left edge."""
    widest = max(line.right for line in same)
    cut = sum(line.right > widest - 1.5 * line.size for line in same)
    return widest if cut >= _CUT else max(widest, width - 1.2 * min(line.left for line in lines))


def _margin(lines: Sequence[Printed]) -> float:
    """The left edge of the text: where most lines begin, or further left where many do."""
    lefts = Counter(round(line.left) for line in lines)
    often = [left for left, times in lefts.items() if times >= max(2, 0.1 * len(lines))]
    return float(min(often)) if often else min(line.left for line in lines)
