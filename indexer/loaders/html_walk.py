"""Walking a page's tree, and its text as a browser joins it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from lxml import etree

__all__ = [
    "Event",
    "collapse",
    "count",
    "events",
    "is_block",
    "opens_clause",
    "paragraphs",
    "sentences",
    "squeeze",
    "tag_of",
]

#: Tags that do not part the text around them. All others do: government systems invent their own
#: (``ucapcontent``).
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "img", "input", "ins", "kbd", "label", "mark", "meter", "nobr", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "o:p",
))  # fmt: skip
_SPACE = re.compile("[ \t\r\n\f]+")
#: The characters that carry meaning: Chinese, letters, digits.
_MEANING = re.compile("[\u3400-\u9fffA-Za-z0-9]")
_STOP = re.compile("[。；;：:！？!?，]")
_BLANK = " \t\r\n\f\u00a0\u3000\u200b\ufeff"

#: Takes what opens a clause: 第三条, 二、, （一）, 3．, 问：, 答：; refuses 3.5%.
_LABEL = re.compile(
    r"第[〇零一二三四五六七八九十百千\d]{1,9}[编章节条]|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.．、](?!\d)|[问答][：:]"
)

#: A step of the walk: an element opens or closes, or text stands in one.
Event = tuple[Literal["open", "text", "close"], etree._Element, str]


def tag_of(element: etree._Element) -> str:
    """Return the name of an element, empty for what is none."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_block(element: etree._Element) -> bool:
    """Whether an element parts the text around it."""
    return tag_of(element) not in _INLINE


def events(root: etree._Element, skipped: set[etree._Element]) -> Iterator[Event]:
    """Walk a tree without recursion; what is in ``skipped`` once it has opened is not entered."""
    todo: list[Event] = [("open", root, "")]
    while todo:
        kind, element, text = todo.pop()
        yield kind, element, text
        if kind != "open" or element in skipped:
            continue
        todo.append(("close", element, ""))
        for child in reversed(element):
            if child.tail:
                todo.append(("text", element, child.tail))
            todo.append(("open", child, ""))
        if element.text:
            todo.append(("text", element, element.text))


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’—…·"


def collapse(text: str) -> str:
    """Join the source's own line wraps as a browser does, but without blanks between Chinese.

    >>> collapse(" 第一条  为了\\n  规范 the\\n rules ")
    '第一条 为了规范 the rules'
    """
    text = text.strip(_BLANK)

    def joint(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1], text[match.end()]
        return "" if "\n" in match[0] and _is_wide(before) and _is_wide(after) else " "

    return _SPACE.sub(joint, text)


def paragraphs(root: etree._Element, skipped: set[etree._Element]) -> list[str]:
    """Return the paragraphs of an element, leaving out what is in ``skipped``."""
    texts, buffer = list[str](), list[str]()
    for kind, element, text in events(root, skipped):
        if kind == "text":
            buffer.append(text)
        elif is_block(element) and buffer:
            texts.append(collapse("".join(buffer)))
            buffer = []
    return [text for text in (*texts, collapse("".join(buffer))) if text]


def squeeze(text: str) -> str:
    """Return a text without any blank, for comparing."""
    return re.sub(r"\s+", "", text)


def opens_clause(text: str) -> bool:
    """Whether a line begins with what numbers a clause."""
    return bool(_LABEL.match(text.lstrip()))


def sentences(text: str) -> list[str]:
    """Part a text at its stops and commas, without blanks, for comparing."""
    return [part for part in _STOP.split(squeeze(text)) if part]


def count(text: str) -> int:
    """Count the characters that carry meaning."""
    return len(_MEANING.findall(text))
