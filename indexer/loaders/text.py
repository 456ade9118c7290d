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
#: Strict decoders in order; GB18030 before Big5, since nearly all mainland text is GB.
_ENCODINGS = ("utf-8", "gb18030", "big5")


def decode(content: bytes, name: str) -> str:
    """Decode bytes by byte-order mark, then by trial; raise LoadError where none fits."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise LoadError(f"无法识别文件编码 / not a text file in a known encoding: {name}")


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
