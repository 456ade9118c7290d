"""Join what the finders found into one score: pure functions over numbers.

A weighted sum, not reciprocal ranks: on short legal clauses the size of a cosine tells more than
its rank. The weights were set by hand on the development questions in eval/gold/; what each
signal adds is measured in retriever/README.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

__all__ = ["Weights", "fuse"]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal adds to the cosine, which counts as it is."""

    lexical: float = 0.10
    coverage: float = 0.15
    named: float = 1.0
    area: float = 0.03
    heading: float = 0.03
    informational: float = -0.03

    def without(self, names: Collection[str]) -> Weights:
        """Return weights in which the signals of these names count nothing."""
        own = {field.name for field in fields(self)}
        return replace(self, **dict.fromkeys(own & set(names), 0.0))

    @property
    def most(self) -> float:
        """The highest score there can be: a cosine of 1 and every other signal at 1."""
        return 1 + self.lexical + self.coverage + self.named + self.area + self.heading


def fuse(signals: Mapping[str, float], weights: Weights) -> float:
    """Return the score of a passage from its signals; one that is missing counts nothing."""
    score = signals.get("dense", 0.0)
    for name in ("lexical", "coverage", "named", "area", "heading", "informational"):
        score += getattr(weights, name) * signals.get(name, 0.0)
    return score
