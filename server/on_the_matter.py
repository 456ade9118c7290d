"""Sentences of the clauses on the matter, each with how much it is on what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retriever.query import Hit
from server.wanted import has_figure

__all__ = ["Sentence", "is_heading", "lead_of", "score"]

#: A run-in heading (促进中药守正创新。) is no longer, and states nothing itself.
_HEADING = 24


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause that was found."""

    hit: Hit
    text: str
    score: float


def is_heading(piece: str) -> bool:
    """Whether a sentence is a run-in heading.

    >>> is_heading("促进中药守正创新。"), is_heading("重度失智老年人每月补贴300元。")
    (True, False)
    """
    return len(piece) <= _HEADING and "，" not in piece and not has_figure(piece)


def score(sentence: Sentence) -> float:
    """How much a sentence is on what is asked."""
    return sentence.score


def lead_of(entry: Sentence, near: Sequence[Sentence]) -> Sentence | None:
    """The lead of the list that a sentence is an entry of, where it is among some sentences."""
    lead = entry.hit.passage.context[-1:]
    leads = (s for s in near if s.text.rstrip().endswith(("：", ":")))
    return next((s for s in leads if lead and s.text.strip() in lead[0]), None)
