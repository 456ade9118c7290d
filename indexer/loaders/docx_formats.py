"""The number formats of Word's lists, as a table: a number in, what is printed out."""

from __future__ import annotations

from collections.abc import Callable

from corpus.numerals import write_numeral

__all__ = ["FORMATS", "print_number"]

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
#: Word repeats a letter for each further round of the alphabet, thirty times at most.
_MOST_LETTERS = 26 * 30


def _counted(number: int) -> str:
    """十, 一百零一, as the numbers of articles are written."""
    if number == 0:
        return "零"
    return write_numeral(number) if 0 < number < 10_000 else str(number)


def _legal(number: int) -> str:
    # 拾 is written 壹拾 where figures must not be altered.
    counted = _counted(number)
    return ("一" + counted if counted.startswith("十") else counted).translate(_LEGAL)


def _letters(number: int) -> str:
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for size, letters in _ROMAN:
        written += letters * (number // size)
        number %= size
    return written


def _from(characters: str) -> Callable[[int], str]:
    """Characters that stand for 1, 2, 3…; beyond them the number itself."""
    return lambda n: characters[n - 1] if 0 < n <= len(characters) else str(n)


def _run(first: str, count: int) -> str:
    return "".join(chr(ord(first) + step) for step in range(count))


_CIRCLED = _run("①", 20)

#: By the name that ``w:numFmt`` carries.
FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _from(_CIRCLED),
    "decimalEnclosedCircleChinese": _from(_CIRCLED),
    "decimalEnclosedParen": _from(_run("⑴", 20)),
    "decimalEnclosedFullstop": _from(_run("⒈", 20)),
    "numberInDash": lambda n: f"- {n} -",
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": lambda n: _counted(n).translate(_LEGAL_TRADITIONAL),
    "ideographDigital": lambda n: str(n).translate(_DIGITS),
    "japaneseDigitalTenThousand": lambda n: str(n).translate(_DIGITS),
    "taiwaneseDigital": lambda n: str(n).translate(_DIGITS),
    "ideographTraditional": _from("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _from("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _from(_run("㊀", 10)),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "none": lambda n: "",
}  # fmt: skip


def print_number(number: int, number_format: str) -> str:
    """Print a number as a list does; an unknown format prints digits, as Word does.

    >>> print_number(21, "chineseCounting"), print_number(3, "decimalEnclosedCircle")
    ('二十一', '③')
    """
    return FORMATS.get(number_format, str)(number)
