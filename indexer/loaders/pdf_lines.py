"""From characters to printed lines: by place alone, whatever the order in the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.numerals import NUMERAL
from indexer.loaders.pdf_chars import Glyph

__all__ = ["Printed", "parted", "printed", "rows_of", "written"]

#: Baselines this far apart, in parts of the larger size, are of one row: an index is raised less.
_SAME_ROW = 0.36
#: Gaps that are blanks, in parts of the size: between Latin words, between wide characters, and
#: between the two, where typesetters leave a quarter of a character and more.
_WORD_GAP = 0.18
_WIDE_GAP = 0.42
_MIXED_GAP = 0.6
#: A blank of the Latin kind behind the number of a heading: browsers leave it out of the file.
_NUMBER_GAP = 0.2
_HEADS = re.compile(rf"第{NUMERAL}(?:分编|部分|[编篇章节条])")
#: A blank in the file that takes no room on the page is none.
_NO_GAP = 0.06
#: A gap this many times the usual one of its row stands out in a spaced-out title.
_OUTSTANDING = 1.8


@dataclass(frozen=True, slots=True)
class Printed:
    """A line as it stands on a page, in points from the top left; ``ocr`` if recognised."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    ocr: float | None = None


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the characters row by row, each from left to right; blanks alone make no row.

    Rows that stand beside each other at slightly different heights stay apart.
    """
    rows: list[list[Glyph]] = []
    base, size = 0.0, 0.0
    for glyph in sorted((g for g in glyphs if g.text.strip()), key=lambda g: (g.base, g.left)):
        if rows and glyph.base - base <= _SAME_ROW * max(size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            size = 0.0
        if glyph.size > size:
            base, size = glyph.base, glyph.size
    blanks = sorted((g for g in glyphs if not g.text.strip()), key=lambda g: g.base)
    _deal_blanks(rows, blanks)
    return [sorted(row, key=lambda g: (g.left, g.right)) for row in rows]


def _deal_blanks(rows: Sequence[list[Glyph]], blanks: Sequence[Glyph]) -> None:
    """Put each blank into the row that it stands in."""
    bands = [(min(g.top for g in row), max(g.bottom for g in row)) for row in rows]
    at = 0
    for blank in blanks:
        while at < len(rows) and bands[at][1] < blank.base - 0.2 * blank.size:
            at += 1
        if at < len(rows) and bands[at][0] <= blank.base:
            rows[at].append(blank)


def written(row: Sequence[Glyph]) -> str:
    """Return a row as text: a blank where there is one on the page, none between characters.

    Characters of one row are given from left to right.
    """
    usual = _usual_gap(row)
    text, before, blank = "", None, False
    for glyph in row:
        if not glyph.text.strip():
            blank = True
            continue
        behind = bool(_HEADS.fullmatch(text))
        if before is not None and _is_apart(before, glyph, blank, usual, behind):
            text += " "
        text += glyph.text
        before, blank = glyph, False
    return text


def _is_apart(before: Glyph, glyph: Glyph, blank: bool, usual: float, behind: bool) -> bool:
    gap = glyph.left - before.right
    size = min(before.size, glyph.size)
    if blank:
        return gap > _NO_GAP * size
    latin = before.text.isascii() + glyph.text.isascii()
    if behind and not latin:
        return gap > max(_NUMBER_GAP * size, _OUTSTANDING * usual)
    least = (_WIDE_GAP, _MIXED_GAP, _WORD_GAP)[latin]
    return gap > max(least * size, _OUTSTANDING * usual)


def _usual_gap(row: Sequence[Glyph]) -> float:
    inked = [glyph for glyph in row if glyph.text.strip()]
    gaps = [b.left - a.right for a, b in pairwise(inked)]
    # Two characters are often set apart on purpose: 总 则
    if len(gaps) < 2:
        return 0.0
    return max(median(gaps) if len(gaps) > 2 else min(gaps), 0.0)


def parted(row: Sequence[Glyph], gap: float = 1.2) -> list[list[Glyph]]:
    """Part a row where a gap is this many times the size: there a column may end."""
    inked = [glyph for glyph in row if glyph.text.strip()]
    usual = _usual_gap(inked)
    pieces: list[list[Glyph]] = [[]]
    for glyph in row:
        last = next((g for g in reversed(pieces[-1]) if g.text.strip()), None)
        if glyph.text.strip() and last is not None:
            room = glyph.left - last.right
            if room > max(gap * min(glyph.size, last.size), _OUTSTANDING * usual):
                pieces.append([])
        pieces[-1].append(glyph)
    return pieces


def printed(row: Sequence[Glyph]) -> Printed | None:
    """Return a row as a line; None if it holds no ink."""
    inked = [glyph for glyph in row if glyph.text.strip()]
    if not inked:
        return None
    sizes = Counter(round(glyph.size, 1) for glyph in inked)
    size = max(sizes, key=lambda s: (sizes[s], s))
    bases = Counter(round(g.base, 1) for g in inked if round(g.size, 1) == size)
    return Printed(
        written(row),
        inked[0].left,
        min(glyph.top for glyph in inked),
        max(glyph.right for glyph in inked),
        max(glyph.bottom for glyph in inked),
        bases.most_common(1)[0][0],
        size,
    )
