"""发文字号: 渝府办发〔2025〕56号, 国务院令第746号, 商服贸函2026年第322号."""

from __future__ import annotations

import re

from corpus.numerals import NUMERAL, read_numeral
from indexer.dates import DAY

__all__ = [
    "DOC_NUMBER",
    "NAMED_NUMBERS",
    "YEAR_NUMBER",
    "is_number_line",
    "normal_number",
    "notice_number",
    "order_issuer",
    "order_number",
]

_BRACKETS = ("[〔\\[［【(（﹝〖]", "[〕\\]］】)）﹞〗]")
#: A 文号 without its issuer, whose first character running text does not show.
YEAR_NUMBER = re.compile(
    rf"{_BRACKETS[0]}\s*+(?:19|20)\d{{2}}\s*+{_BRACKETS[1]}\s*+第?\s*+\d{{1,5}}\s*+号"
)
DOC_NUMBER = re.compile(
    rf"(?P<issuer>[\u4e00-\u9fff]{{1,14}}?)\s*+{_BRACKETS[0]}\s*+(?P<year>(?:19|20)\d{{2}})\s*+"
    rf"{_BRACKETS[1]}\s*+第?\s*+(?P<number>\d{{1,5}})\s*+号"
)
#: 商服贸函2026年第322号; refuses 2026年第322号 without letters of an issuer.
_YEARLY = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{2,12}?)\s*+(?P<year>(?:19|20)\d{2})\s*+年\s*+第\s*+(?P<number>\d{1,5})\s*+号"
)
# Takes 国务院令第746号, 中华人民共和国民政部令（第83号）, 市人民政府令 第 12 号.
_ORDER = re.compile(
    rf"(?P<issuer>(?:(?![年月日号第]|关于)[\u4e00-\u9fff]){{2,20}}?(?:令|公告))\s*+[（(]?\s*+(?:(?P<year>(?:19|20)\d{{2}})\s*+年?)?\s*+"
    rf"第\s*+(?P<number>{NUMERAL})\s*+号\s*+[）)]?"
)
#: 2024年第3号 alone, under the title of a public notice.
_BARE = re.compile(r"(?P<year>(?:19|20)\d{2})\s*+年\s*+第\s*+(?P<number>\d{1,5})\s*+号")
#: The day behind it: 某政规〔2022〕41号 2022年8月15日发布.
_ISSUED = re.compile(rf"(?<=号)[\s，,]*+{DAY}\s*+(?:发布|印发|公布|颁布)?$")
_STATE = "中华人民共和国"
#: A 文号 in running text, the commonest shape first; each with ``issuer`` and ``number``.
NAMED_NUMBERS = (DOC_NUMBER, _YEARLY, _ORDER)


def normal_number(text: str) -> str | None:
    """Write a 文号 in its standard form, or None where the text holds none.

    >>> normal_number("渝高新发[2024] 31 号")
    '渝高新发〔2024〕31号'
    """
    if match := DOC_NUMBER.search(text):
        return f"{match['issuer']}〔{match['year']}〕{match['number']}号"
    if match := _YEARLY.search(text):
        return f"{match['issuer']}{match['year']}年第{match['number']}号"
    return order_number(text)


def order_number(text: str) -> str | None:
    """Write the number of an order or a public notice (国务院令第746号), or None.

    >>> order_number("中华人民共和国民政部令（第83号）")
    '民政部令第83号'
    """
    match = _ORDER.search(text)
    if match is None:
        return None
    issuer = match["issuer"].removeprefix(_STATE)
    # 主席令 is the President's order; an issuer of one character is cut out of running text.
    if len(issuer) < 3:
        return None
    year = f"{match['year']}年" if match["year"] else ""
    return f"{issuer}{year}第{read_numeral(match['number'])}号"


def order_issuer(number: str | None) -> str | None:
    """Return who gave an order, from its number in standard form.

    >>> order_issuer("国务院令第746号")
    '国务院'
    """
    match = re.fullmatch(r"(\S{2,20}?)(?:令|公告)(?:\d{4}年第|〔\d{4}〕|第)\d+号", number or "")
    return match[1] if match else None


def notice_number(title: str, line: str) -> str | None:
    """Write the number of a public notice whose line leaves out the issuer (2024年第3号).

    >>> notice_number("国家税务总局云峡市税务局关于核定征收的公告", "2024年第3号")
    '国家税务总局云峡市税务局公告2024年第3号'
    """
    number, issuer = _BARE.fullmatch(line.strip("（）() 　")), title.partition("关于")[0]
    kind = re.search(r"(公告|通告)$", title)
    if not (number and issuer and kind):
        return None
    return f"{''.join(issuer.split())}{kind[1]}{number['year']}年第{number['number']}号"


def is_number_line(text: str) -> bool:
    """Whether a line is a 文号 and nothing else, brackets and a day of issue aside."""
    bare = _ISSUED.sub("", text.strip("（）() 　"))
    shapes = (DOC_NUMBER, _YEARLY, _ORDER, _BARE)
    return any(shape.fullmatch(bare) for shape in shapes)
