"""Intervals of one run and significance between two, on the same questions.

Questions are the sample: an interval says what other questions of the same kind might give.
Bootstrap percentiles after Efron and Tibshirani, *An Introduction to the Bootstrap* (1993);
differences by the exact McNemar test where a measure is yes or no, else by random flips of sign
(Smucker, Allan and Carterette, CIKM 2007). Everything is seeded: a run repeats to the digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest, permutation_test

__all__ = ["Difference", "Interval", "holm", "interval", "paired"]

_RESAMPLES = 2000
_FLIPS = 4999
_LEVEL = 0.95
_SEED = 20261124


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over ``n`` questions with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of the later run minus mean of the earlier, with its interval and p (two-sided)."""

    value: float
    low: float
    high: float
    p: float
    n: int


def interval(values: Sequence[float]) -> Interval:
    """Return the mean of one value a question with its interval; zero width for no values."""
    if not values:
        return Interval(0.0, 0.0, 0.0, 0)
    low, high = _percentiles(np.asarray(values, np.float64))
    return Interval(_short(float(np.mean(values))), low, high, len(values))


def paired(before: Sequence[float], after: Sequence[float]) -> Difference:
    """Compare two runs over the same questions, in the same order."""
    first, second = np.asarray(before, np.float64), np.asarray(after, np.float64)
    change = second - first
    if not len(change):
        return Difference(0.0, 0.0, 0.0, 1.0, 0)
    low, high = _percentiles(change)
    return Difference(_short(change.mean()), low, high, _p_value(change), len(change))


def holm(p_values: Sequence[float]) -> list[float]:
    """Correct p values for being several (Holm, 1979); the order is kept."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    corrected = [0.0] * len(p_values)
    highest = 0.0
    for place, i in enumerate(order):
        highest = max(highest, min(1.0, p_values[i] * (len(p_values) - place)))
        corrected[i] = highest
    return corrected


def _percentiles(values: NDArray[np.float64]) -> tuple[float, float]:
    means = _draws(len(values)) @ values / len(values)
    low, high = np.quantile(means, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return _short(low), _short(high)


@lru_cache(maxsize=8)
def _draws(count: int) -> NDArray[np.int64]:
    """How often each of some questions is drawn: a row a resample, shape (resamples, questions).

    The measures of a run are mostly over the same number of questions.
    """
    generator = np.random.default_rng(_SEED)
    return generator.multinomial(count, np.full(count, 1 / count), _RESAMPLES)


def _p_value(change: NDArray[np.float64]) -> float:
    moved = change[change != 0]
    if not len(moved):
        return 1.0
    if set(np.abs(moved).tolist()) == {1.0}:
        return _short(binomtest(int((moved > 0).sum()), len(moved)).pvalue, 6)
    test = permutation_test(
        (change,), np.mean, permutation_type="samples", n_resamples=_FLIPS,
        rng=np.random.default_rng(_SEED),
    )  # fmt: skip
    return _short(test.pvalue, 6)


def _short(value: float | np.float64, digits: int = 4) -> float:
    return round(float(value), digits)
