"""Days as official texts write them: 2024年12月4日, 二〇二四年十二月四日, 2024-12-04."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus.numerals import read_numeral

__all__ = ["DAY", "days_in", "first_day", "is_day"]

_ZEROS = "〇○零Ｏ"
#: A day in a text, as a regex fragment without groups.
DAY = (
    r"(?:(?:19|20)\d{2}\s*+年\s*+\d{1,2}\s*+月\s*+\d{1,2}\s*+日"
    rf"|[一二][九{_ZEROS}][{_ZEROS}一二三四五六七八九]{{2}}\s*+年\s*+[一二三四五六七八九十]{{1,2}}\s*+月"
    r"\s*+[一二三四五六七八九十]{1,3}\s*+日)"
)
_DAY = re.compile(DAY)
_ISO = re.compile(r"(?P<y>(?:19|20)\d{2})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})(?!\d)")
_PARTS = re.compile(r"([^年\s]+)\s*年\s*([^月\s]+)\s*月\s*([^日\s]+)\s*日")


def days_in(text: str, iso: bool = False) -> Iterator[tuple[date, int, int]]:
    """Yield the days named in a text with their span; with ``iso``, 2024-12-04 as well.

    >>> [str(day) for day, *_ in days_in("二〇二四年十二月四日印发")]
    ['2024-12-04']
    """
    for match in _DAY.finditer(text):
        year, month, day = _PARTS.fullmatch(match[0]).groups()  # type: ignore[union-attr]
        if found := _date(_number(year), _number(month), _number(day)):
            yield found, match.start(), match.end()
    if iso:
        for match in _ISO.finditer(text):
            if found := _date(int(match["y"]), int(match["m"]), int(match["d"])):
                yield found, match.start(), match.end()


def first_day(text: str, iso: bool = False) -> date | None:
    """Return the first day that a text names."""
    return next((day for day, *_ in days_in(text, iso)), None)


def is_day(text: str) -> bool:
    """Whether a text is a day and nothing else."""
    return bool(_DAY.fullmatch(text.strip()))


def _number(digits: str) -> int:
    return read_numeral(re.sub(f"[{_ZEROS}]", "〇", digits))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
