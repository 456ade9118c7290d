"""What a question says of things of one class, where it names several."""

from __future__ import annotations

import re

from indexer.entitlements import Entitlement
from server.sums.facets import facets_of
from server.sums.likeness import event_text

__all__ = ["names_other_classes", "of_no_other_class", "said_of_class"]


def said_of_class(row: Entitlement, question: str) -> str:
    """The parts of a question that name the class a measure is of: 那个三类走了优先审批."""
    own = facets_of(event_text(row)).get("class")
    parts = re.split(r"[，,。；;]", question)
    return " ".join(part for part in parts if own and facets_of(part).get("class") == own)


def names_other_classes(row: Entitlement, question: str) -> bool:
    """Whether a question names the class that a measure is of, and others."""
    own = facets_of(event_text(row)).get("class")
    return bool(own) and len(facets_of(question).get("class", ())) > 1


def of_no_other_class(row: Entitlement, text: str) -> str:
    """A text without the parts that name another class only than a measure is of."""
    own = facets_of(event_text(row)).get("class", frozenset())
    parts = re.split(r"[，,。；;]", text)
    kept = [p for p in parts if facets_of(p).get("class", own) & own or not own]
    return "，".join(kept)
