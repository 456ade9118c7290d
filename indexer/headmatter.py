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
from indexer.carried import carried_at, carried_name
from indexer.clean import Paragraph
from indexer.dates import DAY, days_in, first_day, is_day
from indexer.docnumbers import is_number_line, normal_number, notice_number, order_number
from indexer.issuers import issuers_of
from indexer.loaders.base import Told
from indexer.pagehead import joined, without_page
from indexer.signature import is_contact, signatures_of, without_signature
from indexer.titlelines import heads_collection
from indexer.titles import (
    carried_by,
    is_issuer_alone,
    is_title_line,
    join_title,
    names_itself,
    same_words,
    title_inside,
)

__all__ = ["Head", "is_enactment", "read_head"]

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
_BETWEEN_BLANKS = re.compile(
    r"(?<=[\u4e00-\u9fff]\s)[\u4e00-\u9fff]{2,12}〔20\d{2}〕\d{1,4}号(?=\s[\u4e00-\u9fff])"
)
#: Characters within which the head of a flattened text stands.
_FLAT_HEAD = 400
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
    contacts: tuple[Paragraph, ...] = ()


def read_head(
    paragraphs: Sequence[Paragraph], told: Told | None = None, page: Told | None = None
) -> Head:
    """Part the paragraphs of a document into its head, its notice and its body.

    ``told`` is what the format says beside the text, ``page`` what the page printed around it
    where that was parted before; the text itself comes first.
    """
    told, (kept, info) = told or Told(), without_page(paragraphs)
    info = joined(info, page or Told())
    at_number = _number_at(kept)
    front, rest = _front(kept, at_number)
    front, behind = _without_repeated_notice(front)
    title, office = _title(front, told, rest)
    rest, dated, addressees = _under_title(rest)
    number = kept[at_number].text if at_number is not None else told.doc_number or ""
    # Above a text that an order publishes may stand nothing but the order's number.
    carried = carried_at(title or number, rest)
    inner = carried_name(title or number, rest, carried) if carried else title
    notice, body, enacted, signed, imprint = _parted(rest, carried or (0, 0))
    doc_number = normal_number(number) or info.doc_number or notice_number(title, number)
    doc_number = doc_number or _order(kept, len(front) + 3, enacted) or _flat_number(kept)
    signatures = signatures_of(signed, rest)
    issued = dated or _date(signatures) or told.issued or info.issued
    issued = issued or _last_date(enacted) or first_day(number)
    issuers = issuers_of(title, signatures, doc_number) or told.issuers or office
    return Head(
        title=inner,
        titles=tuple(dict.fromkeys(name for name in (inner, title, behind) if name)),
        doc_number=doc_number,
        issuers=issuers or issuers_of("", imprint),
        issued=issued,
        published=info.published or _posted(told.published, issued) or _date(imprint),
        notice=tuple(notice),
        # A single line is the text itself, whatever it looks like.
        body=tuple(body if body or notice else front),
        enacted=tuple(enacted),
        addressees=addressees,
        contacts=tuple(p for p in imprint if is_contact(p.text)),
    )


def _parted(
    rest: Sequence[Paragraph], carried: tuple[int, int]
) -> tuple[list[Paragraph], list[Paragraph], list[str], list[Paragraph], list[Paragraph]]:
    """The notice in front of a text, the text, its lines of enactment, signatures and imprints."""
    notice, signed, imprint = without_signature(rest[: carried[0]])
    unsigned, enacted = _without_enactment(rest[carried[1] :])
    body, below, printed = without_signature(unsigned)
    return notice, body, enacted, [*signed, *below], [*imprint, *printed]


def _title(
    front: Sequence[Paragraph], told: Told, rest: Sequence[Paragraph]
) -> tuple[str, tuple[str, ...]]:
    """The title as the text prints it; what the format tells, where that names no document.

    Where a page cut the title off behind the office that issued the text, the text tells it; the
    office is then returned too.
    """
    title = join_title(front)
    title = told.title if told.title and not (title and names_itself(title)) else title
    if not is_issuer_alone(title):
        return title, ()
    inside = title_inside(" ".join(p.text for p in rest[:_TITLE_AMONG]))
    return (inside, (title,)) if inside else (title, ())


def _posted(posted: date | None, issued: date | None) -> date | None:
    """The day a site posted a text, if it can be that of its publication: not months later."""
    if posted and issued and not 0 <= (posted - issued).days <= _SOON:
        return None
    return posted


def _flat_number(paragraphs: Sequence[Paragraph]) -> str | None:
    """A 文号 between blanks near the beginning: it was a line of a head that was flattened."""
    for paragraph in paragraphs[:2]:
        if match := _BETWEEN_BLANKS.search(paragraph.text[:_FLAT_HEAD]):
            return normal_number(match[0])
    return None


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
        above = list(takewhile(_is_titled, paragraphs[:at_number]))
        if not above:
            # What stands above a title and is none of it is of the page.
            above = [*takewhile(_is_titled, reversed(paragraphs[:at_number]))][::-1]
            paragraphs, at_number = [*above, *paragraphs[at_number:]], len(above)
        # 某市人民政府文件 above the 文号 is the masthead; the title then stands below it.
        if above and names_itself(join_title(above)):
            return above, [*paragraphs[len(above) : at_number], *paragraphs[at_number + 1 :]]
    start = 0 if at_number is None else at_number + 1
    end = start
    while end < min(len(paragraphs), start + 4) and _is_titled(paragraphs[end]):
        end += 1
        if heads_collection(paragraphs[end - 1].text):
            break
    # A statute's title may be followed at once by its articles; a long first line is no title.
    if end == start and paragraphs[start:] and len(paragraphs[start].text) <= _LONGEST_TITLE:
        text = paragraphs[start].text
        named = not (read_label(text, NOTICE) or read_label(text, STATUTE) or is_enactment(text))
        end += named and "。" not in text
    return list(paragraphs[start:end]), list(paragraphs[end:])


def _is_titled(paragraph: Paragraph) -> bool:
    return not paragraph.row and is_title_line(paragraph.text)


def _under_title(
    paragraphs: list[Paragraph],
) -> tuple[list[Paragraph], date | None, tuple[str, ...]]:
    """Part off the 成文日期 that the Party's documents carry there, and the addressees."""
    text = paragraphs[0].text if paragraphs else ""
    dated = len(paragraphs) > 1 and is_day(text.strip("（）()"))
    rest, addressees = _split_addressees(paragraphs[1:] if dated else paragraphs)
    return rest, first_day(text) if dated else None, addressees


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
        parted = heads_collection(paragraphs[end - 1].text) or not _is_titled(paragraphs[end])
        if end > first and parted:
            break
        end += 1
    title = join_title(paragraphs[first:end])
    # What speaks in sentences above it is the notice that carries the text.
    carried = any("。" in p.text and not p.row for p in paragraphs[:first])
    usable = (
        not carried
        and 4 <= len(title) <= _LONGEST_TITLE
        and "。" not in title
        and not is_number_line(title)
    )
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


def _order(paragraphs: Sequence[Paragraph], lines: int, enacted: Sequence[str]) -> str | None:
    """The number of the order that a text was published by, from its head."""
    words = "".join(p.text for p in paragraphs[:lines] if not p.row)
    return order_number(words) or next(filter(None, map(order_number, enacted)), None)
