"""Texts with the words that matter marked, white space aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from markupsafe import Markup, escape

from server.checks import squeeze

__all__ = ["marked", "number", "spelled"]

_BEFORE = 40


def spelled(words: str) -> re.Pattern[str]:
    """Return a pattern for words in which white space may differ.

    >>> bool(spelled("240万元").search("最高 240 万\\n元"))
    True
    """
    return re.compile(r"\s*".join(map(re.escape, squeeze(words))))


def number(figure: str) -> re.Pattern[str]:
    """Return a pattern for a whole number as printed, grouped or not; [3] is a reference.

    >>> bool(number("2000").search("2,000元")), bool(number("20").search("2000元"))
    (True, False)
    """
    return re.compile(r"(?<![\d.\[])" + "[,，]?".join(map(re.escape, figure)) + r"(?!\d|[.,]\d)")


def marked(
    text: str, patterns: Mapping[str, Iterable[re.Pattern[str]]], room: int | None = None
) -> Markup:
    """Escape a text and mark what the patterns find; the key of a pattern names its class.

    With ``room`` a longer text is cut around the first mark, with an ellipsis for what is left out.
    """
    classes = [frozenset[str]()] * len(text)
    for name, found in patterns.items():
        for match in (m for pattern in found for m in pattern.finditer(text)):
            for place in range(*match.span()):
                classes[place] |= {name}
    start, end = _window(classes, room)
    parts = [Markup("…")] if start else []
    for names, places in groupby(range(start, end), classes.__getitem__):
        row = list(places)
        words = escape(text[row[0] : row[-1] + 1])
        parts.append(
            Markup('<mark class="{}">{}</mark>').format(" ".join(sorted(names)), words)
            if names
            else words
        )
    return Markup("").join([*parts, Markup("…")] if end < len(text) else parts)


def _window(classes: list[frozenset[str]], room: int | None) -> tuple[int, int]:
    length = len(classes)
    if room is None or length <= room:
        return 0, length
    first = next((place for place, names in enumerate(classes) if names), 0)
    start = max(0, min(first - _BEFORE, length - room))
    return start, start + room
