"""How two documents stand to one another: versions, two of one level, two levels, news and text."""

from __future__ import annotations

from datetime import date
from typing import Literal

from corpus.document import Document
from retriever.limits import is_above

__all__ = ["Relation", "holds", "relation_of"]

#: ``version``: of one place, one of them in force; ``same``: of one place, both; ``levels``: one
#: place is above the other; ``news``: one is no policy text.
Relation = Literal["version", "same", "levels", "news"]


def holds(document: Document, day: date) -> bool:
    """Whether a document can be relied on: a policy text that is not known to be out of force."""
    known = document.validity(day).status in ("in_force", "unknown")
    return document.authority == "normative" and known


def relation_of(left: Document, right: Document, day: date) -> Relation | None:
    """How two documents stand to one another on a day; None for those of unrelated places.

    What another city grants is neither a contradiction nor of use.
    """
    if "normative" not in (left.authority, right.authority):
        return None
    apart = left.area != right.area
    near = not apart or _is_above(left, right) or _is_above(right, left)
    if left.authority != right.authority:
        return "news" if near or None in (left.area, right.area) else None
    held = [holds(document, day) for document in (left, right)]
    if not near or not any(held):
        return None
    if apart:
        return "levels" if all(held) else None
    return "same" if all(held) else "version"


def _is_above(higher: Document, lower: Document) -> bool:
    return bool(higher.area and lower.area and is_above(higher.area, lower.area))
