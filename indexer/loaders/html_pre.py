"""Text whose line ends are printed as they are: ``<pre>`` and its like."""

from __future__ import annotations

import unicodedata

from indexer.loaders.html_walk import collapse, opens_clause

__all__ = ["pre_paragraphs"]

#: Columns that no hard wrap reaches: longer lines are whole paragraphs.
_WIDEST_WRAP = 130
#: Columns left free on a line that was not cut at the margin.
_ROOM = 8


def pre_paragraphs(text: str) -> tuple[str, ...]:
    """Part preformatted text into paragraphs: blank lines, indents and room at a line's end tell."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    widest = max(map(_width, lines))
    filled = [line for line in lines if line.strip()]
    # Where paragraphs are indented, a line that is not goes on with the one before it.
    indented = 3 * sum(map(_is_indented, filled)) >= len(filled) > sum(map(_is_indented, filled))
    groups: list[list[str]] = []
    before = ""
    for line in lines:
        if line.strip():
            if groups and before.strip() and _goes_on(before, line, widest, indented):
                groups[-1].append(line.strip())
            else:
                groups.append([line])
        before = line
    return tuple(text for group in groups if (text := collapse("\n".join(group))))


def _goes_on(before: str, line: str, widest: int, indented: bool) -> bool:
    if _is_indented(line) and (indented or not _is_indented(before)):
        return False
    if indented:
        return True
    if widest > _WIDEST_WRAP or _width(before) < widest - _ROOM:
        return False
    return not (before.rstrip()[-1] in "。；：！？" and opens_clause(line))


def _is_indented(line: str) -> bool:
    return line[:1] == "\u3000" or line[:2] == "  " or line[:1] == "\t"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text.rstrip())
