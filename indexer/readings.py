"""What a source is read as; by itself, so that an open index needs nothing that reads sources."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Document
from corpus.outline import Outline

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read: metadata, clauses, and the remarks of its catalogue entry."""

    document: Document
    outline: Outline
    remarks: str | None = None
