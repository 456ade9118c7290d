"""What a measure yields: figures, and every difference that lies behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from server.checks import squeeze

__all__ = ["Difference", "Figure", "Progress", "Result", "share", "unlike"]

Figure = float | int | None
#: Told how many of how many are done.
Progress = Callable[[int, int], None]

_BEFORE, _SHOWN = 8, 40


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing read otherwise than expected. ``place`` is a label or an address in ``file``."""

    file: str
    place: str
    measure: str
    expected: str | int | None
    found: str | int | None


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one measure; ``rows`` hold what is for a person to look at."""

    figures: Mapping[str, Figure]
    differences: tuple[Difference, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = field(default=())


def share(part: int, whole: int) -> Figure:
    """Return a share, or None where there is nothing to share."""
    return round(part / whole, 5) if whole else None


def unlike(expected: str, found: str) -> tuple[str, str] | None:
    """Return where two texts first part, white space aside, with some of what follows.

    >>> unlike("甲 乙丙", "甲乙丁")
    ('甲乙丙', '甲乙丁')
    """
    left, right = squeeze(expected), squeeze(found)
    if left == right:
        return None
    pairs = zip(left, right, strict=False)
    at = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))
    start = max(0, at - _BEFORE)
    return left[start : at + _SHOWN], right[start : at + _SHOWN]
