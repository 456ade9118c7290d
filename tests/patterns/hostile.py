"""Strings that are hard on a pattern, made of what the pattern itself is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

__all__ = ["hostile"]

#: A repeat of at most so many is no danger by itself.
_FEW = 8
#: What no pattern of ours looks for: it makes a match fail at its end.
_END = "\x00"
_CATEGORIES = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_DIGIT: "某",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_SPACE: "某",
    codes.CATEGORY_WORD: "某",
    codes.CATEGORY_NOT_WORD: "，",
}
#: Tried for a class that names what it does not hold.
_USUAL = "某1 ，a（\n；《①"
_MOST = 40
#: …of one repeat.
_WAYS = 6

Tree = Any


def hostile(pattern: re.Pattern[str]) -> list[tuple[str, str, str]]:
    """What comes before, what is repeated and what comes after, for a few strings."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    repeats = list(_repeats(tree, ""))
    found: dict[tuple[str, str, str], None] = {}
    alphabet = list(dict.fromkeys(_alphabet(tree)))
    for one in alphabet[:8]:
        found.setdefault(("", one, _END))
    for before, body in repeats:
        for piece in _pieces(body)[:_WAYS]:
            found.setdefault((before, piece, _END))
        if before:
            # Each of them may begin a match that runs to the end of all.
            found.setdefault(("", before, _END))
            found.setdefault(("", before[-1], _END))
    whole = _sample(tree)
    if whole and repeats:
        found.setdefault(("", whole, _END))
    for one, other in pairwise(alphabet[:5]):
        found.setdefault(("", one + other, _END))
    return list(found)[:_MOST]


def _repeats(tree: Iterable[Tree], before: str) -> Iterator[tuple[str, Tree]]:
    """Each long repeat, with the shortest text that leads to it."""
    for code, value in tree:
        if code in _REPEATS:
            _, most, body = value
            if most >= _FEW:
                yield before, body
            yield from _repeats(body, before)
        else:
            for inner in _inside(code, value):
                yield from _repeats(inner, before)
        before += _sample([(code, value)])


def _inside(code: Any, value: Any) -> list[Tree]:
    """The patterns that a part is made of."""
    if code is codes.SUBPATTERN:
        return [value[3]]
    if code is codes.BRANCH:
        return list(value[1])
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    if code is codes.ATOMIC_GROUP:
        return [value]
    return []


_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def _pieces(body: Tree) -> list[str]:
    """What a repeated body may be: of a class, a few of its characters."""
    parts = list(body)
    if len(parts) == 1 and parts[0][0] in (codes.IN, codes.ANY, codes.NOT_LITERAL):
        return _members(*parts[0])[:4]
    found = [_sample(each) for each in _ways(parts)] + [_sample(body, 2)]
    return [one for one in dict.fromkeys(found) if one]


def _ways(parts: list[Tree]) -> Iterator[list[Tree]]:
    """A pattern with each alternative of its first choice, the last ones first."""
    for at, (code, value) in enumerate(parts):
        if code is codes.SUBPATTERN and len(value[3]) == 1:
            code, value = value[3][0]
        if code is codes.BRANCH:
            for way in reversed(value[1]):
                yield [*parts[:at], *way, *parts[at + 1 :]]
            return
    yield parts


def _members(code: Any, value: Any) -> list[str]:
    """Characters that a class holds, unlike ones first."""
    test = _holds(code, value)
    named = [] if code is codes.ANY else _named(code, value)
    return [one for one in dict.fromkeys((*named, *_USUAL)) if test(one)]


def _named(code: Any, value: Any) -> list[str]:
    if code is codes.NOT_LITERAL:
        return []
    found: list[str] = []
    for kind, what in value:
        if kind is codes.LITERAL:
            found.append(chr(what))
        elif kind is codes.RANGE:
            found.append(chr(what[0]))
        elif kind is codes.CATEGORY:
            found.append(_CATEGORIES[what])
    return found


def _holds(code: Any, value: Any) -> Any:
    def test(one: str) -> bool:
        if code is codes.ANY:
            return one != "\n"
        if code is codes.NOT_LITERAL:
            return ord(one) != value
        negated = value[0][0] is codes.NEGATE
        return negated != any(_in(one, kind, what) for kind, what in value)

    return test


def _in(one: str, kind: Any, what: Any) -> bool:
    if kind is codes.LITERAL:
        return ord(one) == what
    if kind is codes.RANGE:
        return bool(what[0] <= ord(one) <= what[1])
    if kind is not codes.CATEGORY:
        return False
    tests = {
        codes.CATEGORY_DIGIT: one.isdigit(),
        codes.CATEGORY_SPACE: one.isspace(),
        codes.CATEGORY_WORD: one.isalnum(),
        codes.CATEGORY_NOT_DIGIT: not one.isdigit(),
        codes.CATEGORY_NOT_SPACE: not one.isspace(),
        codes.CATEGORY_NOT_WORD: not one.isalnum(),
    }
    return tests[what]


def _sample(tree: Iterable[Tree], times: int = 0) -> str:
    """A short text that the pattern matches, repeats at their fewest or so often."""
    text = ""
    for code, value in tree:
        if code is codes.LITERAL:
            text += chr(value)
        elif code in (codes.IN, codes.ANY, codes.NOT_LITERAL):
            text += (_members(code, value) or [""])[0]
        elif code in _REPEATS:
            text += _sample(value[2], times) * min(max(value[0], times), value[1])
        elif code is codes.BRANCH:
            text += _sample(value[1][0], times)
        elif code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
            text += "".join(_sample(inner, times) for inner in _inside(code, value))
    return text


def _alphabet(tree: Iterable[Tree]) -> Iterator[str]:
    """The characters of what is repeated."""
    for code, value in tree:
        if code in _REPEATS:
            if value[1] > _FEW:
                yield from (one for part in value[2] for one in _characters(*part))
            yield from _alphabet(value[2])
        for inner in _inside(code, value):
            yield from _alphabet(inner)


def _characters(code: Any, value: Any) -> list[str]:
    if code is codes.LITERAL:
        return [chr(value)]
    if code in (codes.IN, codes.ANY, codes.NOT_LITERAL):
        return _members(code, value)[:3]
    return []
