"""What a finder does: score passages by one kind of evidence."""

from __future__ import annotations

from typing import Protocol

from indexer.vectors import Found, Mask
from retriever.query import Query, Understanding

__all__ = ["Finder"]


class Finder(Protocol):
    """Find candidate passages; higher scores are better, on a scale of the finder's own.

    Rows come in their own order: what finders find is joined, not read. ``within`` says for each document whether it is searched; None for all.
    """

    name: str

    def find(self, query: Query, understanding: Understanding, within: Mask | None) -> Found: ...
