"""The numbering schemes in use, as tables. A new one is a new table here.

Sources: GB/T 9704—2012 7.3.3 (一、（一）1.（1） in notices); 立法法 (编章节条款项目 in statutes);
GB/T 1.1—2020 (1, 1.1, 1.1.1 in standards).
"""

from __future__ import annotations

import re

from corpus.numbering.scheme import Rank, Scheme
from corpus.numerals import NUMERAL

__all__ = ["DECIMAL", "NOTICE", "SCHEMES", "STATUTE"]

_CN = r"[零〇一二三四五六七八九十百千]{1,12}"
_OPEN, _CLOSE = "[（(〔]", "[）)〕]"

# Takes 第四条, 第四條, 第四十一条之二, 第 4 条 and 第三条为了加强…; refuses what only mentions an article:
# 第五条第二款…, 第十一条、第十二条…, 第三条规定的…, 第六条至第九条….
_ARTICLE = re.compile(
    rf"第\s*(?P<number>{NUMERAL})\s*[条條](?:之(?P<branch>{_CN}))?"
    rf"(?!第|\s*第{NUMERAL}[条條款项項]|之|的|至|和|或|及|与|與|、|，|,|。|）|\)|规定|規定|所列|所称|所稱|所指|中的|中规定|以上|以下)[\s　：:]*"
)
# Takes （一）项目库, （二）和解协议, （三）至少两年; refuses （一）和（二）, （一）至（三）项, （一）项规定, （一）、.
_ITEM = re.compile(
    rf"{_OPEN}\s*(?P<number>{_CN})\s*{_CLOSE}(?![、，。]|[至和或及与]\s*[（(第]|项(?!目)|款(?![项物])"
    rf"|规定的|所列|条(?!件|例|款|约|形|理))\s*"
)
# Takes 1.申请表, 12、其他, 1.2025年度指标; refuses 1.5亿元, 2024.12.4.
_NUMBER = re.compile(
    r"(?P<number>[0-9０-９]{1,3})\s*(?:[．、]|\.(?![0-9０-９])|\.(?=(?:19|20)[0-9]{2}\s*年))\s*"
)
_BRACKETED = re.compile(rf"{_OPEN}\s*(?P<number>[0-9０-９]{{1,3}})\s*{_CLOSE}\s*")
_SECTION = re.compile(rf"(?P<number>{_CN})\s*、\s*(?!{_CN}\s*[、级类])")
_HALF = re.compile(r"(?P<number>[0-9０-９]{1,2})\s*[)）]\s*")
_CIRCLED = re.compile(r"(?P<number>[①-⑳])\s*")
#: The innermost ranks, the same in every text: （1）, 1） and ①.
_INNERMOST = (
    Rank("subnum", "subitem", _BRACKETED),
    Rank("half", "subitem", _HALF),
    Rank("circled", "subitem", _CIRCLED),
)

STATUTE = Scheme(
    "statute",
    (
        Rank("art", "article", _ARTICLE, runs=True),
        # Older statutes number the 项 of an article 一、.
        Rank("sec", "item", _SECTION),
        Rank("item", "item", _ITEM),
        Rank("sub", "subitem", _NUMBER),
        *_INNERMOST,
    ),
)

NOTICE = Scheme(
    "notice",
    (
        Rank("sec", "section", _SECTION, runs=True),
        Rank("item", "item", _ITEM),
        Rank("num", "item", _NUMBER),
        *_INNERMOST,
    ),
)


def _decimal(depth: int) -> re.Pattern[str]:
    """Takes 4 总则 and 4.1 总则 at their depth; refuses 4.1亿元, 4.5%, 2024 年."""
    above = r"[0-9]{1,2}\." * (depth - 1)
    return re.compile(rf"{above}(?P<number>[0-9]{{1,2}})(?![0-9.％%])[\s　]+(?=[\u4e00-\u9fffA-Z])")


DECIMAL = Scheme(
    "decimal",
    (
        Rank("deca", "section", _decimal(1), runs=True),
        Rank("decb", "section", _decimal(2)),
        Rank("decc", "item", _decimal(3)),
        Rank("decd", "item", _decimal(4)),
        Rank("dece", "subitem", _decimal(5)),
        *_INNERMOST,
    ),
)

SCHEMES = {scheme.name: scheme for scheme in (STATUTE, NOTICE, DECIMAL)}
