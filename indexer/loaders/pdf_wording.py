"""What words tell of lines: where a sentence ends, a label begins, and the next word would fit."""

from __future__ import annotations

import re

from corpus.numbering import DECIMAL, NOTICE, STATUTE, read_label
from indexer.loaders.pdf_lines import Printed

__all__ = [
    "counts_on", "ends_sentence", "has_label", "is_field", "is_leader", "is_open", "is_signature", "joined", "room_for", "width_of",
]  # fmt: skip

#: Ends of sentences, also behind closing marks: 。” ；）
_END = re.compile(r"[。！？；：!?;:][”’）)』」》]*$|^.*[。；）)]$")
#: What cannot be parted at a line's end: a run of Latin letters or digits, or a character with
#: the closing marks that must not start a line; opening marks stay with what follows.
_WORD = re.compile(r"[“‘（《〔【(]*(?:[A-Za-z0-9%./:-]+|.)[、，。；：！？）》”’〕】):;,]*")
_FIELD = re.compile(r"\s*[^，。；“”《》]{1,8}[：:]")
#: A note in brackets under a title lists each amendment of a law; it is not longer than this.
_LONGEST_NOTE = 1_500
#: A line of a contents page: 第一章 总则……1, 二、目标 ... 12
_LEADER = re.compile(r"(?:[.…·．‥⋯]\s*+){3}[\s—–-]*+[\dIVXivx]{0,4}+[\s—–-]*+$")
#: A date standing alone, or the number of a document: each a line of its own.
_ALONE = re.compile(
    r"(?:[12]\d{3}|[一二][〇○零一二三四五六七八九]{3})\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日"
    r"|\S{2,16}[〔\[［﹝(（]\s*\d{4}\s*[〕\]］﹞)）]\s*(?:第\s*)?\d+\s*号"
)
#: Room left on a line beyond what the next word needs, in parts of the size: justified lines are
#: set a little closer, and a mark at the end may be cut to half its width.
_SPARE = 0.75


def ends_sentence(text: str) -> bool:
    """Whether a line may end a paragraph.

    >>> [ends_sentence(t) for t in ("施行。", "如下：", "（试行）", "工作，", "总则")]
    [True, True, True, False, False]
    """
    return bool(_END.search(text.rstrip()))


def has_label(text: str) -> bool:
    """Whether a line begins with a number of any scheme."""
    words = text.strip()
    if any(read_label(words, scheme) for scheme in (STATUTE, NOTICE)):
        return True
    decimal = read_label(words, DECIMAL)
    # A bare number before a blank is as often an amount: 5 天（含往返）
    return decimal is not None and "." in decimal.marker


def counts_on(before: str, text: str) -> bool:
    """Whether a line begins with the number behind that of the paragraph before.

    >>> counts_on("（一）甲；", "（二）乙；"), counts_on("第一条 依照", "第二条的规定")
    (True, False)
    """
    for scheme in (STATUTE, NOTICE):
        one, other = read_label(before.strip(), scheme), read_label(text.strip(), scheme)
        if one and other and one.rank == other.rank and other.number == one.number + 1:
            return True
    return False


def is_field(text: str) -> bool:
    """Whether a line is a field of a card: 成文日期：2026年02月08日"""
    return bool(_FIELD.match(text))


def is_open(text: str) -> bool:
    """Whether a round bracket is left open, and no sentence has ended since.

    >>> [is_open(t) for t in ("（2025年《关于》通过", "《办法》（试行）", "一）培训费", "（甲。乙。")]
    [True, False, False, False]
    """
    depth = 0
    for char in reversed(text[-_LONGEST_NOTE:]):
        if char in "。；" and depth <= 0:
            return False
        depth += (char in "）)") - (char in "（(")
        if depth < 0:
            return True
    return False


def is_leader(text: str) -> bool:
    """Whether a line of a contents page leads to a page number."""
    return bool(_LEADER.search(text))


def is_signature(text: str) -> bool:
    """Whether a line is a date or a document number, which is never part of a longer line."""
    return bool(_ALONE.fullmatch(text.strip()))


def joined(text: str, more: str, between: str = "") -> str:
    """Join lines; Latin words that a line end parted get their blank back."""
    if not between and text[-1:].isascii() and more[:1].isascii():
        between = " " if text[-1:].isalnum() and more[:1].isalnum() else ""
    return text + between + more


def width_of(line: Printed) -> float:
    """Return how wide a line is on its page."""
    return line.right - line.left


def room_for(line: Printed, room: float) -> bool:
    """Whether the first word of a line would have fitted into the room left on the one before."""
    word = _WORD.match(line.text.strip())
    columns = sum(1.0 if ord(char) > 0x2000 else 0.55 for char in word[0]) if word else 1.0
    return room > (columns + _SPARE) * line.size
