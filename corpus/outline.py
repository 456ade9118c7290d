"""The outline of a document: its clauses in order, each under its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from corpus.address import ClausePath

__all__ = ["Clause", "ClauseKind", "Finding", "Outline"]

ClauseKind = Literal[
    "article", "paragraph", "item", "subitem", "section", "table", "opening", "closing"
]


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest addressable piece of a document.

    ``text`` holds its own words only, verbatim but for line wraps; what lies beneath it
    is in clauses of their own. ``headings`` are the lines above it, outermost first, the
    clause's own title line last. ``marker`` is the number as the source prints it.
    """

    path: ClausePath
    kind: ClauseKind
    text: str
    headings: tuple[str, ...] = ()
    title: str | None = None
    marker: str = ""
    page: int | None = None
    line: int | None = None


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
    _by_path: dict[ClausePath, Clause] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_path", {clause.path: clause for clause in self.clauses})

    def __getitem__(self, path: ClausePath) -> Clause:
        return self._by_path[path]

    def __contains__(self, path: ClausePath) -> bool:
        return path in self._by_path

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.clauses)

    def under(self, path: ClausePath) -> tuple[Clause, ...]:
        """Return the clause at ``path`` and all beneath it, in document order."""
        return tuple(clause for clause in self.clauses if path.contains(clause.path))

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
