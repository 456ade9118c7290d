"""The head and tail of an official document: title, 文号, addressees, signature, date.

Layout after GB/T 9704—2012. A notice that carries another text (关于印发《…》的通知) is one
document with it: the carried text is the body, the notice's own sentence is kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from corpus.numbering import NOTICE, STATUTE, read_label
from indexer.clean import Paragraph

__all__ = ["DOC_NUMBER", "YEAR_NUMBER", "Head", "normal_number", "read_head"]

_BRACKETS = ("[〔\\[［【(（]", "[〕\\]］】)）]")
#: A 文号 without its issuer, whose first character running text does not show.
YEAR_NUMBER = re.compile(rf"{_BRACKETS[0]}\s*(?:19|20)\d{{2}}\s*{_BRACKETS[1]}\s*第?\d{{1,4}}\s*号")
DOC_NUMBER = re.compile(
    rf"(?P<issuer>[\u4e00-\u9fff]{{1,14}}?)\s*{_BRACKETS[0]}\s*(?P<year>(?:19|20)\d{{2}})\s*"
    rf"{_BRACKETS[1]}\s*第?(?P<number>\d{{1,4}})\s*号"
)
_DATE = re.compile(r"(?P<y>(?:19|20)\d{2})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")
_PUBLISHED = re.compile(
    r"发布(?:日期|时间)\s*[:：]\s*(?P<y>\d{4})[-年./](?P<m>\d{1,2})[-月./](?P<d>\d{1,2})日?"
)
_RELEASE = re.compile(r"[（(]此件[^）)]{2,12}[）)]")
_ADDRESSEES = re.compile(r"[^。《》]{4,120}(?:单位|部门|政府|委员会|企业|公司|厅|局|院|校)[：:]")
_CARRIED = re.compile(
    r"(?:印发|转发|发布|公布)(?:了)?《?(?P<title>.+?)》?(?:\s*的)?(?:通知|公告|决定|函)?$"
)
#: The lines of enactment that statutes carry under their title.
_ENACTED = re.compile(
    r"[（(]?(?:19|20)\d{2}年\d{1,2}月\d{1,2}日[^。]{0,80}(?:通过|公布|发布|施行|实施|修订|修正|批准|生效)[^。]*"
)
_NAMES_ITSELF = re.compile(
    r"关于|(?:办法|措施|规定|条例|意见|计划|规划|方案|细则|通知|公告|通告|决定|批复|解释|规则|标准|指南|法|函)"
    r"(?:[（(][^（）()]+[）)])?$"
)
_LONGEST_TITLE = 100
_HEAD_LINES = 40


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around the body of a document."""

    title: str
    titles: tuple[str, ...]
    doc_number: str | None
    issuers: tuple[str, ...]
    issued: date | None
    published: date | None
    notice: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    enacted: tuple[str, ...] = ()


def normal_number(text: str) -> str | None:
    """Write a 文号 in its standard form, or None where the text holds none.

    >>> normal_number("渝高新发[2024] 31 号")
    '渝高新发〔2024〕31号'
    """
    match = DOC_NUMBER.search(text)
    return f"{match['issuer']}〔{match['year']}〕{match['number']}号" if match else None


def read_head(paragraphs: Sequence[Paragraph]) -> Head:
    """Part the paragraphs of a document into its head, its notice and its body."""
    kept = [p for p in paragraphs if not _PUBLISHED.fullmatch(p.text)]
    at_number = _number_at(kept)
    front, rest = _front(kept, at_number)
    title = _join_title(front)
    rest = _split_addressees(rest)
    carried = _carried_at(title, rest)
    notice = rest[: carried[0]] if carried else []
    body = rest[carried[1] :] if carried else rest
    body, enacted = _without_enactment(body)
    body, signed = _without_signature(body)
    notice, notice_signed = _without_signature(notice)
    inner = _join_title(rest[carried[0] : carried[1]]) if carried else title
    issuers = _issuers(title, [*notice_signed, *signed])
    return Head(
        title=inner,
        titles=tuple(dict.fromkeys(name for name in (inner, title) if name)),
        doc_number=normal_number(kept[at_number].text) if at_number is not None else None,
        issuers=issuers,
        issued=_date(notice_signed) or _date(signed) or _last_date(enacted),
        published=_published(paragraphs),
        notice=tuple(notice),
        body=tuple(body),
        enacted=tuple(enacted),
    )


def _number_at(paragraphs: Sequence[Paragraph]) -> int | None:
    for index, paragraph in enumerate(paragraphs[:_HEAD_LINES]):
        text = paragraph.text.strip("（）() ")
        if DOC_NUMBER.fullmatch(text):
            return index
        if read_label(paragraph.text, NOTICE) or read_label(paragraph.text, STATUTE):
            return None
    return None


