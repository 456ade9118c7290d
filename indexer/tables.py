"""Put the tables of a text where they stand: as tables, or as the measures of a guide."""

from __future__ import annotations

from corpus.numbering import Label
from indexer.cards import Card, go_on, read_cards
from indexer.clean import Paragraph
from indexer.nodes import Block, Node, Table
from indexer.openunits import UNNUMBERED, OpenUnits

__all__ = ["Tables"]


class Tables:
    """Collects the rows of a table, and puts it into the open units once it ends."""

    def __init__(self, units: OpenUnits) -> None:
        self.units = units
        self.rows: list[Paragraph] = []

    def add(self, paragraph: Paragraph) -> None:
        """Take in a row; the first one of another table ends the table before it."""
        row, last = paragraph.row, self.rows[-1].row if self.rows else None
        if row and last and row.table != last.table:
            self.end()
        self.rows.append(paragraph)

    def end(self) -> None:
        """Put the rows read so far where they stand."""
        rows, self.rows = self.rows, []
        if not rows:
            return
        if cards := read_cards(rows, within=self._open_measure() is not None):
            for card in cards:
                self._measure(card, rows[0])
            return
        self.units.under_heading()
        table = Table(rows, self._caption())
        if last := self.units.last:
            last.blocks.append(table)
        else:
            self.units.loose.append(table)

    def _caption(self) -> Paragraph | None:
        """Take the line right above a table as its name, if it is one."""
        last = self.units.last
        if last:
            above = _above(last)
            if above:
                last.blocks.pop()
            return above
        loose = self.units.loose
        above_all = loose[-1] if loose else None
        if isinstance(above_all, Paragraph) and UNNUMBERED.fullmatch(above_all.text):
            loose.pop()
            return above_all
        return None

    def _open_measure(self) -> Node | None:
        """The measure that a table goes on with: nothing stands between them."""
        last = self.units.last
        cells = bool(last and last.blocks and _is_cell(last.blocks[-1]))
        return last if cells else None

    def _measure(self, card: Card, first: Paragraph) -> None:
        open_measure = self._open_measure()
        held = _labels(open_measure) if open_measure else set()
        if open_measure and not held & {cell.label for cell in card.cells}:
            node = open_measure
            if card.before:
                _continue_cell(node.blocks[-1], card.before)
        else:
            node = self._measure_node(card.before, first)
        known = sum(map(_is_cell, node.blocks))
        for number, cell in enumerate(card.cells, known + 1):
            label = Label("cell", number, 0, "", cell.label, "subitem")
            inner = Node(label, cell.content, node.depth + 1)
            inner.blocks.append(cell.content.saying(cell.label))
            if cell.content.text:
                inner.blocks.append(cell.content)
            node.blocks.append(inner)
        node.details += card.details

    def _measure_node(self, title: Paragraph | None, first: Paragraph) -> Node:
        """The unit that a measure's cells belong to: the open one where it is only a heading."""
        last = self.units.last
        if last and last.label.rank != "measure" and len(last.blocks) == 1 and not title:
            return last
        if title is None and last and (above := _above(last)):
            title = above
            last.blocks.pop()
        while self.units.stack and self.units.stack[-1].label.rank == "measure":
            self.units.stack.pop()
        siblings = self.units.siblings()
        number = 1 + sum(isinstance(b, Node) and b.label.rank == "measure" for b in siblings)
        label = Label("measure", number, 0, "", title.text if title else "", "item")
        depth = self.units.stack[-1].depth + 0.5 if self.units.stack else 0.5
        node = self.units.node(label, title or first, depth)
        if title:
            node.blocks.append(title)
        siblings.append(node)
        self.units.stack.append(node)
        return node


def _above(last: Node) -> Paragraph | None:
    """A line of a few words right above a table, which names it."""
    above = last.blocks[-1] if len(last.blocks) > 1 else None
    named = isinstance(above, Paragraph) and UNNUMBERED.fullmatch(above.text)
    return above if named and isinstance(above, Paragraph) else None


def _labels(measure: Node) -> set[str]:
    """The labels of the cells that a measure has so far."""
    return {b.label.rest for b in measure.blocks if isinstance(b, Node) and b.label.rank == "cell"}


def _is_cell(block: Block) -> bool:
    return isinstance(block, Node) and block.label.rank == "cell"


def _continue_cell(block: Block, rest: Paragraph) -> None:
    """Join the rest of a cell that the page's edge cut."""
    if isinstance(block, Node) and isinstance(last := block.blocks[-1], Paragraph):
        if len(block.blocks) > 1:
            block.blocks[-1] = go_on(last, rest)
        else:
            block.blocks.append(rest)
