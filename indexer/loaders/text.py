"""Plain text: UTF-8 first, then the encodings that Chinese authorities published in."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import LoadError
from indexer.loaders.base import Line

__all__ = ["decode", "load_text"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODINGS = ("gb18030", "big5")
#: The commonest characters of Chinese text, simplified and traditional, and its punctuation. Most
#: byte strings decode as both GB18030 and Big5; only one of the two reads as Chinese.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经十三之进等部度家电力如化高自二理起小物现实加量都两体制机当"
    "使点从业本性应开合还因由其些前外天政四日社平形相全表间与关各重新内数正条规办第本实施以下简"
    "這個為來時們對會發動說產種後學經進電現實兩體製機當應開與關規辦條應國書長東車門問見無業華"
    "，。、；：（）《》"
)


def decode(content: bytes, name: str) -> str:
    """Decode bytes by byte-order mark, as UTF-8, or by which old encoding reads as Chinese.

    Raises LoadError where none fits.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if (text := _decoded(content, "utf-8")) is not None:
        return text
    candidates = [t for encoding in _ENCODINGS if (t := _decoded(content, encoding)) is not None]
    if not candidates:
        raise LoadError(f"无法识别文件编码 / not a text file in a known encoding: {name}")
    return max(candidates, key=_reads_as_chinese)


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _reads_as_chinese(text: str) -> float:
    return sum(character in _COMMON for character in text) / max(1, len(text))


def load_text(path: Path) -> Sequence[Line]:
    """Read a text file; a form feed starts a page."""
    text = decode(path.read_bytes(), path.name)
    if not text.strip():
        raise LoadError(f"文件没有文字 / the file holds no text: {path.name}")
    lines, page, paged = [], 1, "\f" in text
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        page += raw.count("\f")
        lines.append(Line(raw.replace("\f", ""), number, page if paged else None))
    return lines
