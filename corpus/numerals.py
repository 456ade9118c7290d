"""Chinese numerals and full-width digits, read and written."""

from __future__ import annotations

import re

__all__ = ["NUMERAL", "read_numeral", "write_numeral"]

_DIGITS = "零一二三四五六七八九"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}

#: A run of Chinese or Arabic (half- or full-width) digits, as a regex fragment.
#: Nothing is numbered with more of them; int() refuses what has thousands.
NUMERAL = r"(?:[零〇一二两三四五六七八九十百千]{1,12}|[0-9０-９]{1,12})"


def read_numeral(text: str) -> int:
    """Read 三十九, 一百二十, 二〇二五, 39, ３９ or ① as a number; raise ValueError otherwise.

    >>> read_numeral("一千零一"), read_numeral("十二"), read_numeral("１９")
    (1001, 12, 19)
    """
    # Digits of whatever script: what a document writes is found by \d too.
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    if not re.fullmatch(r"[零〇一二两三四五六七八九十百千]+", text):
        raise ValueError(f"not a numeral: {text!r}")
    if not any(unit in text for unit in _UNITS):
        return int("".join(str(_VALUES[digit]) for digit in text))
    total, digit = 0, None
    for character in text:
        if character in _UNITS:
            total += (1 if digit in (None, 0) else digit) * _UNITS[character]
            digit = None
        else:
            digit = _VALUES[character]
    return total + (digit or 0)


def write_numeral(number: int) -> str:
    """Write a number from 1 to 9,999 as an article number is written.

    >>> write_numeral(10), write_numeral(39), write_numeral(1001), write_numeral(110)
    ('十', '三十九', '一千零一', '一百一十')
    """
    if not 0 < number < 10_000:
        raise ValueError(f"out of range: {number}")
    written, zero_pending = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if not digit:
            zero_pending = bool(written)
            continue
        written += ("零" if zero_pending else "") + _DIGITS[digit] + unit
        zero_pending = False
    return written.removeprefix("一") if 10 <= number < 20 else written
