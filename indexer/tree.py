"""Paragraphs to a tree of numbered units, by a table of ranks and one stack."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.numbering import HEADINGS, NOTICE, STATUTE, Label, Scheme, read_label
from indexer.clean import Paragraph

__all__ = ["Node", "Tree", "grow"]

#: A last paragraph behind the last item that speaks of the document itself closes it.
_CLOSING = re.compile(
    r"(?:本|以上|上述|此)\S{0,8}(?:措施|办法|意见|通知|规定|方案|计划|细则|政策|条款)"
)
_ANNEX = re.compile(r"附\s*件\s*[0-9０-９一二三四五六七八九十]{0,2}\s*[：:]?\s*[^。；，]{0,60}")
_LEADER = re.compile(r".{2,60}[.…·]{4,}\s*\d+")


@dataclass(slots=True)
class Node:
    """A numbered unit. ``blocks`` holds its paragraphs and inner units in order;
    ``headings`` are the 编, 章 and 节 above an outermost one."""

    label: Label
    first: Paragraph
    headings: tuple[str, ...] = ()
    annex: int = 0
    blocks: list[Paragraph | Node] = field(default_factory=list)

    @property
    def title(self) -> str | None:
        """The title on the unit's own line: words without a sentence, with more behind them."""
        own = self.blocks[0] if self.blocks else None
        if not isinstance(own, Paragraph) or own.line != self.first.line or len(own.text) > 60:
            return None
        if len(self.blocks) == 1 and self.label.rank != "sec":
            return None
        # A heading ends without a stop in statutes; in notices it may end in one, and states nothing.
        stop = "[。；：]" if self.label.rank == "art" else r"[；：]|。.|\d.*。|给予|应当|不得|可以"
        return None if re.search(stop, own.text) else own.text

    @property
    def heading(self) -> str | None:
        """The line that stands above what is inside: marker and title."""
        title = self.title
        gap = " " if self.label.rank == "art" else ""
        return f"{self.label.marker}{gap}{title}" if title else None

    @property
    def content(self) -> list[Paragraph | Node]:
        """The blocks behind the title."""
        return self.blocks[1:] if self.title else self.blocks


@dataclass(slots=True)
class Tree:
    """A parsed body: what stands before, in and after the numbered units."""

    scheme: Scheme
    running: frozenset[str]
    opening: list[Paragraph] = field(default_factory=list)
    roots: list[Node] = field(default_factory=list)
    closing: list[Paragraph] = field(default_factory=list)


def grow(paragraphs: Sequence[Paragraph]) -> Tree:
    """Read the paragraphs of a document's body into a tree."""
    body = _without_contents(paragraphs)
    scheme = _choose_scheme(body)
    grower = _Grower(Tree(scheme, _running_ranks(body, scheme)))
    for paragraph in body:
        grower.read(paragraph)
    return grower.finish()


def _choose_scheme(paragraphs: Sequence[Paragraph]) -> Scheme:
    labels = (read_label(p.text, STATUTE) for p in paragraphs)
    articles = sum(label is not None and label.rank == "art" for label in labels)
    return STATUTE if articles >= 2 else NOTICE


