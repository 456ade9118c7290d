"""The order in which a page of columns is to be read, as reviewed by a person.

Text extracted from a newspaper page comes column by column in a wrong order, and no rule over
characters restores it. The catalogue then lists the first words of each piece in reading order;
``# `` marks a headline. The words themselves stay those of the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import CatalogueError
from indexer.clean import Paragraph, clean
from indexer.loaders import Line

__all__ = ["Section", "in_reading_order"]

_ENDS = "。！？；：”…）"


@dataclass(frozen=True, slots=True)
class Section:
    """A headline (or None) and the paragraphs under it."""

    headline: str | None
    paragraphs: tuple[Paragraph, ...]


def in_reading_order(lines: Sequence[Line], order: Sequence[str]) -> tuple[Section, ...]:
    """Cut the lines at the given first words and return the pieces in that order.

    Raises CatalogueError where the words of a piece do not stand exactly once in the source.
    """
    text = "\n".join(line.text for line in lines)
    starts = {}
    if len(set(order)) < len(order):
        raise CatalogueError("阅读顺序有重复 / the reading order lists a piece twice")
    for entry in order:
        words = entry.removeprefix("# ")
        if text.count(words) != 1:
            raise CatalogueError(
                f"阅读顺序中的“{words}”在原文中应恰好出现一次 / "
                f"reading order: {words!r} must occur exactly once in the source"
            )
        starts[entry] = text.index(words)
    bounds = sorted([*starts.values(), len(text)])
    if text[: bounds[0]].strip():
        raise CatalogueError(
            f"阅读顺序漏掉了开头的文字 / the reading order leaves out text: {text[:20]!r}"
        )
    sections: list[Section] = []
    headline: str | None = None
    for entry in order:
        start = starts[entry]
        piece = text[start : bounds[bounds.index(start) + 1]]
        first = text.count("\n", 0, start) + 1
        if entry.startswith("# "):
            headline = " ".join(piece.split())
        else:
            sections.append(Section(headline, _paragraphs(piece, first)))
            headline = None
    return tuple(sections)


def _paragraphs(piece: str, first: int) -> tuple[Paragraph, ...]:
    """The paragraphs of a piece; one that a column's end cut in two is joined again."""
    lines = [Line(text, number) for number, text in enumerate(piece.split("\n"), first)]
    joined: list[Paragraph] = []
    for paragraph in clean(lines, "wrapped"):
        if joined and joined[-1].text[-1] not in _ENDS:
            last = joined.pop()
            paragraph = Paragraph(last.text + paragraph.text, last.line, last.page)
        joined.append(paragraph)
    return tuple(joined)
