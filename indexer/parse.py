"""A tree of numbered units to an outline: every clause under its address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.address import ClausePath, Step
from corpus.numbering import NOTICE
from corpus.outline import Clause, ClauseKind, Finding, Outline
from indexer.clean import Paragraph
from indexer.tree import Node, Tree, grow

__all__ = ["parse"]


def parse(
    paragraphs: Sequence[Paragraph],
    notice: Sequence[Paragraph] = (),
    passages: Sequence[Paragraph] = (),
    findings: Sequence[Finding] = (),
) -> Outline:
    """Parse the body of a document.

    ``notice`` is the covering notice's own text; ``passages`` are texts of the body whose
    place is not known.
    """
    tree = grow(paragraphs)
    writer = _Writer(tree)
    clauses = [*_unnumbered("notice", "opening", notice), *writer.clauses()]
    spare = len(writer.displaced)
    for number, passage in enumerate(passages, spare + 1):
        path = ClausePath((Step("passage", number),))
        clauses.append(_clause(path, "paragraph", passage))
    return Outline(tuple(clauses), (*findings, *writer.displaced), tree.scheme.name)


def _clause(
    path: ClausePath, kind: ClauseKind, paragraph: Paragraph, headings: tuple[str, ...] = ()
) -> Clause:
    return Clause(path, kind, paragraph.text, headings, page=paragraph.page, line=paragraph.line)


def _unnumbered(rank: str, kind: ClauseKind, paragraphs: Sequence[Paragraph]) -> list[Clause]:
    """Clauses of text without a number: one, or one for each of several paragraphs."""
    top = ClausePath((Step(rank),))
    if len(paragraphs) == 1:
        return [_clause(top, kind, paragraphs[0])]
    return [
        _clause(top.child(Step("para", number)), kind, paragraph)
        for number, paragraph in enumerate(paragraphs, 1)
    ]


class _Writer:
    """Gives each unit of a tree its path, and no path twice."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.taken: set[ClausePath] = set()
        self.displaced: list[Finding] = []

    def clauses(self) -> Iterator[Clause]:
        if not self.tree.roots:
            # A text without any number, such as a news article: each paragraph is a clause.
            for number, paragraph in enumerate(self.tree.opening, 1):
                yield _clause(ClausePath((Step("para", number),)), "paragraph", paragraph)
            return
        yield from _unnumbered("opening", "opening", self.tree.opening)
        for root in self.tree.roots:
            yield from self._unit(root, (), root.headings)
        yield from _unnumbered("closing", "closing", self.tree.closing)

    def _unit(
        self, node: Node, above: tuple[Step, ...], headings: tuple[str, ...]
    ) -> Iterator[Clause]:
        path = self._path(node, above)
        groups = _paragraphs(node, self.tree)
        alone = len(groups) <= 1
        own = [b for b in groups[0] if isinstance(b, Paragraph)] if groups and alone else []
        inner = (*headings, node.heading) if node.heading else headings
        yield Clause(
            path,
            node.label.kind or "item",
            "\n".join(p.text for p in own),
            inner if node.label.rank == "art" else headings,
            node.title,
            node.label.marker,
            node.first.page,
            node.first.line,
        )
        for number, group in enumerate(groups, 1):
            within = path if alone else path.child(Step("para", number))
            lead = group[0]
            if not alone and isinstance(lead, Paragraph):
                text = "\n".join(b.text for b in group if isinstance(b, Paragraph))
                yield _clause(within, "paragraph", Paragraph(text, lead.line, lead.page), inner)
            for block in group:
                if isinstance(block, Node):
                    yield from self._unit(block, within.steps, inner)

    def _path(self, node: Node, above: tuple[Step, ...]) -> ClausePath:
        label = node.label
        if label.rank in self.tree.running or not above:
            above = (Step("annex", node.annex),) if node.annex else ()
        path = ClausePath((*above, Step(label.rank, label.number, label.branch)))
        if path in self.taken or not label.number:
            detail = f"编号重复，按文中段落引用：{label.marker}"
            self.displaced.append(Finding("repeat", detail, path, node.first.page, node.first.line))
            path = ClausePath((Step("passage", len(self.displaced)),))
        self.taken.add(path)
        return path


def _paragraphs(node: Node, tree: Tree) -> list[list[Paragraph | Node]]:
    """Part a unit into its 款 or 段: a paragraph with the units that hang on it.

    Inside a statute's item, further paragraphs go on with the item.
    """
    groups: list[list[Paragraph | Node]] = []
    for block in node.content:
        if isinstance(block, Node):
            groups = groups or [[]]
            groups[-1].append(block)
        else:
            groups.append([block])
    if tree.scheme is not NOTICE and node.label.rank != "art":
        groups = [[block for group in groups for block in group]] if groups else []
    return groups
