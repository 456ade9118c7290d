"""The units that are open while a text is read: a stack, and the headings above it."""

from __future__ import annotations

import re

from corpus.address import Step
from corpus.numbering import HEADINGS, Label
from indexer.clean import Paragraph
from indexer.nodes import Block, Node, Table, Tree

__all__ = ["UNNUMBERED", "OpenUnits"]

# Takes 第一类, 申报材料 above a list that starts anew; refuses what ends a sentence or an item.
UNNUMBERED = re.compile(r"[^。；，！？]{2,40}(?<![：:、])")
#: How deep 一、 and （一） stand that are headings of articles: below 节.
_INLINE_LEVELS = {"sec": len(HEADINGS), "item": len(HEADINGS) + 1}
_LEVELS = {rank: level for level, rank in enumerate(HEADINGS)} | _INLINE_LEVELS | {"附则": 0}


class OpenUnits:
    """Where the next paragraph, table or unit of a text is put.

    ``scoping`` are the headings that are part of the addresses below them.
    """

    def __init__(self, tree: Tree, scoping: frozenset[str]) -> None:
        self.tree = tree
        self.scoping = scoping
        self.stack: list[Node] = []
        self.headings: list[tuple[str, str, Step]] = []
        self.heading_line: Paragraph | None = None

    @property
    def last(self) -> Node | None:
        """The innermost open unit."""
        return self.stack[-1] if self.stack else None

    @property
    def loose(self) -> list[Paragraph | Table]:
        """Where text is put that belongs to no unit."""
        return self.tree.closing if self.tree.roots else self.tree.opening

    def heading(self, label: Label, paragraph: Paragraph) -> None:
        """Take in a 编, 章, 节 or the like: it stands above what follows."""
        self.stack.clear()
        self.heading_line = paragraph
        level = _LEVELS[label.rank]
        kept = [held for held in self.headings if _LEVELS[held[0]] < level]
        title = re.sub(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])", "", label.rest)
        rank = HEADINGS.get(label.rank, label.rank)
        step = Step(rank, label.number)
        gap = "" if label.rank in _INLINE_LEVELS else " "
        self.headings = [*kept, (label.rank, f"{label.marker}{gap}{title}".strip(), step)]

    def last_chapter(self) -> None:
        """Take in 附则 without a number of its own: it stands beside the outermost headings."""
        self.stack.clear()
        self.headings = [("附则", "附则", Step("chap"))]

    def under_heading(self) -> None:
        """Open a heading as a unit: text without a number stands right below it."""
        if self.stack or not self.headings:
            return
        *above, (rank, line, step) = self.headings
        if rank in _INLINE_LEVELS or not step.number:
            return
        marker, _, title = line.partition(" ")
        first = self.heading_line or Paragraph(line, 0)
        label = Label(step.rank, step.number, 0, marker, title, "section")
        scope = tuple(held[2] for held in above if held[0] not in _INLINE_LEVELS)
        node = Node(label, first, -1, tuple(held[1] for held in above), scope)
        if title:
            node.blocks.append(first.saying(title))
        self.tree.roots.append(node)
        self.stack.append(node)

    def pop(self, depth: float) -> None:
        """Close the units at a depth and below it."""
        while self.stack and self.stack[-1].depth >= depth:
            self.stack.pop()

    def siblings(self) -> list[Block]:
        """Where a unit under the open one is put."""
        return self.stack[-1].blocks if self.stack else self.tree.roots  # type: ignore[return-value]

    def node(self, label: Label, paragraph: Paragraph, depth: float) -> Node:
        """Make a unit that stands here, with the headings above it."""
        headings = () if self.stack else tuple(text for _, text, _ in self.headings)
        scope = tuple(step for rank, _, step in self.headings if rank in self.scoping)
        return Node(label, paragraph, depth, headings, scope)
