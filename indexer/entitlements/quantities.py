"""Figures with their units, exact: 200 万元, 1.2亿元, 300元/㎡, 40%—100%, 百分之五, 3个年度."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.numerals import read_numeral

__all__ = ["MONEY", "Measured", "find_quantities", "read_number"]

#: The unit of money that all amounts are given in.
MONEY = "元"
_SCALE = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1_000), "百": Decimal(100),
          "万万": Decimal(100_000_000), "百万": Decimal(1_000_000), "千万": Decimal(10_000_000),
          "十万": Decimal(100_000), "": Decimal(1)}  # fmt: skip
#: One unit, one spelling.
_SAME = {
    "㎡": "平方米", "平米": "平方米", "平方": "平方米", "平": "平方米", "m2": "平方米", "M2": "平方米",
    "％": "%", "个百分点": "%", "块": "元", "块钱": "元", "人民币": "元", "天": "日", "个年度": "年", "年度": "年",
    "立方": "立方米", "m3": "立方米", "M3": "立方米", "m³": "立方米", "个月": "月", "名": "人", "位": "人", "户": "户", "个人": "人", "夜": "晚",
}  # fmt: skip
# Possessive, and one blank between: a run of digits can be read in one way only.
_DIGITS = r"\d++(?:\s\d++)*(?:[,，]\s?\d{3}(?!\d))*(?:\s?\.\s?\d+)?"
#: No figure has more digits; what has is none, and could not be worked with exactly.
_LONGEST = 18
_CHINESE = r"[零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+"
_UNIT = r"个百分点|[%％‰]|元|人民币|块钱?|平方米|平米|平方|㎡|[mM]2|立方米?|[mM][3³]|公里|千瓦时|千瓦|兆瓦|个月|个年度|年度|年|月|天|日|人次|[晚夜](?![上会间期宴餐饭报场市校班总景色游])|架次|航次|标箱|个人(?!工(?!作|资|龄|伤))|人(?!民币)|名|位|户|家|个|项|件|套|台|辆|张|床|场|次|间|亩|吨|倍|平"
_PER = r"(?:\s*/\s*(?:㎡|平方米|平米|[^\s，。；、）)\d/·标补奖的给]{1,3}))(?:\s*[/·•]\s*(?:[年月日天晚夜]))?"
_QUANTITY = re.compile(
    rf"(?:(?P<low>{_DIGITS})\s*+(?P<lowunit>%|％|万元|元|万)?\s*+[—–―\-~～至到]\s*+)?"
    rf"(?:(?P<digits>{_DIGITS})\s*+(?:[个来](?=[万亿]))?(?P<scale>百万|千万|万|亿|千(?=元))?|(?P<chinese>{_CHINESE})(?:[个来](?=[万亿]))?(?P<big>万|亿)?)"
    rf"\s*+(?P<unit>{_UNIT})?(?P<per>{_PER})?"
)
#: Shares said in a word, where support is given.
_WORDS = re.compile(
    r"(?P<all>全额)(?=[^，。；]{0,4}(?:给?予?以?补贴|予以补助|补贴|补助|资助|贴息|报销|返还|奖励|支付|减免|补偿|支持))|(?P<half>减半|一半)(?=[^，。；]{0,6}(?:补贴|补助|征收|收取|贴息|返还|支付|减免|奖励|$|[，。；]))"
    r"|(?P<whole>[二三四五六八十])分之(?P<part>[一二三四五六七九])|(?<![上下])(?P<months>半年)(?!度)"
    r"|(?P<even>(?<!\d)1\s*[:：∶]\s*1(?!\d))(?=(?:的?比例)?[^，。；]{0,4}(?:配套|给予|补助|奖励|资助|匹配|支持))"
)
_HUNDREDTHS = re.compile(
    rf"(?<![一二两三四五六七八九十\d])(?P<of>[百千万])分之(?P<number>{_CHINESE}|{_DIGITS})(?:点(?P<point>{_CHINESE}))?"
)
#: Of what 百分之, 千分之 and 万分之 are in hundredths, 千分之 in its own unit.
_PARTS = {"百": ("%", 1), "千": ("‰", 1), "万": ("%", 100)}
#: What only looks like a figure: a date, a number of a document, of an article, of an age of law.
_NOT = re.compile(
    r"\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?|\d{1,2}\s*月\s*\d{1,2}\s*[日号]|(?<![个\d])\d{1,2}\s*月(?!\s*/)份?|[〔\[(（]\s*\d{4}\s*[〕\])）]\s*\d*\s*号?"
    r"|第\s*[（(]?[\d零〇一二两三四五六七八九十百千]+[）)]?|(?<!\d)\d++\s*+号|(?<=[Α-Ωα-ωA-Za-z])\d+|(?<!\d)\d++(?=[A-Za-z])"
    r"|[一二三四五六七八九十]是|一次性|一事一议|一企一策|一(?:定|般|批|些|体|致|线|站|流|律|旦|方面|期|类)|[二三]期|三类|二类|四类|十分|千方百计|百强|千亿|(?<!\d)(?<![千百十个])万一|统一|唯一|单一|第一|进一步|同一|任一|每一|某一|(?<!分)之一|任何一|专一|两[岸江会]"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure in a text: value in its unit, between two places. ``low`` is a range's lower end."""

    value: Decimal
    unit: str
    start: int
    end: int
    low: Decimal | None = None


