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
from indexer.dates import DAY, days_in, first_day, is_day
from indexer.docnumbers import is_number_line, normal_number, order_issuer, order_number
from indexer.infoblock import part_info
from indexer.loaders.base import Told
from indexer.signature import is_signature, without_signature
from indexer.titles import carried_by, is_title_line, join_title, names_itself, same_words

__all__ = ["Head", "is_enactment", "read_head"]

_PUBLISHED = re.compile(
    r"(?:发布|公布|发文)(?:日期|时间)\s*[:：]\s*\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?"
)
# The line that news sites print under a title: 2023-02-27 18:43 来源：新华社.
_STAMP = re.compile(
    r"(?:19|20)\d{2}[-年./]\d{1,2}[-月./]\d{1,2}日?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:来源.*)?"
)
_ADDRESSEES = re.compile(
    r"(?P<names>(?:(?!关于|通知)[^。《》；]){4,400}?(?:单位|部门|政府|委员会|企业|公司|厅|局|院|校|办|会|机构|部队|集团|银行|行|署|室|处))[：:]"
)
# A line that only names whom it is for: 各区残联：, 区属各单位：, 蚌山区政府：; refuses a lead
# (现通知如下：, 将第三条修改为：).
_ADDRESSED = re.compile(
    r"(?P<names>(?:(?:各|有关|机关|中央|地方|[省市区县]属|全[省市区县])[^。《》；：]{1,150}"
    r"|[^。《》；：，]{1,40}(?:政府|委员会|公司|厅|局|院|校|处|室|会|部)))[：:]"
)
#: The lines of enactment that statutes carry under their title.
_ENACTED = re.compile(
    rf"(?:[（(]?{DAY}[^。]{{0,80}}?|[（(][^。（]{{2,40}}会议)(?:通过|公布|发布|施行|实施|修订|修正|批准|生效)[^。]*"
)
_LONGEST_TITLE = 100
_HEAD_LINES = 40
#: Days within which a text is published once it is signed.
_SOON = 90
_TITLE_AMONG = 15


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
    addressees: tuple[str, ...] = ()


def read_head(paragraphs: Sequence[Paragraph], told: Told | None = None) -> Head:
    """Part the paragraphs of a document into its head, its notice and its body.

    ``told`` is what the format says beside the text; the text itself comes first.
    """
    told = told or Told()
    kept, info = part_info([p for p in paragraphs if not _is_stamp(p)])
    at_number = _number_at(kept)
    front, rest = _front(kept, at_number)
    front, behind = _without_repeated_notice(front)
    title = join_title(front)
    if told.title and not (title and names_itself(title)):
        title = told.title
    rest, addressees = _split_addressees(rest)
    carried = _carried_at(title, rest)
    inner = _carried_name(title, rest, carried)
    start, end = carried or (0, 0)
    notice, notice_signed, notice_imprint = without_signature(rest[:start])
    body, enacted = _without_enactment(rest[end:])
    body, signed, imprint = without_signature(body)
    number = normal_number(kept[at_number].text) if at_number is not None else None
    said = normal_number(told.doc_number) if told.doc_number else None
    doc_number = number or said or info.doc_number or _order(kept[: len(front) + 3], enacted)
    stated = _date(notice_signed) or _date(signed)
    issued = stated or told.issued or info.issued or _last_date(enacted)
    published = _published(paragraphs) or info.published or _posted(told.published, issued)
    return Head(
        title=inner,
        titles=tuple(dict.fromkeys(name for name in (inner, title, behind) if name)),
        doc_number=doc_number,
        issuers=_issuers(title, [*notice_signed, *signed], doc_number) or told.issuers,
        issued=issued,
        published=published or _date([*notice_imprint, *imprint]),
        notice=tuple(notice),
        # A single line is the text itself, whatever it looks like.
        body=tuple(body if body or notice else front),
        enacted=tuple(enacted),
        addressees=addressees,
    )


def _posted(posted: date | None, issued: date | None) -> date | None:
    """The day a site posted a text, if it can be that of its publication: not months later."""
    if posted and issued and not 0 <= (posted - issued).days <= _SOON:
        return None
    return posted


