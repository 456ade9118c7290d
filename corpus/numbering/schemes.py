"""The numbering schemes in use, as tables. A new one is a new table here.

Sources: GB/T 9704—2012 7.3.3 (一、（一）1.（1） in notices); 立法法 (编章节条款项目 in statutes).
"""

from __future__ import annotations

import re

from corpus.numbering.scheme import Rank, Scheme
from corpus.numerals import NUMERAL

__all__ = ["NOTICE", "SCHEMES", "STATUTE"]

_CN = r"[零〇一二三四五六七八九十百千]+"
_OPEN, _CLOSE = "[（(〔]", "[）)〕]"

# Takes 第四条, 第四十一条之二, 第 4 条 and 第三条为了加强…; refuses what only mentions an article:
# 第五条第二款…, 第十一条、第十二条…, 第三条规定的…, 第六条至第九条….
_ARTICLE = re.compile(
    rf"第\s*(?P<number>{NUMERAL})\s*条(?:之(?P<branch>{_CN}))?"
    rf"(?!第|\s*第{NUMERAL}[条款项]|之|的|至|和|或|及|与|、|，|,|。|）|\)|规定|所列|所称|所指|中的|中规定|以上|以下)[\s　：:]*"
)
_ITEM = re.compile(rf"{_OPEN}\s*(?P<number>{_CN})\s*{_CLOSE}(?![、，。至和或项款])\s*")
_NUMBER = re.compile(r"(?P<number>[0-9０-９]{1,3})\s*(?:[．、]|\.(?![0-9０-９]))\s*")
_BRACKETED = re.compile(rf"{_OPEN}\s*(?P<number>[0-9０-９]{{1,3}})\s*{_CLOSE}\s*")
_SECTION = re.compile(rf"(?P<number>{_CN})\s*、\s*(?!{_CN}\s*[、级类])")

STATUTE = Scheme(
    "statute",
    (
        Rank("art", "article", _ARTICLE, runs=True),
        Rank("item", "item", _ITEM),
        Rank("sub", "subitem", _NUMBER),
        Rank("subnum", "subitem", _BRACKETED),
    ),
)

NOTICE = Scheme(
    "notice",
    (
        Rank("sec", "section", _SECTION, runs=True),
        Rank("item", "item", _ITEM),
        Rank("num", "item", _NUMBER),
        Rank("subnum", "subitem", _BRACKETED),
    ),
)

SCHEMES = {scheme.name: scheme for scheme in (STATUTE, NOTICE)}
