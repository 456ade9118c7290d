"""The marks inside a line of Markdown: emphasis, links, code, tags."""

from __future__ import annotations

import re

__all__ = ["plain"]

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)(.+?)(?<!`)\1(?!`)")
_IMAGE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()\s]{1,2000}(?:\s+\"[^\"]*\")?\)")
#: Takes [办法](https://…), [办法](./a.md), [见第三条](#3); refuses 渝府[2020](试行), [2024](1)号.
_LINK = re.compile(
    r"\[([^\[\]]{1,500})\]\(<?(?:[a-z]{2,10}:|//?|#|\.{1,2}/|[^()\s]{1,300}\.[a-z]{2,5}(?=[)>#?\s]))"
    r"[^()\s]{0,2000}(?:\s+\"[^\"]{0,200}\")?\)",
    re.IGNORECASE,
)
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|big|center|div|em|font|i|img|p|small|span|strong|sub|sup|u)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
#: Pairs on one line; ____年__月 and 3*4*5 are none, nor are underscores inside words.
_EMPHASIS = (
    re.compile(r"\*\*\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*\*\*"),
    re.compile(r"\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*(?!\*)"),
    re.compile(r"(?<!\w)__(?=[^\s_])([^_]+?)(?<=[^\s_])__(?!\w)"),
    re.compile(r"~~(?=[^\s~])([^~]+?)(?<=[^\s~])~~"),
    re.compile(
        r"(?:(?<=[\u4e00-\u9fff])(?=\*\w)|(?<![\w*]))\*(?=[^\s*])([^*]+?)(?<=[^\s*])"
        r"(?:\*(?![\w*])|(?<=\w)\*(?=[\u4e00-\u9fff]))"
    ),
    re.compile(r"(?<!\w)_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?!\w)"),
)
#: A longer line holds data; looking for pairs in it would take too long.
_LONGEST_LINE = 20_000


def plain(text: str) -> str:
    """Return the words of a line without its marks.

    >>> plain("**第三条** 见[《办法》](https://a.cn/b)，每户 2*3 间。")
    '第三条 见《办法》，每户 2*3 间。'
    """
    if len(text) > _LONGEST_LINE:
        return text
    # An escaped mark waits as a character that no text can hold.
    text = _ESCAPE.sub(lambda match: chr(0xDC00 + ord(match[1])), text)
    for pattern, words in ((_IMAGE, ""), (_LINK, r"\1"), (_AUTOLINK, r"\1"), (_CODE, r"\2")):
        text = pattern.sub(words, text)
    text = _TAG.sub("", _BREAK.sub("\n", text.rstrip()).strip("\n") if "<" in text else text)
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\1", text)
    return "".join(chr(ord(c) - 0xDC00) if "\udc00" <= c <= "\udc7f" else c for c in text)