def _front(
    paragraphs: Sequence[Paragraph], at_number: int | None
) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the lines of the title and what follows the head."""
    if at_number:
        above = list(takewhile(lambda p: _is_title_line(p.text), paragraphs[:at_number]))
        # 某市人民政府文件 above the 文号 is the masthead; the title then stands below it.
        if above and _NAMES_ITSELF.search(_join_title(above)):
            return above, [*paragraphs[len(above) : at_number], *paragraphs[at_number + 1 :]]
    start = 0 if at_number is None else at_number + 1
    end = start
    while end < min(len(paragraphs), start + 4) and _is_title_line(paragraphs[end].text):
        end += 1
    # A statute's title may be followed at once by its articles; a long first line is no title.
    if end == start and paragraphs[start:] and len(paragraphs[start].text) <= _LONGEST_TITLE:
        named = not read_label(paragraphs[start].text, NOTICE)
        end += named and "。" not in paragraphs[start].text
    return list(paragraphs[start:end]), list(paragraphs[end:])


def _is_title_line(text: str) -> bool:
    label = read_label(text, NOTICE) or read_label(text, STATUTE)
    return (
        not label
        and len(text) <= 60
        and not re.search(r"[。；：:，]|^目\s*[录次]$|^[（(]?\d{4}年|^第\S{1,3}[章节编早]", text)
    )


def _join_title(lines: Sequence[Paragraph]) -> str:
    return "".join(re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", p.text) for p in lines)


def _split_addressees(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Drop the addressees, also where they share a paragraph with the first sentence."""
    for index, paragraph in enumerate(paragraphs[:6]):
        if read_label(paragraph.text, STATUTE) or read_label(paragraph.text, NOTICE):
            break
        if match := _ADDRESSEES.match(paragraph.text):
            rest = paragraph.text[match.end() :].strip()
            after = [replace(paragraph, text=rest)] if rest else []
            return [*paragraphs[:index], *after, *paragraphs[index + 1 :]]
    return paragraphs


def _bare(text: str) -> str:
    return re.sub(r"[\s《》<>〈〉“”\"]", "", text)


def _carried_at(title: str, paragraphs: Sequence[Paragraph]) -> tuple[int, int] | None:
    """Find the title lines of the carried text: the indices of its first line and of its end."""
    match = _CARRIED.search(title)
    if not match:
        return None
    wanted = _bare(match["title"].removesuffix("的"))
    for start in range(min(len(paragraphs), _HEAD_LINES)):
        for end in range(start + 1, min(start + 4, len(paragraphs)) + 1):
            if _bare("".join(p.text for p in paragraphs[start:end])) == wanted:
                return start, end
    return None


def _is_signature(text: str) -> bool:
    if _DATE.fullmatch(text) or _RELEASE.fullmatch(text):
        return True
    return len(text) <= 30 and bool(
        re.fullmatch(
            r"\S+(?:办公厅|政府|委员会|管委会|厅|局|部|办公室|法院|检察院|银行)(?:\s\S+)*", text
        )
    )


def _without_signature(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    end = len(paragraphs)
    while end and _is_signature(paragraphs[end - 1].text):
        end -= 1
    return list(paragraphs[:end]), list(paragraphs[end:])


def _date(paragraphs: Sequence[Paragraph]) -> date | None:
    for paragraph in paragraphs:
        if match := _DATE.search(paragraph.text):
            return _as_date(match)
    return None


def _without_enactment(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[str]]:
    """Part the lines of enactment from the body that they stand before."""
    first = next(
        (i for i, p in enumerate(paragraphs) if read_label(p.text, STATUTE)), len(paragraphs)
    )
    enacted = [p.text for p in paragraphs[:first] if _ENACTED.fullmatch(p.text)]
    kept = [p for i, p in enumerate(paragraphs) if i >= first or p.text not in enacted]
    return kept, enacted


def _last_date(lines: Sequence[str]) -> date | None:
    """The last day on which a text was adopted or published, not that of its coming into force."""
    found = None
    for line in lines:
        for match in _DATE.finditer(line):
            if not re.match(r"\s*起?(?:施行|实施|生效)", line[match.end() :]):
                found = _as_date(match) or found
    return found


def _published(paragraphs: Sequence[Paragraph]) -> date | None:
    for paragraph in paragraphs[:_HEAD_LINES]:
        if match := _PUBLISHED.search(paragraph.text):
            return _as_date(match)
    return None


def _as_date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _issuers(title: str, signed: Sequence[Paragraph]) -> tuple[str, ...]:
    names = [p.text for p in signed if not _DATE.search(p.text) and not _RELEASE.fullmatch(p.text)]
    if not names and (match := re.match(r"(\S{3,40}?)(?=关于|印发)", title)):
        names = [match[1]]
    return tuple(dict.fromkeys(names))
