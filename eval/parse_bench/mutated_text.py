"""Mutations of web pages and plain texts: nesting, and lines without an end."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from eval.parse_bench.mutated_zip import DEPTH

__all__ = ["HTML_MAKERS", "TEXT_MAKERS"]

Maker = Callable[[bytes, random.Random], bytes]

_LONG = 100 << 20


def _behind_start(inner: bytes) -> Maker:
    """Put bytes into a page behind its <body>, or before all else where it has none."""

    def make(content: bytes, chance: random.Random) -> bytes:
        body = re.search(rb"<body[^>]*>", content, re.IGNORECASE)
        at = body.end() if body else 0
        return content[:at] + inner + content[at:]

    return make


def _one_line(content: bytes, chance: random.Random) -> bytes:
    line = b"".join(content.split()) or b"x"
    return line * (_LONG // len(line) + 1)


def _page_of_one_line(content: bytes, chance: random.Random) -> bytes:
    words = "为了支持企业发展，制定本办法。".encode()
    return b"<html><body><p>" + words * (_LONG // len(words)) + b"</p></body></html>"


def _nested(opening: str, closing: str, encoding: str = "utf-8") -> Maker:
    brackets = (opening * DEPTH + closing * DEPTH).encode(encoding)
    return lambda content, chance: content + b"\n" + brackets


def _repeated_line(line: str) -> Maker:
    many = (line + "\n").encode() * 100_000
    return lambda content, chance: content + b"\n" + many


HTML_MAKERS: dict[str, Maker] = {
    "tags nested 10,000 deep": _behind_start(b"<div>" * DEPTH),
    "tables nested 10,000 deep": _behind_start(b"<table><tr><td>" * DEPTH),
    "lists nested 10,000 deep": _behind_start(b"<ul><li>" * DEPTH + b"</li></ul>" * DEPTH),
    "a cell over a million columns": _behind_start(
        b"<table>" + b"<tr><td colspan=1000000 rowspan=65000>x</td></tr>" * 50 + b"</table>"
    ),
    "a tag with 100,000 attributes": _behind_start(
        b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">x</p>"
    ),
    "a comment without an end": _behind_start(b"<!--"),
    "another encoding than it says": lambda content, chance: content.decode(
        "utf-8", "replace"
    ).encode("gb18030"),
    "one line of 100 MB": _page_of_one_line,
}
TEXT_MAKERS: dict[str, Maker] = {
    "brackets nested 10,000 deep": _nested("（", "）"),
    "book title marks nested 10,000 deep": _nested("《", "》"),
    "10,000 item numbers in a line": _nested("（一）", ""),
    "100,000 empty items": _repeated_line("（一）"),
    "100,000 times the same article": _repeated_line("第一条 甲。"),
    "a numeral of 100,000 characters": lambda content, chance: (
        content + "\n第".encode() + "一百".encode() * 50_000 + "条 甲。".encode()
    ),
    "one line of 100 MB": _one_line,
    "null bytes between": lambda content, chance: b"\0".join(
        content[at : at + 1] for at in range(len(content))
    ),
}
