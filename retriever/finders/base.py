"""What a finder does: score passages by one kind of evidence."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from corpus.address import Address
from retriever.query import Query, Understanding

__all__ = ["Finder"]


class Finder(Protocol):
    """Find candidate passages; higher scores are better, on a scale of the finder's own."""

    name: str

    def find(
        self, query: Query, understanding: Understanding, within: Collection[str] | None
    ) -> dict[Address, float]: ...
