"""Short names that texts give to things: 长期护理保险（以下简称长护险）, CRO（合同研究外包组织）.

Askers use the short name, clauses now one and now the other. What a corpus says of its own words
is mined when it is indexed; nobody has to keep a list.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

__all__ = ["glossary_of"]

_QUOTES = "“”\"'‘’「」《》"
# 长期护理保险（以下简称“长护险”）, 广州市门诊特定病种（以下统称门特）
_CALLED = re.compile(
    rf"(?P<long>[\u4e00-\u9fffA-Za-z0-9·]{{3,24}})[（(](?:以下|下文|下)?(?:简称|统称|称)(?:为)?[：:]?"
    rf"[{_QUOTES}]?(?P<short>[\u4e00-\u9fffA-Za-z0-9]{{2,8}})[{_QUOTES}]?[）)]"
)
# CRO（合同研究外包组织）, and the other way round: 药物临床试验质量管理规范（GCP）
_LETTERS = re.compile(
    r"(?<![A-Za-z])(?P<short>[A-Z][A-Za-z]{1,7})[（(](?P<long>[\u4e00-\u9fff]{3,20})[）)]"
)
_SPELT = re.compile(r"(?P<long>[\u4e00-\u9fff]{3,20})[（(](?P<short>[A-Z][A-Za-z]{1,7})[）)]")
#: Words that lead up to a name and are none of it.
_LEAD = re.compile(
    r"^.*(?:关于|根据|按照|依照|依据|以及|对于|支持|鼓励|建设|开展|通过|新建|设立|实施|应当|其他|所称|称为|是指|属于|"
    r"符合|参加|享受|申请|办理|进行|具有|取得|获得|由|和|与|及|或|在|对|将|为|的|等|按|从|向|被|经|把)"
)
#: What is no name but a part of a sentence.
_CLAUSE = re.compile(r"的|或者|及其|以及")
_VAGUE = re.compile(
    r"^(?:本|该|甲|乙|丙|丁|上述|双方|各|我|其)|^(?:办法|规定|条例|通知|细则|方案|意见|措施|公司|企业|单位|机构|项目)$"
)


def glossary_of(texts: Iterable[str]) -> Mapping[str, str]:
    """Return what short names stand for, by short name; each has one meaning, its commonest."""
    meanings: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for pattern in (_CALLED, _LETTERS, _SPELT):
            for match in pattern.finditer(text):
                short, long = match["short"], _name(match["long"], match["short"])
                if long and not _VAGUE.search(short):
                    meanings[short][long] += 1
    return {short: longs.most_common(1)[0][0] for short, longs in sorted(meanings.items())}


def _name(words: str, short: str) -> str | None:
    """The name at the end of some words: what a short name is short for."""
    if re.fullmatch(r"[A-Za-z]+", short):
        name = _LEAD.sub("", words)
        return name if 3 <= len(name) <= 16 else None
    # A short name is made of characters of the long one, in their order, from its beginning on.
    start = words.rfind(short[0])
    while start >= 0:
        name = words[start:]
        if _is_made_of(short, name):
            return name if name != short and not _CLAUSE.search(name) else None
        start = words.rfind(short[0], 0, start)
    return None


def _is_made_of(short: str, words: str) -> bool:
    place = 0
    for character in short:
        place = words.find(character, place) + 1
        if not place:
            return False
    return True
