"""How alike words of a question and words of a measure are, weighted by rarity in the corpus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Span
from indexer.lexical import terms
from retriever.retriever import Retriever

__all__ = ["Likeness", "event_text", "is_named_in", "own_pieces", "own_words", "row_text"]

_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_FIGURE = re.compile(r"[\d.,]+\s*(?:个|百|千)?[万亿]?\s*(?:元|%|平方米|㎡)?")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Compares short texts over the terms of an index."""

    retriever: Retriever

    def share(self, part: str, whole: str) -> float:
        """The share of one text's terms that another one holds, by weight."""
        found = _wordy_terms(part)
        return self.retriever.coverage(found, whole) if found else 0.0

    def own(self, row: Entitlement, sisters: Sequence[Entitlement], whole: str) -> float:
        """The share of the terms that a measure has and its sisters have not, held by a text."""
        beside = [other for other in sisters if other is not row]
        others = {t for other in beside for t in _row_terms(row_text(other))}
        if row.subject and any(other.subject is None for other in beside):
            # A sentence that names nobody goes on with those of the one before.
            others |= set(_row_terms(row.subject.text))
        distinct = [t for t in _row_terms(row_text(row)) if t not in others]
        return self.retriever.coverage(distinct, whole) if distinct else 0.0

    def told(self, row: Entitlement, sisters: Sequence[Entitlement], words: str) -> float | None:
        """The share of what words say of some measures of a clause and not of all that is said of
        this one; None where they choose none: 新药 where one of two purchases is of a 新药.
        """
        # What stands in brackets only explains: whoever is in it is not what a measure is for.
        own = {id(r): _BRACKETS.sub("", row_text(r)) for r in [row, *sisters]}
        of = {key: set(_row_terms(text)) for key, text in own.items()}
        every, some = set.intersection(*of.values()), set.union(*of.values())
        telling = [term for term in _wordy_terms(words) if term in some and term not in every]
        return self.retriever.coverage(telling, own[id(row)]) if telling else None

    def mutual(self, left: str, right: str) -> float:
        """The harmonic mean of both shares."""
        there, back = self.share(left, right), self.share(right, left)
        return 2 * there * back / (there + back) if there + back else 0.0


def event_text(row: Entitlement) -> str:
    """The occasion of a measure, and what it is called, in one string."""
    return " ".join(span.text for span in [*row.event, row.name] if span)


def own_pieces(row: Entitlement, rows: Sequence[Entitlement]) -> tuple[Span, ...]:
    """The pieces of an occasion that tell a measure from the others; none where none do."""
    shared = set.intersection(*({span.text for span in other.event} for other in rows))
    return tuple(span for span in row.event if span.text not in shared)


def own_words(row: Entitlement, rows: Sequence[Entitlement]) -> str:
    """What tells a measure from the others in one string, else its whole occasion."""
    return "".join(span.text for span in own_pieces(row, rows)) or event_text(row)


def row_text(row: Entitlement) -> str:
    """What a measure is about: occasion, base, recipient, form."""
    spans = [*row.event, row.base, row.subject, row.each, row.name or row.form]
    return " ".join(span.text for span in spans if span)


@lru_cache(maxsize=2048)
def _row_terms(text: str) -> tuple[str, ...]:
    return tuple(terms(text))


@lru_cache(maxsize=2048)
def _wordy_terms(text: str) -> tuple[str, ...]:
    """The terms of a text without its figures: 1200万元 is no likeness."""
    return tuple(terms(_FIGURE.sub(" ", text)))


def is_named_in(name: str, text: str, share: float) -> bool:
    """Whether a text holds at least a share of the pairs of characters of a name.

    >>> is_named_in("绿色工厂", "省里的绿色厂子", 0.6), is_named_in("绿色工厂", "评上绿色工厂", 0.6)
    (False, True)
    """
    pairs = [name[at : at + 2] for at in range(len(name) - 1)]
    return bool(pairs) and sum(pair in text for pair in pairs) >= share * len(pairs)
