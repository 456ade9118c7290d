"""Part what an extraction ran together on one line: the head of a document, its numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.numbering import NOTICE, STATUTE, read_label
from indexer.clean import Paragraph
from indexer.headmatter import YEAR_NUMBER

__all__ = ["part_run_on", "split_inline"]

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
    r"(?<=[。！？；])\s+|\s+(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|第[一二三四五六七八九十百]{1,5}[条章]|\d{1,2}[．、]|\d{1,2}\.(?!\d))"
)
_CARRIED = re.compile(r"印发《?(?P<title>[^《》]{6,60}?)》?的通知")
_NOTICE = re.compile(r"《[^》]+》已经[^。]*(?:印发给你们|遵照执行|贯彻执行)[^。]*。")


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

    Only a blank behind a full stop, before a number, or behind a title at the very start is
    trusted.
    """
    if len(paragraphs) > 3 or not any(len(p.text) > _FLAT for p in paragraphs):
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
        cuts = [0, *(m.start() for m in _INLINE.finditer(paragraph.text)), len(paragraph.text)]
        texts = [paragraph.text[a:b].strip() for a, b in pairwise(cuts)]
        first, *rest = [text for text in texts if text]
        parts.append(replace(paragraph, text=first))
        parts += (replace(paragraph, text=text, resets=None) for text in rest)
    return tuple(parts)


def _is_article(text: str) -> bool:
    label = read_label(text, STATUTE)
    return label is not None and label.rank == "art"
