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
#: Parts that one sentence may hold.
_MOST_PARTS = 4


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
    for joint, shown in _JOINTS:
        if joint in text and (said := _joined(text.split(joint), joint, shown, language)):
            return said
    return _alone(text, language)


def _joined(parts: list[str], joint: str, shown: str, language: str) -> Markup | None:
    """Sentences one by one; one may hold the joint itself, and is then several parts."""
    said: list[Markup] = []
    start = 0
    while start < len(parts):
        for end in range(start + 1, min(len(parts), start + _MOST_PARTS) + 1):
            # All parts together are one sentence, not several.
            if end - start == len(parts):
                return None
            whole = joint.join(parts[start:end])
            one = _said(whole, language) if end == start + 1 else _alone(whole, language)
            if one is not None:
                said.append(one)
                start = end
                break
        else:
            return None
    return Markup(shown).join(said)


def _alone(text: str, language: str) -> Markup | None:
    """One sentence by its words or its pattern."""
    if (word := words_of(language).get(text)) is not None:
        return escape(word)
    for pattern, phrase in _patterns(language):
        if match := pattern.fullmatch(text):
            values = [_said(value, language) or _kept(value) for value in match.groups()]
            return Markup(phrase).format(*values)
    return None
