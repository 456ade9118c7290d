"""Where one printed paragraph is two, and where two paragraphs are one heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.numbering import NOTICE, STATUTE, read_label
from corpus.numerals import NUMERAL
from indexer.loaders.base import Row, Style
from indexer.loaders.docx_styles import Look
from indexer.loaders.docx_text import PAGE, SOFT, Place

__all__ = ["Piece", "bare", "join_headings", "opens_with_label", "part"]

#: The end of a sentence, with the marks that may close behind it.
_ENDED = re.compile(r"[。！？；：!?;:][”’」』）)\]】]*$")
#: 2024年5月6日, 二〇二四年五月六日, （此件公开发布）, 渝府办发〔2025〕56号: lines of their own.
_ALONE = re.compile(
    r"(?:(?:19|20)\d{2}|二[〇○零]\S{2})\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日|[（(]此件[^）)]{2,12}[）)]"
    r"|\S{1,14}[〔\[［](?:19|20)\d{2}[〕\]］]\s*第?\d{1,4}\s*号"
)
# Takes 第一章, 第二节 向…, 第三分编　用益物权; refuses 第一章的规定, 第二章、第三章.
_HEADING = re.compile(
    rf"(?P<label>第\s*{NUMERAL}\s*(?:分编|[编章节]))(?![的之内中规、，。条款])[\s　]*(?P<title>.*)",
    re.S,
)
_CIRCLED = re.compile("[①-⑳⑴-⒇㊀-㊉]")
_STOPS = re.compile("[。；！？：]")
#: A line that certainly goes on: 没收、 返还…; 权利和 义务.
_OPEN_END = re.compile(r"[、，和与及或的]$")
#: Lines that stand alone under any heading.
_OWN_HEADING = re.compile(
    r"附则|附录|附件\S{0,3}|附表\S{0,3}|附[:：]?|目[录次]|序言|前言|引言|说明"
)
#: The parts into which a writer breaks a long heading are not shorter than this.
_LONG_HEADING = 14
_LONGEST_HEADING = 40
#: A paragraph that grows beyond this is a whole text, and its lines are not joined further.
_LONGEST_PARAGRAPH = 5000


@dataclass(frozen=True, slots=True)
class Piece:
    """What becomes one line. ``contents`` says that it stands in a contents page."""

    text: str
    look: Look
    place: Place
    contents: bool = False
    row: Row | None = None
    style: Style | None = None


def bare(text: str) -> str:
    """Return a text without blanks and without the page number of a contents page."""
    return re.sub(r"\s+", "", text).rstrip("0123456789").rstrip(".…·")


def opens_with_label(text: str) -> bool:
    """Tell whether a text opens with a number: 第一条, 一、, （一）, 1., ①, 第一章."""
    stripped = text.strip()
    if _HEADING.match(stripped) or _CIRCLED.match(stripped):
        return True
    return any(read_label(stripped, scheme) for scheme in (STATUTE, NOTICE))


def part(text: str) -> list[str]:
    """Part a paragraph at its breaks where another begins; join it where a line only ended.

    >>> part("第二节　没收、\\n返还财物"), part("第一条　为了规范。\\n第二条　本法所称")
    (['第二节　没收、返还财物'], ['第一条　为了规范。', '第二条　本法所称'])
    """
    parts: list[str] = []
    for page in text.split(PAGE):
        fresh = True
        for line in page.split(SOFT):
            if not line.strip():
                fresh = True
            elif fresh or _begins(parts[-1], line):
                parts.append(line)
                fresh = False
            else:
                parts[-1] = _joined(parts[-1], line)
    return parts


def join_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Join a 编, 章 or 节 whose title stands, whole or in part, in the next paragraph."""
    attested = {bare(piece.text) for piece in pieces if _HEADING.match(piece.text.strip())}
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before and _is_one_heading(before, piece, attested):
            text = _joined(before.text, piece.text, gap=_is_bare_label(before.text))
            joined[-1] = replace(before, text=text)
        else:
            joined.append(piece)
    return joined


def _begins(before: str, line: str) -> bool:
    """Whether the line behind a soft break begins a paragraph."""
    if len(before) > _LONGEST_PARAGRAPH:
        return True
    before, line = before.strip(), line.strip()
    if opens_with_label(line) or _ENDED.search(before):
        return True
    if _ALONE.fullmatch(line) or _ALONE.fullmatch(before):
        return True
    # A numbered title, and below it the sentences that it stands over.
    return opens_with_label(before) and not _OPEN_END.search(before) and bool(_STOPS.search(line))


def _is_one_heading(first: Piece, second: Piece, attested: set[str]) -> bool:
    if max(len(first.text), len(second.text)) > _LONGEST_HEADING or first.row or second.row:
        return False
    heading = _HEADING.fullmatch(first.text.strip())
    if heading is None or first.contents != second.contents:
        return False
    title, text = heading["title"], second.text.strip()
    if _STOPS.search(title) or _STOPS.search(text):
        return False
    if opens_with_label(text) or _OWN_HEADING.fullmatch(re.sub(r"\s+", "", text)):
        # 第九章 and 附则 below it may be one heading; 第九章 法律责任 and 附则 never are.
        return not title and re.sub(r"\s+", "", text) == "附则"
    if not title:
        return _alike(first.look, second.look)
    whole = bare(first.text + second.text) in attested
    cut = bool(_OPEN_END.search(title)) or len(bare(first.text)) >= _LONG_HEADING
    return whole or (cut and _set_apart(first.look, second.look))


def _alike(first: Look, second: Look) -> bool:
    """Whether two paragraphs are set in the same way."""
    return _set_apart(first, second) or (
        (first.style, first.alignment, first.indent)
        == (second.style, second.alignment, second.indent)
    )


def _set_apart(first: Look, second: Look) -> bool:
    """Whether two paragraphs are both centred, or both headings of one style."""
    if first.alignment == second.alignment == "center":
        return True
    return first.heading and second.heading and first.style == second.style


def _is_bare_label(text: str) -> bool:
    match = _HEADING.fullmatch(text.strip())
    return match is not None and not match["title"]


def _joined(first: str, second: str, gap: bool = False) -> str:
    first, second = first.rstrip(), second.lstrip()
    words = first[-1:].isascii() and second[:1].isascii() and first[-1:].isalnum()
    return first + (" " if gap or (words and second[:1].isalnum()) else "") + second
