"""One reference of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.address import Address, ClausePath
from server.checking.naming import Named

__all__ = ["Kind", "Place", "Problem"]

Kind = Literal["clause", "document", "marker"]
Problem = Literal["no_such_clause", "not_in_corpus", "unsure"]


@dataclass(frozen=True, slots=True)
class Place:
    """A reference: its place in the text, the document and the clause that it means.

    ``problem`` says why there is no clause to check against, ``reason`` in words. ``remarks`` are
    doubts that keep nothing from being checked. ``listed`` is its line in a list of references.
    """

    start: int
    end: int
    words: str
    kind: Kind
    named: Named | None = None
    document: str | None = None
    path: ClausePath | None = None
    problem: Problem | None = None
    reason: str = ""
    remarks: tuple[str, ...] = ()
    listed: int | None = None
    page: int | None = None

    @property
    def address(self) -> Address | None:
        """The clause that is meant, if there is one."""
        return Address(self.document, self.path) if self.document and self.path else None
