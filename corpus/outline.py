"""The outline of a document: its clauses in order, each under its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from corpus.address import ClausePath

__all__ = ["Box", "Clause", "ClauseKind", "Finding", "Outline"]

ClauseKind = Literal[
    "article", "paragraph", "item", "subitem", "section", "table", "opening", "closing"
]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, as fractions (0 to 1) of its width and height from the top left.

    ``page`` counts from 1.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest addressable piece of a document.

    ``text`` holds its own words only, verbatim but for line wraps; what lies beneath it
    is in clauses of their own. ``headings`` are the lines above it, outermost first, the
    clause's own title line last. ``marker`` is the number as the source prints it. ``boxes``
    are the places where it stands, one a page; ``ocr`` is the least confidence of recognition
    of its lines, 0 to 1, None where the source has text. ``details`` are the labelled facts that
    a guide prints with a measure (依据文件, 发文字号, 发布日期), as pairs of label and words.
    """

    path: ClausePath
    kind: ClauseKind
    text: str
    headings: tuple[str, ...] = ()
    title: str | None = None
    marker: str = ""
    page: int | None = None
    line: int | None = None
    boxes: tuple[Box, ...] = ()
    ocr: float | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a source at one place. ``line`` counts from 1."""

    kind: str
    detail: str
    path: ClausePath | None = None
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True)
class Outline:
    """Clauses of one document in document order, with what the audit found."""

    clauses: tuple[Clause, ...]
    findings: tuple[Finding, ...] = ()
    scheme: str = "plain"

    def __getitem__(self, path: ClausePath) -> Clause:
        return self._by_path[path]

    def __contains__(self, path: ClausePath) -> bool:
        return path in self._by_path

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.clauses)

    def under(self, path: ClausePath) -> tuple[Clause, ...]:
        """Return the clause at ``path`` and all beneath it, in document order."""
        return tuple(self._parts.get(path, ()))

    @cached_property
    def _by_path(self) -> dict[ClausePath, Clause]:
        return {clause.path: clause for clause in self.clauses}

    @cached_property
    def _parts(self) -> dict[ClausePath, list[Clause]]:
        """Clauses by each path that they stand at or beneath."""
        parts: dict[ClausePath, list[Clause]] = {}
        for clause in self.clauses:
            steps = clause.path.steps
            for length in range(1, len(steps) + 1):
                parts.setdefault(ClausePath(steps[:length]), []).append(clause)
        return parts

    def text(self, path: ClausePath) -> str:
        """Return the whole text of a clause: its own words, then its parts with their markers."""
        own, *parts = self.under(path)
        lines = [own.text] if own.text else []
        lines += [part.marker + _spoken(part) for part in parts if part.marker or part.text]
        return "\n".join(lines)

    @cached_property
    def articles(self) -> tuple[Clause, ...]:
        """The clauses of kind ``article``."""
        return tuple(clause for clause in self.clauses if clause.kind == "article")


def _spoken(clause: Clause) -> str:
    if clause.title and clause.text:
        return f"{clause.title}\n{clause.text}"
    return clause.text or clause.title or ""
