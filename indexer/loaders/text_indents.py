"""Plain text that was cut at a margin: where indents tell which lines begin a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.loaders.base import Line
from indexer.widths import display_width

__all__ = ["with_indents"]

#: Takes the indent of a first line, two characters; a title in the middle is set in further.
_INDENTED = re.compile(r"(?:\u3000{2}|[ \u00a0]{4}|\t)(?=[^\s])")
_BLANK = re.compile(r"\s")
#: Columns that may be left on a line that was cut: a character with its closing marks, or a word.
_LEFT = 8
#: Beyond this many columns a line is a paragraph, not one that was cut.
_WIDEST = 120
#: So many lines, and all but a few of them, must go on at the margin behind a line that was full.
_FEWEST, _NEARLY_ALL = 3, 0.9
#: So many of the lines that begin with an indent make it the way of this text.
_OFTEN = 5


def with_indents(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Say of each line whether it begins a paragraph, if the indents of this text tell it.

    They do where lines at the margin stand behind lines that were full: they go on with them.
    Elsewhere the lines are returned as they are.
    """
    filled = [line for line in lines if line.text.strip()]
    indented = sum(bool(_INDENTED.match(line.text)) for line in filled)
    if indented < _OFTEN:
        return tuple(lines)
    widths = sorted(display_width(line.text.rstrip()) for line in filled)
    full = widths[int(0.9 * len(widths))]
    if full > _WIDEST:
        return tuple(lines)
    following = [b for a, b in pairwise(filled) if _at_margin(b) and b.number == a.number + 1]
    going = {
        b.number
        for a, b in pairwise(lines)
        if _at_margin(b) and full - _LEFT <= display_width(a.text.rstrip())
    }
    if len(going) < max(_FEWEST, _NEARLY_ALL * len(following)):
        return tuple(lines)
    return tuple(replace(line, starts=line.number not in going) for line in lines)


def _at_margin(line: Line) -> bool:
    return bool(line.text) and not _BLANK.match(line.text)
