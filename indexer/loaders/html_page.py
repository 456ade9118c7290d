"""A page's bytes made a tree, without what a browser never shows as text."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from corpus.errors import LoadError
from indexer.loaders.text import decode

__all__ = ["decode_page", "drop", "is_hidden", "parse_page"]

#: Pages of authorities stay far below; a larger one is a dump or an attack.
_LARGEST_PAGE = 64 << 20
#: Takes ``<meta charset="gb2312">`` and ``text/html; charset=gb2312``.
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
#: Supersets: pages that call themselves gb2312 use characters of GBK and GB18030.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs"}
#: What holds no text of the page. ``form`` stays: old systems wrap the whole page in one; so does
#: ``button``, which holds the question where answers unfold.
_NEVER_TEXT = (
    "script", "style", "noscript", "template", "svg", "math", "iframe", "select", "textarea",
    "object", "canvas", "audio", "video", "map", "nav", "footer", "datalist", "xml",
)  # fmt: skip
#: Inline tags that broken pages leave open by the thousand.
_INLINE_TAGS = re.compile(r"</?(?:font|span|b|i|u|em|strong|small|big|o:p|st1:\w+)\b[^<>]*>", re.I)
#: A tag with attributes by the thousand, which the parser compares each with each.
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20})\s[^<>]{50000,}>")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNFIT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def decode_page(content: bytes, name: str) -> str:
    """Decode a page: UTF-8 where it is valid, else as the page says, else by guessing."""
    if len(content) > _LARGEST_PAGE:
        raise LoadError(f"网页过大 / the page is too large: {name}", field="file")
    stated = _stated(content)
    marked = content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in () if marked else ("utf-8", stated):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    try:
        return decode(content, name)
    except LoadError:
        text = content.decode(stated, errors="replace")
        # A damaged character or two is no reason to refuse a page that says what it is.
        if text.count("\ufffd") > len(text) / 200:
            raise
        return text


def _stated(content: bytes) -> str:
    found = _CHARSET.search(content[:8192])
    name = found[1].decode("ascii").lower() if found else "utf-8"
    try:
        return codecs.lookup(_WIDER.get(name, name)).name
    except LookupError:
        return "utf-8"


def parse_page(text: str, name: str) -> etree._Element:
    """Parse a page as browsers do; raise LoadError where it holds none or nests without end."""
    text = _LONG_TAG.sub(r"<\1>", _UNFIT.sub("", text))
    root = _parsed(text)
    if root is None:
        root = _parsed(_INLINE_TAGS.sub("", text))
    if root is None:
        raise LoadError(
            f"网页损坏或嵌套过深 / the page is damaged or too deep: {name}", field="file"
        )
    for element in list(root.iter(*_NEVER_TEXT)):
        drop(element)
    return root


def _parsed(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, etree.ParserError, ValueError):
        return None
    # Past its own depth limit the parser leaves the rest of the page out.
    broken = any(entry.level_name == "FATAL" for entry in parser.error_log)
    return None if broken else root


def drop(element: etree._Element) -> None:
    """Take an element out of its tree and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    # A character reference may stand for what a tree takes from its source but not from us.
    if tail := _UNFIT.sub("", element.tail or ""):
        before = element.getprevious()
        if before is None:
            parent.text = _UNFIT.sub("", parent.text or "") + tail
        else:
            before.tail = _UNFIT.sub("", before.tail or "") + tail
    parent.remove(element)


def is_hidden(element: etree._Element) -> bool:
    """Whether an element says of itself that it is not shown."""
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))