def _is_stamp(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return (
        not paragraph.row
        and bool(_PUBLISHED.fullmatch(text) or _STAMP.fullmatch(text))
        and not is_day(text)
    )


def _number_at(paragraphs: Sequence[Paragraph]) -> int | None:
    for index, paragraph in enumerate(paragraphs[:_HEAD_LINES]):
        if is_number_line(paragraph.text):
            return index
        if read_label(paragraph.text, NOTICE) or read_label(paragraph.text, STATUTE):
            return None
    return None


def _front(
    paragraphs: Sequence[Paragraph], at_number: int | None
) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the lines of the title and what follows the head."""
    if styled := _styled(paragraphs):
        start, end = styled
        behind = [p for i, p in enumerate(paragraphs) if i >= end and i != at_number]
        return list(paragraphs[start:end]), behind
    if at_number:
        above = list(takewhile(lambda p: is_title_line(p.text), paragraphs[:at_number]))
        # 某市人民政府文件 above the 文号 is the masthead; the title then stands below it.
        if above and names_itself(join_title(above)):
            return above, [*paragraphs[len(above) : at_number], *paragraphs[at_number + 1 :]]
    start = 0 if at_number is None else at_number + 1
    end = start
    while end < min(len(paragraphs), start + 4) and is_title_line(paragraphs[end].text):
        end += 1
    # A statute's title may be followed at once by its articles; a long first line is no title.
    if end == start and paragraphs[start:] and len(paragraphs[start].text) <= _LONGEST_TITLE:
        text = paragraphs[start].text
        named = not (read_label(text, NOTICE) or read_label(text, STATUTE) or is_enactment(text))
        end += named and "。" not in text
    return list(paragraphs[start:end]), list(paragraphs[end:])


def _without_repeated_notice(front: list[Paragraph]) -> tuple[list[Paragraph], str]:
    """Part a title from that of the notice that carried the text, printed below it."""
    for count in range(1, len(front)):
        behind = join_title(front[count:])
        if same_words(carried_by(behind) or "", join_title(front[:count])):
            return front[:count], behind
    return front, ""


def _styled(paragraphs: Sequence[Paragraph]) -> tuple[int, int] | None:
    """The lines that the format itself sets as the title, if they can be one."""
    first = next((i for i, p in enumerate(paragraphs[:_TITLE_AMONG]) if p.style == "title"), None)
    if first is None:
        return None
    end = first
    while end < len(paragraphs) and paragraphs[end].style == "title":
        end += 1
    title = join_title(paragraphs[first:end])
    usable = 4 <= len(title) <= _LONGEST_TITLE and "。" not in title and not is_number_line(title)
    return (first, end) if usable and not title.endswith("文件") else None


def _split_addressees(
    paragraphs: list[Paragraph],
) -> tuple[list[Paragraph], tuple[str, ...]]:
    """Part off the addressees, also where they share a paragraph with the first sentence."""
    for index, paragraph in enumerate(paragraphs[:6]):
        if (
            paragraph.row
            or read_label(paragraph.text, STATUTE)
            or read_label(paragraph.text, NOTICE)
        ):
            break
        text = paragraph.text
        if match := _ADDRESSED.fullmatch(text) or _ADDRESSEES.match(text):
            rest = paragraph.text[match.end() :].strip()
            after = [replace(paragraph, text=rest)] if rest else []
            names = tuple(name for name in re.split(r"[，,]", match["names"]) if name.strip())
            return [*paragraphs[:index], *after, *paragraphs[index + 1 :]], names
    return paragraphs, ()


def _carried_at(title: str, paragraphs: Sequence[Paragraph]) -> tuple[int, int] | None:
    """Find the title lines of the carried text: the indices of its first line and of its end.

    Where it has none, its text begins with the first article behind the notice's signature.
    """
    wanted = carried_by(title)
    if not wanted:
        return None
    for start in range(min(len(paragraphs), _HEAD_LINES)):
        for end in range(start + 1, min(start + 4, len(paragraphs)) + 1):
            if same_words("".join(p.text for p in paragraphs[start:end]), wanted):
                return start, end
    texts = [p.text for p in paragraphs[:_HEAD_LINES]]
    dated = (i for i, text in enumerate(texts) if is_signature(text) and first_day(text))
    behind = next(dated, len(paragraphs)) + 1
    if behind < len(paragraphs) and _begins_body(paragraphs[behind].text):
        return behind, behind
    return None


def _begins_body(text: str) -> bool:
    """Whether a paragraph is the first of a carried text: 第一章, 第一条, 一、."""
    label = read_label(text, STATUTE)
    return label is not None and label.number == 1 and label.rank in ("章", "art", "sec")


def _carried_name(
    title: str, paragraphs: Sequence[Paragraph], carried: tuple[int, int] | None
) -> str:
    """The title of the text itself: the carried one's, as printed or as the notice names it."""
    if carried is None:
        return title
    return join_title(paragraphs[carried[0] : carried[1]]) or carried_by(title) or title


def _date(paragraphs: Sequence[Paragraph]) -> date | None:
    return next((day for p in paragraphs if (day := first_day(p.text))), None)


def is_enactment(text: str) -> bool:
    """Whether a line says when a statute was adopted, published or amended."""
    return bool(_ENACTED.fullmatch(text))


def _without_enactment(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[str]]:
    """Part the lines of enactment from the body that they stand before."""
    first = next(
        (i for i, p in enumerate(paragraphs) if read_label(p.text, STATUTE)), len(paragraphs)
    )
    enacted = [p.text for p in paragraphs[:first] if is_enactment(p.text)]
    kept = [p for i, p in enumerate(paragraphs) if i >= first or p.text not in enacted]
    return kept, enacted


def _last_date(lines: Sequence[str]) -> date | None:
    """The last day on which a text was adopted or published, not that of its coming into force."""
    found = None
    for line in lines:
        for day, _, end in days_in(line):
            if not re.match(r"\s*起?(?:施行|实施|生效)", line[end:]):
                found = day
    return found


def _published(paragraphs: Sequence[Paragraph]) -> date | None:
    for paragraph in paragraphs[:_HEAD_LINES]:
        text = paragraph.text
        if (match := _PUBLISHED.search(text)) or (
            _is_stamp(paragraph) and (match := _STAMP.match(text))
        ):
            return first_day(match[0], iso=True)
    return None


def _order(front: Sequence[Paragraph], enacted: Sequence[str]) -> str | None:
    """The number of the order that a text was published by, from its head."""
    words = "".join(p.text for p in front if not p.row)
    return order_number(words) or next(filter(None, map(order_number, enacted)), None)


def _issuers(title: str, signed: Sequence[Paragraph], doc_number: str | None) -> tuple[str, ...]:
    names = [p.text for p in signed if is_signature(p.text) and not first_day(p.text)]
    names = [name for text in names if not text.startswith(("（", "(")) for name in text.split()]
    if not names and (match := re.match(r"(\S{3,40}?)(?=关于|印发)", title)):
        names = re.split(r"[\s、]+", match[1])
    if not names and (issuer := order_issuer(doc_number)):
        names = [issuer]
    return tuple(dict.fromkeys(names))
