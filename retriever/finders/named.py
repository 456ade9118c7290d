"""The clauses that a question names by number."""

from __future__ import annotations

from collections.abc import Collection

from corpus.address import Address
from retriever.query import Query, Understanding

__all__ = ["NamedFinder"]


class NamedFinder:
    """Fetch named clauses; one with parts is found as a whole."""

    name = "named"

    def find(
        self, query: Query, understanding: Understanding, within: Collection[str] | None
    ) -> dict[Address, float]:
        return {
            address: 1.0
            for address in understanding.addresses
            if within is None or address.document in within
        }
