"""How the lines of a source relate to its paragraphs.

Four layouts occur. ``marked``: the loader says where paragraphs begin. ``flowing``: one
paragraph a line. ``wrapped``: lines cut at the page width, where blank lines part paragraphs.
``cut``: lines cut at the page width, with a blank line after each or after none, as PDF
extraction leaves them, where only widths tell paragraphs apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal

from indexer.loaders.base import Line
from indexer.widths import display_width

__all__ = ["AMPLE", "Layout", "blocks_of", "layout_of"]

Layout = Literal["marked", "flowing", "wrapped", "cut"]

_ENDS = "。！？；："
#: A line this close to the widest of its block counts as cut at the margin.
_FULL = 0.86
#: Columns left free on a line that was certainly not cut at the margin.
AMPLE = 8
#: Columns that a page has at least and at most.
_NARROWEST, _WIDEST = 16, 120
#: So many lines, and of so many, show that a text was cut; narrow lines of one length are a list.
_ENOUGH, _SHARE, _NEARLY_ALL, _NARROW = 5, 0.15, 0.9, 40


def layout_of(lines: Sequence[Line]) -> Layout:
    """Tell how the lines of a source relate to its paragraphs."""
    filled = [line for line in lines if line.text.strip()]
    if any(line.starts is not None for line in filled):
        return "marked"
    if len(filled) < 8:
        return "flowing"
    spaced = _is_spaced(lines)
    blocks = [filled] if spaced else blocks_of(lines)
    if sum(_cut_lines(block) for block in blocks) < 0.4 * len(filled) and not _are_cut(filled):
        return "flowing"
    ended_inside = sum(_ends_early(block) for block in blocks)
    return "cut" if spaced or ended_inside > 0.3 * len(blocks) else "wrapped"


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Whether a blank line stands behind each line, also behind those that were cut."""
    following = [(a, not b.text.strip()) for a, b in pairwise(lines) if a.text.strip()]
    if sum(blank for _, blank in following) <= 0.75 * len(following):
        return False
    widest = max(display_width(line.text.strip()) for line, _ in following)
    cut = [
        blank
        for line, blank in following
        if display_width(line.text.strip()) >= _FULL * widest and line.text.strip()[-1] not in _ENDS
    ]
    return 2 * sum(cut) >= len(cut)


def _are_cut(lines: Sequence[Line]) -> bool:
    """Whether lines that end within a sentence are full: in a text not cut few do, of any length.

    Short lines are titles and headings.
    """
    widths = [display_width(line.text.strip()) for line in lines]
    widest = sorted(widths)[int(len(widths) * 0.9)]
    within = [
        width >= _FULL * widest
        for line, width in zip(lines, widths, strict=True)
        if 2 * width > widest and line.text.strip()[-1] not in _ENDS
    ]
    enough = len(within) >= max(_ENOUGH, _SHARE * len(lines))
    return enough and _NARROW <= widest <= _WIDEST and sum(within) >= _NEARLY_ALL * len(within)


def _ends_early(block: Sequence[Line]) -> int:
    """How many lines of a block end a paragraph before its last line does."""
    widest = max(display_width(line.text.strip()) for line in block)
    return sum(
        line.text.strip()[-1] in "。；：" and display_width(line.text.strip()) < widest - AMPLE
        for line in block[:-1]
    )


def _cut_lines(block: Sequence[Line]) -> int:
    widths = [display_width(line.text.strip()) for line in block]
    widest = sorted(widths)[int(len(widths) * 0.9)] if widths else 0
    if len(block) < 2 or not _NARROWEST <= widest <= _WIDEST:
        return 0
    return sum(
        width >= _FULL * widest and line.text.strip()[-1] not in "。！？"
        for line, width in zip(block, widths, strict=True)
    )


def blocks_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the lines between blank lines."""
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.text.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]
