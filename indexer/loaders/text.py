"""Plain text: UTF-8 first, then the encodings that Chinese authorities published in."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from corpus.errors import LoadError
from indexer.loaders.base import Line, Source
from indexer.loaders.markdown import read_markdown
from indexer.loaders.text_indents import with_indents

__all__ = ["decode", "load_text"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODINGS = ("gb18030", "big5hkscs", "big5")
#: Beyond this a text is a dump of data, not a document.
_LARGEST_TEXT = 64 << 20
_MOST_LINES = 1_000_000
_MARKDOWN = (".md", ".markdown")
#: So much of a text is looked at to tell its encoding.
_SAMPLE = 200_000
#: What Chinese texts are written with. UTF-16 read the wrong way round, and data that is no text,
#: are full of other scripts, and short of the common characters.
_WRITTEN = re.compile(
    "[\t\r\n\f -~\u00a0-\u00ff\u2010-\u2030\u2460-\u24ff\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
)
_MOSTLY, _LEAST_COMMON = 0.97, 0.2
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
    if b"\0" in content:
        return _unmarked(content, name)
    candidates = [t for encoding in _ENCODINGS if (t := _decoded(content, encoding)) is not None]
    if not candidates:
        raise _no_text(name)
    return max(candidates, key=_reads_as_chinese)


def _unmarked(content: bytes, name: str) -> str:
    """Decode UTF-16 without its mark: only one of the two orders of bytes reads as Chinese."""
    texts = [_decoded(content, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    best = max((text for text in texts if text and _is_written(text)), key=_commonness, default="")
    if _commonness(best) < _LEAST_COMMON:
        raise _no_text(name)
    return best


def _is_written(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_WRITTEN.findall(sample)) >= _MOSTLY * len(sample)


def _no_text(name: str) -> LoadError:
    return LoadError(f"无法识别文件编码 / not a text file in a known encoding: {name}")


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _reads_as_chinese(text: str) -> float:
    sample = text[:_SAMPLE]
    return sum(character in _COMMON for character in sample) / max(1, len(sample))


def _commonness(text: str) -> float:
    """The share of common characters among the Chinese ones, or of ASCII where there are none."""
    chinese = re.findall("[\u3400-\u9fff]", text[:_SAMPLE])
    if not chinese:
        return len(re.findall("[ -~]", text[:_SAMPLE])) / max(1, len(text[:_SAMPLE]))
    return sum(character in _COMMON for character in chinese) / len(chinese)


def load_text(path: Path) -> Source:
    """Read a text file; a form feed starts a page. Markdown loses its marks."""
    if path.stat().st_size > _LARGEST_TEXT:
        raise LoadError(f"文本过大 / the text is too large: {path.name}", field="file")
    text = decode(path.read_bytes(), path.name)
    if not text.strip():
        raise LoadError(f"文件没有文字 / the file holds no text: {path.name}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") >= _MOST_LINES:
        raise LoadError(f"行数过多 / the text has too many lines: {path.name}", field="file")
    if path.suffix.lower() in _MARKDOWN:
        return read_markdown(text.split("\n"))
    lines, page, paged = list[Line](), 1, "\f" in text
    for number, raw in enumerate(text.split("\n"), 1):
        page += raw.count("\f")
        lines.append(Line(raw.replace("\f", ""), number, page if paged else None))
    return Source(with_indents(lines))
