"""Part what an extraction ran together on one line: the head of a document, its numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.numbering import NOTICE, STATUTE, read_label
from corpus.numerals import NUMERAL
from indexer.clean import FLAT_LINES, Paragraph
from indexer.docnumbers import YEAR_NUMBER

__all__ = ["part_glued", "part_run_on", "split_inline"]

_CN = "[一二三四五六七八九十]{1,3}"
#: Labels inside a run-on line: after the end of a sentence or after a blank.
_INLINE = re.compile(
    rf"(?<=[。；！？\s])(?:{_CN}、(?=[^、，。]{{2}})|[（(]{_CN}[）)](?=[\u4e00-\u9fff“])"
    r"|\d{1,2}[．.、](?=[\u4e00-\u9fff“]))"
    rf"|(?<=\w)[（(]{_CN}[）)](?=[\u4e00-\u9fff“]{{4,30}}。)"
)

_NUMBER = rf"[\u4e00-\u9fff]{{1,14}}?\s*{YEAR_NUMBER.pattern}"
_DATE = r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
_CUTS = (
    re.compile(r"发布(?:日期|时间)[:：]\s*\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?"),
    # 渝府办〔2021〕17号 right behind the title that it numbers.
    re.compile(rf"(?<=通知|决定|意见|办法|措施|公告|批复){_NUMBER}(?!）)"),
    re.compile(rf"(?<=。)[^。《》，]{{4,30}}?(?={_DATE}[（(]此件)"),
    re.compile(rf"{_DATE}(?=[（(]此件)"),
    re.compile(r"[（(]此件[^）)]{2,12}[）)]"),
)
#: Characters in a line that is certainly several lines of the source.
_FLAT = 150
_LONGEST_TITLE = 80
_LINE_END = re.compile(
    r"(?<=[。！？；])\s++|(?<=[^一二三四五六七八九十\d][)）])\s++(?=以上|上述|本)"
    r"|(?<!\s)\s++(?=联系(?:人|电话|方式)[：:]|电子邮箱[：:])|(?<!\s)\s++(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|第[一二三四五六七八九十百]{1,5}[条章]|\d{1,2}[．、]|\d{1,2}\.(?!\d))"
)
_CARRIED = re.compile(r"印发《?(?P<title>[^《》]{6,60}?)》?的通知")
_NOTICE = re.compile(
    r"《[^》]{1,200}》已经(?:(?!印发给你们|遵照执行|贯彻执行)[^。]){0,300}(?:印发给你们|遵照执行|贯彻执行)[^。]{0,300}+。"
)


# Takes 第三章工会经费支出第六条基层工会…: a heading with its first article on the same line;
# refuses 第二章第六条的规定 and a sentence that names a chapter.
_HEADED = re.compile(
    rf"(?P<heading>第{NUMERAL}[编章节]\s*+[^第，。；：]{{2,24}}?)\s*+(?P<article>第{NUMERAL}条(?![第、和及或与至的规]).{{6,}})"
)
_LEAD = re.compile(r"(?P<lead>.{4,}[：:])\s*(?P<first>(?:[（(]一[）)]|1[．.、]).{2,})", re.DOTALL)


#: The words of a heading: a few, and no sentence.
_WORDS = re.compile(r"[^。；，：！？]{2,30}")


def part_glued(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Part a heading from its first article, and a lead from its first item, on the same line.

    A first item is parted from its lead only where the second opens the next paragraph. A
    heading whose words stand on the next line (第一部分 / 市级政策) is put together.
    """
    paragraphs = _with_their_words(paragraphs)
    parts: list[Paragraph] = []
    for paragraph, below in zip(paragraphs, [*paragraphs[1:], None], strict=True):
        if paragraph.row is None and (match := _HEADED.fullmatch(paragraph.text)):
            parts.append(replace(paragraph, text=match["heading"]))
            paragraph = replace(paragraph, text=match["article"])
        match = None if paragraph.row else _LEAD.fullmatch(paragraph.text)
        if match and below and not below.row and _is_second(match["first"], below.text):
            parts += (
                replace(paragraph, text=match["lead"]),
                replace(paragraph, text=match["first"]),
            )
        else:
            parts.append(paragraph)
    return tuple(parts)


