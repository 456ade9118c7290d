"""Sentences of the server with values in them, put into English for a page; values stay as they are."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup, escape

from server.language import words_of

__all__ = ["phrased"]

_PHRASES = Path(__file__).with_name("phrases.toml")
_CHINESE = re.compile("[\u3007\u4e00-\u9fff]")
#: What joins sentences, and how English joins them.
_JOINTS = (("；", "; "), ("，", ", "))
#: A longer text is a clause, not a sentence of ours.
_LONGEST = 1500


@lru_cache(maxsize=4)
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The phrases of a language as patterns, those that say most of themselves first."""
    tables: dict[str, dict[str, str]] = tomllib.loads(_PHRASES.read_text("utf-8"))
    table = tables.get(language, {})
    found = []
    for text in sorted(table, key=lambda text: -len(text.replace("{}", ""))):
        pattern = "(.+?)".join(map(re.escape, text.split("{}")))
        found.append((re.compile(pattern, re.DOTALL), table[text]))
    return tuple(found)


def phrased(text: str, language: str) -> Markup:
    """Return a sentence of the server in a language; what is not known stays, marked as Chinese.

    >>> print(phrased("您填的是重庆高新区", "en"))
    you said <span lang="zh-CN">重庆高新区</span>
    >>> print(phrased("条文 <b>", "zh"))
    条文 &lt;b&gt;
    """
    if language == "zh":
        return escape(text)
    return _said(text, language) or _kept(text)


def _kept(text: str) -> Markup:
    if not _CHINESE.search(text):
        return escape(text)
    return Markup('<span lang="zh-CN">{}</span>').format(text)


def _said(text: str, language: str) -> Markup | None:
    """A text in the language, None where it is not ours."""
    if len(text) > _LONGEST:
        return None
    if (word := words_of(language).get(text)) is not None:
        return escape(word)
    for joint, shown in _JOINTS:
        parts = text.split(joint)
        if len(parts) > 1:
            said = [_said(part, language) for part in parts]
            if all(part is not None for part in said):
                return Markup(shown).join(part for part in said if part is not None)
    for pattern, phrase in _patterns(language):
        if match := pattern.fullmatch(text):
            values = [_said(value, language) or _kept(value) for value in match.groups()]
            return Markup(phrase).format(*values)
    return None
