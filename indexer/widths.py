"""How wide text is in print, in columns."""

from __future__ import annotations

import unicodedata

__all__ = ["display_width"]


class _Columns(dict[str, int]):
    """The columns of each character seen: two for a wide one, one for the others."""

    def __missing__(self, char: str) -> int:
        self[char] = columns = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        return columns


_COLUMNS = _Columns()


def display_width(text: str) -> int:
    """Return the width in columns.

    >>> display_width("第1条")
    5
    """
    return sum(map(_COLUMNS.__getitem__, text))