def _with_their_words(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    joined: list[Paragraph] = []
    for paragraph in paragraphs:
        above = joined[-1] if joined else None
        label = read_label(above.text, NOTICE) if above and not above.row else None
        bare = label is not None and label.is_heading and not label.rest
        words = not paragraph.row and _WORDS.fullmatch(paragraph.text)
        if above and bare and words and not read_label(paragraph.text, STATUTE):
            joined[-1] = replace(above, text=f"{above.text.strip()} {paragraph.text}")
        else:
            joined.append(paragraph)
    return joined


def _is_second(first: str, below: str) -> bool:
    labels = read_label(first, NOTICE), read_label(below, NOTICE)
    return bool(
        labels[0] and labels[1] and labels[0].rank == labels[1].rank and labels[1].number == 2
    )


def part_run_on(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Set title, 文号, date, signature and carried title on lines of their own, each once.

    Text behind a repeated title starts afresh: it is marked as standing under no number.
    """
    paragraphs = _unflattened(paragraphs)
    if not any(len(p.text) > 200 and _CUTS[1].search(p.text) for p in paragraphs):
        return tuple(paragraphs)
    carried = next((m["title"] for p in paragraphs if (m := _CARRIED.search(p.text))), None)
    parts: list[Paragraph] = []
    seen: set[str] = set()
    for paragraph in paragraphs:
        for text, fresh in _parts(paragraph.text, carried):
            if text in seen:
                continue
            if len(text) < 100 or _NOTICE.fullmatch(text):
                seen.add(text)
            parts.append(replace(paragraph, text=text, resets="sec" if fresh else None))
    return tuple(parts)


def _unflattened(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Part a text that was flattened to one line: blanks then stand where its lines ended.

    Only a blank behind a full stop, before a number, between a unit in charge and what is said of
    the whole document (本措施自…), or behind a title at the very start is trusted.
    """
    if len(paragraphs) > FLAT_LINES or not any(len(p.text) > _FLAT for p in paragraphs):
        return list(paragraphs)
    parts: list[Paragraph] = []
    for paragraph in paragraphs:
        title, blank, rest = paragraph.text.partition(" ")
        first = (
            blank and not parts and len(title) <= _LONGEST_TITLE and not re.search("[。；]", title)
        )
        texts = [title, *_LINE_END.split(rest)] if first else _LINE_END.split(paragraph.text)
        parts += (replace(paragraph, text=text) for text in texts if text.strip())
    return parts


def _parts(text: str, carried: str | None) -> list[tuple[str, bool]]:
    for cut in _CUTS:
        text = cut.sub(lambda match: f"\n{match[0]}\n", text)
    text = re.sub(r"(?<=：)(?=《[^》]+》已经)", "\n", text)
    text = _NOTICE.sub(lambda match: f"{match[0]}\n", text)
    parts: list[tuple[str, bool]] = []
    for part in filter(None, (part.strip() for part in text.split("\n"))):
        if carried and part.startswith(carried) and len(part) > len(carried):
            parts += [(carried, False), (part[len(carried) :], True)]
        else:
            parts.append((part, False))
    return parts


def split_inline(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Part run-on lines before each number inside them; leave ordinary text alone."""
    inside = sum(len(_INLINE.findall(p.text)) for p in paragraphs)
    at_start = sum(read_label(p.text, NOTICE) is not None for p in paragraphs)
    if sum(_is_article(p.text) for p in paragraphs) >= 2:
        return tuple(paragraphs)
    if inside < 5 or inside < 2 * at_start:
        return tuple(paragraphs)
    parts: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.row:
            parts.append(paragraph)
            continue
        cuts = [0, *(m.start() for m in _INLINE.finditer(paragraph.text)), len(paragraph.text)]
        texts = [paragraph.text[a:b].strip() for a, b in pairwise(cuts)]
        first, *rest = [text for text in texts if text]
        parts.append(replace(paragraph, text=first))
        parts += (replace(paragraph, text=text, resets=None) for text in rest)
    return tuple(parts)


def _is_article(text: str) -> bool:
    label = read_label(text, STATUTE)
    return label is not None and label.rank == "art"
