"""What a loader yields, and what it promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

from corpus.outline import Box, Finding

__all__ = ["Line", "Loader", "Row", "Source", "Style", "Told"]

#: What a format says of a line besides its words.
Style = Literal["title", "heading"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. ``table`` counts from 1 through the source.

    A cell that covers several rows or columns stands in each of them, so that every row can be
    read alone; ``header`` marks the rows that name the columns.
    """

    table: int
    cells: tuple[str, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source as printed, unstripped; ``page`` and ``number`` count from 1.

    ``starts`` says whether the line begins a paragraph, where the format or the page tells;
    None leaves it to the widths of the lines. A line with a ``row`` is that row of a table, its
    ``text`` the cells joined by tabs. ``ocr`` is the confidence of a recognised line, 0 to 1.
    """

    text: str
    number: int
    page: int | None = None
    box: Box | None = None
    starts: bool | None = None
    row: Row | None = None
    style: Style | None = None
    ocr: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Metadata that a format carries beside its text, such as the head of a web page."""

    title: str | None = None
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    issued: date | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a file holds: its lines, what its format tells of it, and what was wrong with it."""

    lines: tuple[Line, ...]
    told: Told = Told()
    findings: tuple[Finding, ...] = ()


class Loader(Protocol):
    """Read a file into lines, or raise LoadError saying what is wrong with it."""

    def __call__(self, path: Path) -> Source: ...
