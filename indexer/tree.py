"""Paragraphs to a tree of numbered units, by a table of ranks and one stack."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numbering import NOTICE, STATUTE, Label, read_label
from indexer.clean import Paragraph
from indexer.contents import quoted, without_contents
from indexer.nodes import Block, Node, Tree
from indexer.openunits import UNNUMBERED, OpenUnits
from indexer.ranks import choose_scheme, is_inline_heading, running_ranks, scoping_ranks
from indexer.signature import is_contact
from indexer.tables import Tables

__all__ = ["grow"]

#: A last paragraph behind the last item that speaks of the document itself closes it.
_CLOSING = re.compile(
    r"(?:本|以上|上述|此)\S{0,8}(?:措施|办法|意见|通知|规定|方案|计划|细则|政策|条款|决定|公告|通告|规划|标准)"
    r"|《[^》]+》根据本决定|此外，对\S{0,8}(?:条文|条款|文字|顺序)"
)
#: What ends a letter or a public notice and belongs to none of its points: 特此通告。 此复。
_FORMULA = re.compile(r"(?:特此\S{2,6}|此\s*[复致令]|以上请示\S{2,10})[。！.!]?")
#: 附则 behind the last 编 of a code has no number.
_LAST_CHAPTER = re.compile(r"附[\s\u3000]*则")


def _closes(block: Block) -> bool:
    """Whether a paragraph behind the last item belongs to the whole text."""
    return isinstance(block, Paragraph) and bool(
        _CLOSING.match(block.text) or _FORMULA.fullmatch(block.text) or is_contact(block.text)
    )


def _asks_whom(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_contact(block.text)


def grow(paragraphs: Sequence[Paragraph]) -> Tree:
    """Read the paragraphs of one text into a tree."""
    body = without_contents(paragraphs)
    inside = quoted(body)
    scheme = choose_scheme([p for i, p in enumerate(body) if i not in inside and not p.row])
    labels = [
        None if p.row or i in inside else read_label(p.text, scheme) for i, p in enumerate(body)
    ]
    grower = _Grower(Tree(scheme, running_ranks(labels, scheme)), scoping_ranks(labels, scheme))
    for index, paragraph in enumerate(body):
        label = labels[index]
        if label is None and scheme is STATUTE and _LAST_CHAPTER.fullmatch(paragraph.text):
            grower.last_chapter()
        elif label and scheme is STATUTE and is_inline_heading(labels, index):
            grower.heading(label, paragraph)
        else:
            grower.read(paragraph, label)
    return grower.finish()


class _Grower:
    """Reads paragraphs one by one; keeps the open units on a stack."""

    def __init__(self, tree: Tree, scoping: frozenset[str]) -> None:
        self.tree = tree
        self.units = OpenUnits(tree, scoping)
        self.tables = Tables(self.units)
        self.groups = 1

    def read(self, paragraph: Paragraph, label: Label | None) -> None:
        """Take in the next paragraph, with the label that it opens with."""
        if paragraph.row:
            self.tables.add(paragraph)
            return
        self.tables.end()
        if paragraph.resets:
            self.units.pop(self.tree.scheme.depth(paragraph.resets))
        if label is None:
            self._plain(paragraph)
        elif label.is_heading:
            self.units.heading(label, paragraph)
        else:
            self._open(label, paragraph)

    def heading(self, label: Label, paragraph: Paragraph) -> None:
        """Take in a number that stands above articles as their heading."""
        self.tables.end()
        self.units.heading(label, paragraph)

    def last_chapter(self) -> None:
        """Take in 附则 without a number."""
        self.tables.end()
        self.units.last_chapter()

    def finish(self) -> Tree:
        """Move last paragraphs about the document itself out of the last unit."""
        self.tables.end()
        if self.tree.scheme is NOTICE and self.units.stack:
            blocks = self.units.stack[-1].blocks
            start = len(blocks)
            while start > 1 and _closes(blocks[start - 1]):
                start -= 1
            # What stands right under a heading (五、联系方式) is its matter.
            heading = (self.units.stack[-1].title or "。")[-1] not in "。；"
            if start == 1 < len(blocks) and heading and _asks_whom(blocks[1]):
                start = len(blocks)
            self.tree.closing[:0] = [b for b in blocks[start:] if isinstance(b, Paragraph)]
            del blocks[start:]
        return self.tree

    def _plain(self, paragraph: Paragraph) -> None:
        self.units.under_heading()
        if self.units.stack:
            self._leave_items()
            self.units.stack[-1].blocks.append(paragraph)
        else:
            self.units.loose.append(paragraph)

    def _leave_items(self) -> None:
        """Close the items of an article that hang on a lead sentence (有下列情形之一的：).

        A paragraph behind them is a 款 of the article. Where the items are paragraphs of their
        own under a title, it goes on with the last of them instead.
        """
        article = next((node for node in self.units.stack if node.label.rank == "art"), None)
        if article is None or article is self.units.stack[-1]:
            return
        lead = [block for block in article.content if isinstance(block, Paragraph)]
        if lead and lead[-1].text.endswith(("：", ":", "的")):
            del self.units.stack[self.units.stack.index(article) + 1 :]

    def _open(self, label: Label, paragraph: Paragraph) -> None:
        depth = self.tree.scheme.depth(label.rank)
        if self.units.stack and self.units.stack[0].depth < 0:
            # Numbers below a heading do not hang on the words that stand right under it.
            self.units.stack.clear()
        last = self.units.stack[-1] if self.units.stack else None
        self.units.pop(depth)
        if label.number > 1:
            self._reclaim(label, depth)
        elif last and not label.branch:
            self._restart(label, depth, last)
        node = self.units.node(label, paragraph, depth)
        if label.rest:
            node.blocks.append(paragraph.saying(label.rest))
        self.units.siblings().append(node)
        self.units.stack.append(node)

    def _reclaim(self, label: Label, depth: float) -> None:
        """Give what stands between （一） and （二） to （一）, where it was taken for a new 款."""
        siblings = self.units.siblings()
        start = len(siblings)
        while start and not (isinstance(b := siblings[start - 1], Node) and b.depth <= depth):
            start -= 1
        before = siblings[start - 1] if start else None
        if not isinstance(before, Node) or start == len(siblings):
            return
        if before.label.rank == label.rank and before.label.number == label.number - 1:
            before.blocks += siblings[start:]
            del siblings[start:]

    def _restart(self, label: Label, depth: float, last: Node) -> None:
        """A number that starts anew under no heading: find the line that it stands under.

        A lead (…如下：) goes back to the unit above; a line of a few words becomes an unnumbered
        heading, a group. Anything else stays where it is, and the writer finds the repeat.
        """
        siblings = self.units.siblings()
        before = any(isinstance(b, Node) and b.label.rank == label.rank for b in reversed(siblings))
        above = last.blocks[-1] if len(last.blocks) > 1 else None
        if not before or last.depth < depth or not isinstance(above, Paragraph):
            return
        if above.text.endswith(("：", ":")) and self.units.stack:
            siblings.append(last.blocks.pop())
        elif UNNUMBERED.fullmatch(above.text):
            last.blocks.pop()
            self.groups += 1
            named = Label("group", self.groups, 0, "", above.text, "section")
            group = self.units.node(named, above, depth - 0.5)
            group.blocks.append(above)
            siblings.append(group)
            self.units.stack.append(group)