def _without_contents(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Drop a contents page: its heading and the lines that stand again, as headings, below."""
    kept = [p for p in paragraphs if not _LEADER.fullmatch(p.text)]
    at = next((i for i, p in enumerate(kept[:60]) if re.fullmatch(r"目\s*[录次]", p.text)), None)
    if at is None:
        return kept
    bare = [re.sub(r"\s+", "", p.text) for p in kept]
    end = at + 1
    while end < len(kept) and bare[end] in bare[end + 1 :]:
        end += 1
    return [*kept[:at], *kept[end:]]


def _running_ranks(paragraphs: Sequence[Paragraph], scheme: Scheme) -> frozenset[str]:
    """The ranks whose numbers run on through the text instead of starting anew."""
    running = {rank.name for rank in scheme.ranks if rank.runs}
    if scheme is not NOTICE:
        return frozenset(running)
    labels = [label for p in paragraphs if (label := read_label(p.text, scheme))]
    for rank in scheme.ranks:
        starts, continued = _starts(labels, scheme, rank.name)
        if not rank.runs and starts >= 2 and continued >= max(1.0, (starts - 1) * 0.5):
            running.add(rank.name)
    return frozenset(running)


def _starts(labels: Sequence[Label], scheme: Scheme, rank: str) -> tuple[int, int]:
    """Count the parents under which a rank begins, and those where it carries a count on."""
    starts = continued = last = 0
    fresh = True
    for label in labels:
        if label.is_heading or scheme.depth(label.rank) < scheme.depth(rank):
            fresh = True
        elif label.rank == rank:
            if fresh:
                starts += 1
                continued += last > 0 and label.number > last
            fresh, last = False, label.number
    return starts, continued


class _Grower:
    """Reads paragraphs one by one; keeps the open units on a stack."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.stack: list[Node] = []
        self.headings: list[tuple[str, str]] = []
        self.annexes = 0
        self.articles: set[int] = set()

    def read(self, paragraph: Paragraph) -> None:
        label = read_label(paragraph.text, self.tree.scheme)
        if paragraph.resets:
            self._pop(self.tree.scheme.depth(paragraph.resets))
        if label is None:
            self._plain(paragraph)
        elif label.is_heading:
            self._heading(label)
        else:
            self._open(label, paragraph)

    def finish(self) -> Tree:
        """Move last paragraphs about the document itself out of the last unit."""
        if self.tree.scheme is NOTICE and self.stack:
            blocks = self.stack[-1].blocks
            while len(blocks) > 1 and isinstance(last := blocks[-1], Paragraph):
                if not _CLOSING.match(last.text):
                    break
                self.tree.closing.insert(0, last)
                blocks.pop()
        return self.tree

    def _plain(self, paragraph: Paragraph) -> None:
        if self.tree.roots and _ANNEX.fullmatch(paragraph.text):
            self._annex(paragraph.text)
        elif self.stack:
            self._leave_items()
            self.stack[-1].blocks.append(paragraph)
        elif self.tree.roots:
            self.tree.closing.append(paragraph)
        else:
            self.tree.opening.append(paragraph)

    def _leave_items(self) -> None:
        """Close the items of an article that hang on a lead sentence (有下列情形之一的：).

        A paragraph behind them is a 款 of the article. Where the items are paragraphs of their
        own under a title, it goes on with the last of them instead.
        """
        article = next((node for node in self.stack if node.label.rank == "art"), None)
        if article is None or article is self.stack[-1]:
            return
        lead = [block for block in article.content if isinstance(block, Paragraph)]
        if lead and lead[-1].text.endswith(("：", ":", "的")):
            del self.stack[self.stack.index(article) + 1 :]

    def _annex(self, title: str) -> None:
        self.annexes += 1
        self.stack.clear()
        self.articles.clear()
        self.headings = [("附件", re.sub(r"\s+", "", title))]

    def _heading(self, label: Label) -> None:
        self.stack.clear()
        level = HEADINGS.index(label.rank)
        kept = [h for h in self.headings if h[0] == "附件" or HEADINGS.index(h[0]) < level]
        title = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", label.rest)
        self.headings = [*kept, (label.rank, f"{label.marker} {title}".strip())]

    def _pop(self, depth: int) -> None:
        while self.stack and self.tree.scheme.depth(self.stack[-1].label.rank) >= depth:
            self.stack.pop()

    def _open(self, label: Label, paragraph: Paragraph) -> None:
        self._pop(self.tree.scheme.depth(label.rank))
        if label.rank == "art":
            # A second 第一条 after at least three articles begins another text in the same file.
            if label.number == 1 and not label.branch and {1, 3} <= self.articles:
                self._annex(f"附{self.annexes + 1}")
            self.articles.add(label.number)
        parent = self.stack[-1] if self.stack else None
        headings = () if parent else tuple(text for _, text in self.headings)
        node = Node(label, paragraph, headings, self.annexes)
        if label.rest:
            node.blocks.append(Paragraph(label.rest, paragraph.line, paragraph.page))
        (parent.blocks if parent else self.tree.roots).append(node)
        self.stack.append(node)
