"""Join what speaks for a candidate into one score: a weighted sum, its weights learned.

A weighted sum, not reciprocal ranks: on short legal clauses the size of a cosine tells more than
its rank. The weights lie in ranking.json, made by ``python -m eval.training.ranking``: they make the
expected clauses of the development questions likelier than the other candidates (a listwise softmax
loss; Cao et al., 2007). They are scaled so that the cosines together weigh 0.8, which keeps the
margins of those who choose among hits.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["WEIGHTS_FILE", "Weights", "bundled_weights", "fuse", "highest"]

WEIGHTS_FILE = Path(__file__).parent / "ranking.json"

#: How much each signal counts, by name.
Weights = Mapping[str, float]


def fuse(
    signals: Mapping[str, NDArray[np.float64]],
    weights: Weights,
    without: Collection[str] = (),
) -> NDArray[np.float64]:
    """Return the scores of candidates from their signals; one that is missing counts nothing."""
    parts = [
        weight * signals[name]
        for name, weight in weights.items()
        if name in signals and name not in without
    ]
    return np.asarray(sum(parts, np.zeros(1)), np.float64)


def highest(weights: Weights) -> float:
    """Return the highest score there can be: every signal at 1 that speaks for a candidate."""
    return sum(weight for weight in weights.values() if weight > 0)


@lru_cache(maxsize=1)
def bundled_weights() -> Weights:
    """Read the weights that the product ships with."""
    weights: Weights = json.loads(WEIGHTS_FILE.read_text("utf-8"))["weights"]
    return weights
