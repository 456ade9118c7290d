"""A tree of numbered units to an outline: every clause under its address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.address import ClausePath, Step
from corpus.numbering import NOTICE
from corpus.outline import Clause, ClauseKind, Finding, Outline
from indexer.clean import Paragraph, enclosing
from indexer.nodes import Block, Node, Table, Tree, spoken
from indexer.questions import Pair, pair_questions
from indexer.segments import Segment
from indexer.signature import without_signature
from indexer.tree import grow

__all__ = ["parse"]

Steps = tuple[Step, ...]
Headings = tuple[str, ...]


def parse(
    paragraphs: Sequence[Paragraph],
    notice: Sequence[Paragraph] = (),
    passages: Sequence[Paragraph] = (),
    findings: Sequence[Finding] = (),
    others: Sequence[Segment] = (),
    listed: Sequence[Paragraph] = (),
) -> Outline:
    """Parse the body of a document.

    ``notice`` is the covering notice's own text; ``passages`` are texts of the body whose
    place is not known; ``others`` are its annexes and further texts, ``listed`` the list of
    annexes under the body.
    """
    writer = _Writer()
    clauses = [*writer.unnumbered("notice", "opening", notice)]
    scheme = "plain"
    if asked := pair_questions(paragraphs):
        clauses += writer.pairs(*asked)
        clauses += writer.unnumbered("closing", "closing", listed)
    else:
        tree = grow(paragraphs)
        tree.closing += listed
        scheme = tree.scheme.name
        clauses += writer.clauses(tree)
    for other in others:
        clauses += writer.segment(other)
    for passage in passages:
        clauses.append(_clause(writer.spare(), "paragraph", [passage]))
    return Outline(tuple(clauses), (*findings, *writer.displaced), scheme)


def _clause(
    path: ClausePath,
    kind: ClauseKind,
    paragraphs: Sequence[Paragraph],
    headings: Headings = (),
    title: str | None = None,
    marker: str = "",
    text: str | None = None,
) -> Clause:
    """Make a clause of the paragraphs that it is printed in."""
    first = paragraphs[0]
    return Clause(
        path,
        kind,
        spoken(paragraphs) if text is None else text,
        headings,
        title,
        marker,
        first.page,
        first.line,
        enclosing(box for p in paragraphs for box in p.boxes),
        min((p.ocr for p in paragraphs if p.ocr is not None), default=None),
    )


class _Writer:
    """Gives each unit of a document its path, and no path twice."""

    def __init__(self) -> None:
        self.taken: set[ClausePath] = set()
        self.displaced: list[Finding] = []
        self.passages = 0
        self.tables: Counter[Steps] = Counter()

    def spare(self) -> ClausePath:
        """The path of a passage whose place is not known."""
        self.passages += 1
        return ClausePath((Step("passage", self.passages),))

    def segment(self, segment: Segment) -> Iterator[Clause]:
        """The clauses of an annex, or of a further text in the same file."""
        above = (Step(segment.rank, segment.number, segment.branch),)
        headings = (segment.title,) if segment.title else ()
        if segment.title and segment.first:
            path = self._free(ClausePath(above), segment.first)
            yield _clause(path, "section", [segment.first], (), segment.title, "", "")
        if asked := pair_questions(segment.paragraphs):
            yield from self.pairs(*asked, above, headings)
        else:
            body, signed, imprint = without_signature(segment.paragraphs)
            tree = grow(body or segment.paragraphs)
            # Of a further text no head is read: its signature is cited as it stands.
            tree.closing += (*signed, *imprint) if body else ()
            yield from self.clauses(tree, above, headings)

    def clauses(self, tree: Tree, above: Steps = (), headings: Headings = ()) -> Iterator[Clause]:
        """The clauses of one text, in its order."""
        if not tree.roots:
            # A text without any number, such as a news article: each paragraph is a clause.
            yield from self._loose([*tree.opening, *tree.closing], above, headings)
            return
        yield from self.unnumbered("opening", "opening", tree.opening, above, headings)
        running = tree.running
        for root in tree.roots:
            yield from self._unit(root, above, (*headings, *root.headings), tree, running)
        yield from self.unnumbered("closing", "closing", tree.closing, above, headings)

    def unnumbered(
        self,
        rank: str,
        kind: ClauseKind,
        blocks: Sequence[Paragraph | Table],
        above: Steps = (),
        headings: Headings = (),
    ) -> Iterator[Clause]:
        """Clauses of text without a number: one, or one for each of several paragraphs."""
        top = ClausePath((*above, Step(rank)))
        paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
        count = 0
        for block in blocks:
            if isinstance(block, Table):
                yield from self._table(block, above, headings)
                continue
            count += 1
            path = top if len(paragraphs) == 1 else top.child(Step("para", count))
            yield _clause(self._free(path, block), kind, [block], headings)

    def _loose(
        self, blocks: Sequence[Paragraph | Table], above: Steps, headings: Headings
    ) -> Iterator[Clause]:
        count = 0
        for block in blocks:
            if isinstance(block, Table):
                yield from self._table(block, above, headings)
                continue
            count += 1
            path = ClausePath((*above, Step("para", count)))
            yield _clause(self._free(path, block), "paragraph", [block], headings)

    def pairs(
        self,
        opening: Sequence[Paragraph],
        pairs: Sequence[Pair],
        above: Steps = (),
        headings: Headings = (),
    ) -> Iterator[Clause]:
        """Questions, each one clause with its answer."""
        yield from self.unnumbered("opening", "opening", opening, above, headings)
        for pair in pairs:
            path = self._free(ClausePath((*above, Step("qa", pair.number))), pair.question)
            whole = [pair.question, *pair.answer]
            yield _clause(path, "item", whole, (*headings, *pair.headings))

    def _unit(
        self, node: Node, above: Steps, headings: Headings, tree: Tree, running: frozenset[str]
    ) -> Iterator[Clause]:
        path = self._path(node, above, running)
        groups = _paragraphs(node, tree)
        alone = len(groups) <= 1
        own = [b for b in groups[0] if isinstance(b, Paragraph)] if groups and alone else []
        inner = (*headings, node.heading) if node.heading else headings
        whole = [node.first, *own] if own or not groups else [node.first, *_titles(node)]
        clause = _clause(
            path,
            node.label.kind or "item",
            whole,
            inner if node.label.rank == "art" else headings,
            node.title,
            node.label.marker,
            spoken(own),
        )
        yield replace(clause, details=node.details) if node.details else clause
        tables = 0
        for number, group in enumerate(groups, 1):
            within = path if alone else path.child(Step("para", number))
            said = [b for b in group if isinstance(b, Paragraph)]
            if not alone and said and isinstance(group[0], Paragraph):
                yield _clause(within, "paragraph", said, inner)
            for block in group:
                if isinstance(block, Node):
                    yield from self._unit(block, within.steps, inner, tree, running)
                elif isinstance(block, Table):
                    tables += 1
                    yield from self._table(block, path.steps, inner, tables)

    def _table(
        self, table: Table, above: Steps, headings: Headings, number: int = 0
    ) -> Iterator[Clause]:
        """A table, its rows each a clause with the column names above it."""
        if not number:
            self.tables[above] += 1
            number = self.tables[above]
        path = self._free(ClausePath((*above, Step("table", number))), table.rows[0])
        title = table.caption.text if table.caption else None
        inner = (*headings, title) if title else headings
        header = table.columns
        yield _clause(path, "table", table.header or table.rows[:1], headings, title, "", header)
        named = (*inner, header) if header else inner
        for count, row in enumerate(table.body, 1):
            yield _clause(self._free(path.child(Step("row", count)), row), "table", [row], named)

    def _path(self, node: Node, above: Steps, running: frozenset[str]) -> ClausePath:
        """The path of a unit: what runs through the text stands right under its text."""
        label = node.label
        outer = tuple(step for step in above[:1] if step.rank in ("annex", "text"))
        if label.rank in running or above == outer or node.depth < 0:
            above = (*outer, *node.scope)
        path = ClausePath((*above, Step(label.rank, label.number, label.branch)))
        return self._free(path, node.first, label.marker)

    def _free(self, path: ClausePath, first: Paragraph, marker: str = "") -> ClausePath:
        """The path itself; where another clause has it, that of a passage, with a finding."""
        if path in self.taken or not all(
            s.number or s.rank in ("notice", "opening", "closing") for s in path.steps
        ):
            detail = f"编号重复，按文中段落引用：{marker or first.text[:20]}"
            self.displaced.append(Finding("repeat", detail, path, first.page, first.line))
            path = self.spare()
        self.taken.add(path)
        return path


def _titles(node: Node) -> list[Paragraph]:
    """The title line of a unit, as a place on the page."""
    return [b for b in node.blocks[:1] if isinstance(b, Paragraph)]


def _paragraphs(node: Node, tree: Tree) -> list[list[Block]]:
    """Part a unit into its 款 or 段: a paragraph with the units that hang on it.

    Inside a statute's item, further paragraphs go on with the item.
    """
    groups: list[list[Block]] = []
    for block in node.content:
        if isinstance(block, Paragraph) or not groups:
            groups.append([block])
        else:
            groups[-1].append(block)
    if (tree.scheme is not NOTICE and node.label.rank != "art") or node.label.rank == "cell":
        groups = [[block for group in groups for block in group]] if groups else []
    return groups
