"""Sentences of the server with values in them, put into English for a page; values stay as they are.

A phrase has places for values: ``{}`` any words, ``{#}`` a figure with its unit, ``{@}`` a day,
``{=}`` a line of arithmetic, ``{!}`` a sentence that is a phrase or a figure itself. The page's
script knows the same phrases by ``patterns``.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from server.language import LANGUAGES, words_of

__all__ = ["patterns", "phrased", "put", "recognised", "spoken"]

_PHRASES = Path(__file__).with_name("phrases.toml")
_CHINESE = re.compile("[\u3007\u4e00-\u9fff]")
#: What joins sentences, and how English joins them.
_JOINTS = (("；", "; "), ("，", ", "), ("、", ", "))
#: A longer text is a clause, not a sentence of ours.
_LONGEST = 1500
#: Parts that one sentence may hold.
_MOST_PARTS = 4
_PLACE = re.compile(r"\{[#@=!]?\}")
_FIGURE = r"[(−-]?[0-9][^\s，。；：“”（）]*"
_LINE = rf"{_FIGURE}(?: [×÷+−=≈] {_FIGURE})+"
#: What a place holds, in words that Python and JavaScript read alike.
_HOLDS = {
    "{}": "(.+?)",
    "{#}": f"({_FIGURE}?)",
    "{@}": "([0-9]{4}-[0-9]{2}-[0-9]{2})",
    "{=}": f"({_LINE}?)",
    "{!}": "(.+?)",
}
#: A sentence without words of ours that needs no translation: figures, arithmetic.
_BARE = re.compile(rf"{_FIGURE}|{_LINE}")
Pattern = tuple[str, str, tuple[int, ...]]


def patterns(language: str) -> dict[str, Any]:
    """What the page's script needs to put sentences into a language; empty where it needs nothing."""
    found = _patterns(language)
    if not found:
        return {}
    return {
        "patterns": found,
        "joints": _JOINTS,
        "bare": _BARE.pattern,
        "longest": _LONGEST,
        "most_parts": _MOST_PARTS,
    }


@lru_cache(maxsize=4)
def _patterns(language: str) -> tuple[Pattern, ...]:
    """The phrases of a language, those that say most of themselves first.

    Each as the source of an expression, what it becomes, and the places that must hold a sentence
    of ours.
    """
    tables: dict[str, dict[str, str]] = tomllib.loads(_PHRASES.read_text("utf-8"))
    table = tables.get(language, {})
    found = []
    for text in sorted(table, key=lambda text: -len(_PLACE.sub("", text))):
        places = _PLACE.findall(text)
        between = [re.escape(words) for words in _PLACE.split(text)]
        source = between[0] + "".join(
            _HOLDS[place] + words for place, words in zip(places, between[1:], strict=True)
        )
        ours = tuple(n for n, place in enumerate(places) if place == "{!}")
        found.append((source, table[text], ours))
    return tuple(found)


@lru_cache(maxsize=4)
def _compiled(language: str) -> tuple[tuple[re.Pattern[str], str, tuple[int, ...]], ...]:
    return tuple((re.compile(s, re.DOTALL), shown, ours) for s, shown, ours in _patterns(language))


def phrased(text: str, language: str) -> Markup:
    """Return a sentence of the server in a language; what is not known stays, marked as Chinese.

    >>> print(phrased("您填的是重庆高新区", "en"))
    you said <span lang="zh-CN">重庆高新区</span>
    >>> print(phrased("条文 <b>", "zh"))
    条文 &lt;b&gt;
    """
    if language == "zh":
        return escape(text)
    return recognised(text, language) or _kept(text)


def spoken(text: str, language: str) -> Markup:
    """The same amid words of clauses: what is put into English says so, the rest is Chinese.

    >>> print(spoken("没有应扣除的其他补助", "en"))
    <span lang="en">no other support to be deducted</span>
    >>> print(spoken("条文的话", "en"))
    条文的话
    """
    said = None if language == "zh" else recognised(text, language)
    if said is None:
        return escape(text)
    return Markup('<span lang="{}">{}</span>').format(LANGUAGES[language], said)


def put(language: str, text: str, *values: str) -> Markup:
    """Words of ours with values, where it is known which are which.

    >>> print(put("en", "另加{}：{}", "50万元", "首次获批"))
    plus <span lang="zh-CN">50万元</span>: <span lang="zh-CN">首次获批</span>
    """
    if language == "zh":
        return escape(text.format(*values))
    return Markup(words_of(language).get(text, text)).format(*map(_kept, values))


def _kept(text: str) -> Markup:
    if not _CHINESE.search(text):
        return escape(text)
    return Markup('<span lang="zh-CN">{}</span>').format(text)


def recognised(text: str, language: str) -> Markup | None:
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
            one = recognised(whole, language) if end == start + 1 else _alone(whole, language)
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
    for pattern, phrase, ours in _compiled(language):
        if match := pattern.fullmatch(text):
            said = [recognised(value, language) for value in match.groups()]
            if all(said[n] is not None or _BARE.fullmatch(match[n + 1]) for n in ours):
                values = zip(said, match.groups(), strict=True)
                return Markup(phrase).format(*(s if s is not None else _kept(v) for s, v in values))
    return None
