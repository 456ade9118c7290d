"""Titles of official documents: what is one, how its lines are joined, what it carries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.numbering import DECIMAL, NOTICE, STATUTE, read_label
from indexer.clean import Paragraph
from indexer.titlelines import heads_another_part, parts_issuers

__all__ = [
    "carried_by",
    "carried_title",
    "is_issuer_alone",
    "is_title_line",
    "join_title",
    "names_itself",
    "same_title",
    "same_words",
    "title_inside",
]

_CARRIED = re.compile(
    r"(?:印发|转发|发布|公布)(?:了)?《?(?P<title>.+?)》?(?:\s{0,20}的)?(?:通知|公告|决定|函)?$"
)
_NAMES_ITSELF = re.compile(
    r"关于|(?:办法|措施|规定|条例|意见|计划|规划|方案|细则|通知|公告|通告|决定|批复|解释|规则|标准|指南|指引|政策|纲要|预案|法|函|令)"
    r"(?:[（(][^（）()]+[）)])?$"
)
#: What a title never holds; a contents heading, an enactment and a chapter are no titles.
_NO_TITLE = re.compile(
    r"[。；：:，]|^目\s*+[录次]$|^[（(]?\d{4}年(?:\s*+第?\s*+\d|$)|^第\S{1,3}[章节编早]|^[（(][^）)]*(?:通过|公布|发布|修订)"
    r"|^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
)
LONGEST_TITLE = 100
#: A title of fewer characters may be the end of quite another one (实施意见).
_TELLING = 8
#: What one wording of a title says before the other: a place, an issuer.
_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,14}")
_VERSION = re.compile(r"(?:[（(][^（）()]{0,12}(?:版|本|稿|行|修订|修正)[）)]){1,10}$")
_LONGEST_LINE = 60
#: Several issuers make a title of one line longer than others.
_ENDS = re.compile(r"关于.{4,80}(?:通知|意见|办法|措施|方案|规定|细则|决定|公告|通告)$")

_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,24}(?:部|委|局|厅|署|院|会|政府|办公室|总局|中心)")
#: So many characters of a text are its head.
_HEAD = 600
#: Issuers and the title behind them, in one run of words.
_PRINTED = re.compile(
    r"(?P<before>[\u4e00-\u9fff\s]{2,80}?)(?P<title>关于[^。；：:]{4,90}?的?(?:通知|公告|通告|意见|办法|措施|方案|规定))(?=\s|[(（]|$)"
)
_SAYS = re.compile(
    r"现[就将](?P<matter>[^。；：:]{4,60}?)(?:的?(?:有关|相关)?(?:问题|事项|事宜|工作|要求))?(?P<kind>通知|公告|通告)如下"
)
_BRACKETED = re.compile(r"[（(][^（）()]{0,40}[）)]")


def names_itself(title: str) -> bool:
    """Whether a title says what kind of document it heads, or what it is about."""
    return bool(_NAMES_ITSELF.search(title))


def is_title_line(text: str) -> bool:
    """Whether a line can be one of a title's: no label, no sentence."""
    longest = LONGEST_TITLE if _ENDS.search(text) else _LONGEST_LINE
    if len(text) > longest or _NO_TITLE.search(text) or heads_another_part(text):
        return False
    decimal = text[:1].isdigit() and read_label(text, DECIMAL)
    return not (decimal or read_label(text, NOTICE) or read_label(text, STATUTE))


def join_title(lines: Sequence[Paragraph]) -> str:
    """Join the lines of a title; one printed twice counts once."""
    texts = [_closed_up(p.text) for p in lines]
    for count in range(1, len(texts)):
        once, again = "".join(texts[:count]), "".join(texts[count:])
        if len(once) >= 4 and _bare(once) == _bare(again):
            return once
    joined = "".join(texts[:1])
    for before, text in pairwise(texts):
        joined += (" " if parts_issuers(before, text) else "") + text
    half = len(joined) // 2
    return joined[:half] if half >= 8 and joined[:half] == joined[half:] else joined


def _closed_up(text: str) -> str:
    """A title without the blanks of its layout; one between two issuers stays."""
    words = re.split(r"[\s\u3000]+", text.strip())
    if max(map(len, words)) == 1:
        return "".join(words)
    closed = words[0]
    for before, word in pairwise(words):
        apart = len(before) >= 4 and len(word) >= 4 and not re.match("关于|印发|《|（", word)
        latin = before[-1:].isascii() or word[:1].isascii()
        issuer = re.search("(?:中央|院|部|委|厅|局|会|府|行|署|办公室|总局|办)$", before)
        closed += (" " if latin or (apart and issuer) else "") + word
    return closed


def carried_title(paragraphs: Sequence[Paragraph]) -> str | None:
    """Return the title of the text that a notice carries, where its own title names it."""
    lines = [p.text for p in paragraphs[:12] if not p.row]
    for start in range(len(lines)):
        for end in range(start + 1, min(start + 4, len(lines)) + 1):
            joined = "".join(lines[start:end])
            if len(joined) <= LONGEST_TITLE and "。" not in joined and joined.endswith("通知"):
                return carried_by(joined)
    return None


def carried_by(title: str) -> str | None:
    """The title of the text that a notice of this title carries."""
    match = _CARRIED.search(title)
    return match["title"].removesuffix("的") if match else None


def same_words(one: str, other: str) -> bool:
    """Whether two titles are the same, title marks and blanks aside."""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def same_title(one: str, other: str) -> bool:
    """Whether two wordings name one document: a notice leaves out 的, the place or the version.

    >>> same_title("关于加强养护的实施意见", "市交通局关于加强养护实施意见")
    True
    """
    short, long = sorted((_loose(one), _loose(other)), key=len)
    if not short or short == long:
        return bool(short)
    before = long.removesuffix(short)
    return len(short) >= _TELLING and before != long and bool(_BEFORE.fullmatch(before))


def _loose(text: str) -> str:
    return _VERSION.sub("", _bare(text)).replace("的", "")


def _bare(text: str) -> str:
    return re.sub(r"[\s《》<>〈〉“”\"、]", "", text)


def is_issuer_alone(title: str) -> bool:
    """Whether what stands as a title is the name of an office and no more: a page cut it off there.

    >>> is_issuer_alone("湖南省医疗保障局"), is_issuer_alone("商务局工作要点")
    (True, False)
    """
    return bool(_OFFICE.fullmatch(title)) and not names_itself(title)


def title_inside(text: str) -> str | None:
    """The title that a text begins with behind its issuers, or says of itself before its first
    stop: 现就…有关问题通知如下.

    >>> title_inside("财政部 税务总局 关于支持防控有关税收政策的公告 2020年第8号 现就…公告如下：")
    '财政部 税务总局关于支持防控有关税收政策的公告'
    >>> title_inside("各省人民政府： 经国务院同意，现就减免企业养老保险费有关问题通知如下：")
    '关于减免企业养老保险费的通知'
    """
    head = text[:_HEAD]
    if (match := _PRINTED.match(head)) and "。" not in head[: match.end()]:
        issuers = list(dict.fromkeys(match["before"].split()))
        own = " ".join(issuers) if all(map(_OFFICE.fullmatch, issuers)) else ""
        return own + re.sub(r"\s", "", match["title"])
    if match := _SAYS.search(_BRACKETED.sub("", head)):
        return f"关于{match['matter']}的{match['kind']}"
    return None