def find_quantities(text: str) -> list[Measured]:
    """Find the figures that have a unit, in their order.

    >>> [(str(q.value), q.unit) for q in find_quantities("按3%给予最高1.2亿元，租金300 元/㎡，百分之五")]
    [('3', '%'), ('120000000', '元'), ('300', '元/平方米'), ('5', '%')]
    >>> [(str(q.value), q.unit) for q in find_quantities("按日加收万分之五，千分之十以下")]
    [('0.05', '%'), ('10', '‰')]
    """
    return list(_quantities(text))


@lru_cache(maxsize=2048)
def _quantities(text: str) -> tuple[Measured, ...]:
    # Kept: the same sentence is read for a question by who sums, who compares and who checks.
    taken = [match.span() for match in _NOT.finditer(text)]
    found = [*_hundredths(text), *_plain(text), *_in_words(text)]
    found = [q for q in found if not any(s < q.end and q.start < e for s, e in taken)]
    return tuple(sorted(found, key=lambda q: q.start))


def read_number(text: str) -> Decimal:
    """Read 1,200, 1.5, 三千五百 or 两; raise ValueError for anything else.

    >>> read_number("1,200"), read_number("三千五百"), read_number("一千二")
    (Decimal('1200'), Decimal('3500'), Decimal('1200'))
    """
    plain = re.sub(r"[\s,，]", "", text)
    if len(plain) > _LONGEST:
        raise ValueError(f"more digits than any figure has: {plain[:40]!r}")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return Decimal(plain)
    plain = plain.translate(str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千"))
    # 一千二 is 1200, 三百五 is 350.
    short = re.fullmatch(r"(.*)([百千])([一二三四五六七八九])", plain)
    if short:
        step = {"百": 10, "千": 100}[short[2]]
        return Decimal(read_numeral(short[1] + short[2]) + read_numeral(short[3]) * step)
    return Decimal(read_numeral(plain))


def _hundredths(text: str) -> Iterator[Measured]:
    for match in _HUNDREDTHS.finditer(text):
        try:
            value = read_number(match["number"])
            digits = "".join(str(read_numeral(d)) for d in (match["point"] or "")[:_LONGEST])
        except ValueError:
            continue
        if digits:
            value += Decimal(f"0.{digits}")
        unit, parts = _PARTS[match["of"]]
        yield Measured(value / parts, unit, match.start(), match.end())


def _in_words(text: str) -> Iterator[Measured]:
    for match in _WORDS.finditer(text):
        if match["months"]:
            yield Measured(Decimal(6), "月", match.start(), match.end())
            continue
        share = Decimal(100 if match["all"] or match["even"] else 50)
        if match["whole"]:
            parts = 100 * read_numeral(match["part"])
            share = Decimal(parts) / read_numeral(match["whole"])
            if share != round(share, 4):
                continue
        yield Measured(share, "%", match.start(), match.end())


def _plain(text: str) -> Iterator[Measured]:
    fractions = [match.span() for match in _HUNDREDTHS.finditer(text)]
    for match in _QUANTITY.finditer(text):
        if any(s <= match.start() < e for s, e in fractions):
            continue
        unit = match["unit"] or ""
        scale = match["scale"] or match["big"] or ""
        if not unit and (not scale or match["chinese"] in ("百", "千", "十")):
            continue
        if not unit and not match["per"]:
            unit = MONEY
        try:
            value = read_number(match["digits"] or match["chinese"]) * _SCALE[scale]
            low = _low(match, scale)
        except ValueError:
            continue
        plain = (
            value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
        )
        yield Measured(plain, _unit(unit, match["per"]), match.start(), match.end(), low)


def _low(match: re.Match[str], scale: str) -> Decimal | None:
    """The lower end of a range, in the unit of its upper one: 40%—100%, 5万元—10万元, 1—3亿元."""
    if not match["low"]:
        return None
    own = (match["lowunit"] or "").rstrip("元")
    given = match["lowunit"] is not None and match["lowunit"] not in ("%", "％")
    return read_number(match["low"]) * _SCALE[own if given else scale]


def _unit(unit: str, per: str | None) -> str:
    parts = [unit, *re.split(r"[/·•]", per.strip().lstrip("/ ") if per else "")]
    return "/".join(_SAME.get(part.strip(), part.strip()) for part in parts if part.strip())
