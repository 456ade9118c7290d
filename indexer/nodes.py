"""The tree that a body is read into, before its units get their addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.address import Step
from corpus.numbering import HEADINGS, Label, Scheme
from indexer.clean import Paragraph

__all__ = ["Block", "Node", "Table", "Tree", "spoken"]

_LONGEST_TITLE = 60
#: Units whose marker stands apart from their title.
_SPACED = frozenset(("art", *HEADINGS.values(), "deca", "decb", "decc", "decd", "dece"))
#: Units whose first line is always their title.
_TITLED = frozenset(("cell", "group", "measure", *HEADINGS.values()))


def spoken(paragraphs: Sequence[Paragraph]) -> str:
    """Return the words of paragraphs, one a line."""
    return "\n".join(paragraph.text for paragraph in paragraphs)


@dataclass(slots=True)
class Table:
    """Rows that stand together; ``caption`` is the line above them that names the table."""

    rows: list[Paragraph]
    caption: Paragraph | None = None

    @property
    def header(self) -> list[Paragraph]:
        """The rows that name the columns."""
        return [row for row in self.rows if row.row and row.row.header]

    @property
    def columns(self) -> str:
        """The names of the columns, parted by tabs; one over another is parted by a blank."""
        rows = [row.row.cells for row in self.header if row.row]
        width = max(map(len, rows), default=0)
        names = (dict.fromkeys(cells[i] for cells in rows if i < len(cells)) for i in range(width))
        return "\t".join(" ".join(" ".join(filter(None, name)).split()) for name in names)

    @property
    def body(self) -> list[Paragraph]:
        """The rows that hold the table's matter."""
        return [row for row in self.rows if row.row and not row.row.header]


@dataclass(slots=True)
class Node:
    """A numbered unit. ``blocks`` holds its paragraphs, tables and inner units in order.

    ``depth`` is how deep it stands in its scheme; ``headings`` are the lines above an outermost
    unit, ``scope`` the steps that those lines add to its path, where numbers start anew under
    each. ``details`` are the labelled facts of a measure.
    """

    label: Label
    first: Paragraph
    depth: float
    headings: tuple[str, ...] = ()
    scope: tuple[Step, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    details: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str | None:
        """The title on the unit's own line: words without a sentence, with more behind them."""
        own = self.blocks[0] if self.blocks else None
        if not isinstance(own, Paragraph) or own.line != self.first.line:
            return None
        if len(own.text) > _LONGEST_TITLE or own.row:
            return None
        if self.label.rank in _TITLED:
            return own.text
        # A line with nothing below it states something, unless it is a bare heading.
        if len(self.blocks) == 1 and (
            self.label.rank not in ("sec", "deca") or own.text.endswith(("。", "；"))
        ):
            return None
        # A heading ends without a stop in statutes; in notices it may end in one, and states nothing.
        stop = "[。；：]" if self.label.rank == "art" else r"[；：]|。.|\d.*。|给予|应当|不得|可以"
        return None if re.search(stop, own.text) else own.text

    @property
    def heading(self) -> str | None:
        """The line that stands above what is inside: marker and title."""
        title = self.title
        gap = " " if self.label.rank in _SPACED else ""
        return f"{self.label.marker}{gap}{title}" if title else None

    @property
    def content(self) -> list[Block]:
        """The blocks behind the title."""
        return self.blocks[1:] if self.title else self.blocks


Block = Paragraph | Table | Node


@dataclass(slots=True)
class Tree:
    """A parsed body: what stands before, in and after the numbered units."""

    scheme: Scheme
    running: frozenset[str] = frozenset()
    opening: list[Paragraph | Table] = field(default_factory=list)
    roots: list[Node] = field(default_factory=list)
    closing: list[Paragraph | Table] = field(default_factory=list)
