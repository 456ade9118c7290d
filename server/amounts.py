"""Amounts of a text with what they stand under: class, phase, level, limits, frequency.

对二类、三类医疗器械注册证，分别给予50万元、100万元奖励: 100万元 stands under 三类, 50万元 does not.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

__all__ = ["Amount", "Families", "amounts_of", "found_in", "members_of", "plain", "word_table"]

#: The members of each family that an amount stands under; None where the text leaves it open.
Families = Mapping[str, frozenset[str] | None]

_NUMBER = r"(?:\d+(?:\.\d+)?(?:—\d+(?:\.\d+)?)?|[零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟半]{1,24})"
_UNIT = (
    r"(?:亿|千万|百万|十万|万|千)?(?:美元|欧元|港元|元|平方米|人|户|吨|亩|家|台套?|个百分点)|[亿万]|%|‰"
    r"|m2|倍|折|成(?![果立为本员])|年|个?月|周|日|天|小时|次(?!性)|户|名|套|件|种(?=[^类])|例|床|张|公里|岁|期(?!间)|类|级"
)
_AMOUNT = re.compile(rf"(?<![\d.—第])({_NUMBER})({_UNIT})|百分之[一二三四五六七八九十百点]+")
#: What is not an amount though it looks like one: 一家, 一次, 2024年3月, a 文号.
_NO_AMOUNT = re.compile(
    r"一(?:家|个月?|种|名|次|件|套|期|级|日|天|台)$|(?:19|20)\d\d年$|^十?[一二三四五]五"
)
_DATE = re.compile(r"(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?")
_SENTENCE = re.compile(r"[^。；;！？!?]+[。；;！？!?]?")
_SEGMENT = re.compile(r"[^，,：:]+[，,：:]?")
_JOINT = re.compile(r"[、和或与]|以?及")
_LISTED = re.compile(r"[、和及与或至]|以及")


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount: its characters, where it begins, the part and the sentence it stands in.

    ``limits`` are the limits on it, ``cap`` or ``floor``; ``scope`` is the part with the one behind
    it, ``near`` what is said between the amounts before and behind, ``told`` all that the sentence
    says before. ``families`` are named in its own sentence, ``carried`` in those before.
    """

    text: str
    start: int
    limits: frozenset[str]
    segment: str
    scope: str
    sentence: str
    near: str
    told: str
    families: Families
    carried: Families

    @property
    def kind(self) -> str:
        """What it counts: 元 of 50万元, % of 3%."""
        return "元" if self.text[-1] in "万亿" else "%" if self.text[0] == "百" else self.text[-1]


@lru_cache(maxsize=1)
def word_table() -> dict[str, Any]:
    """The words of ``support.toml``, compiled: a section, a name, a pattern."""
    with (Path(__file__).parent / "support.toml").open("rb") as file:
        return _compiled(tomllib.load(file))


def _compiled(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: re.compile(value, re.IGNORECASE) if isinstance(value, str) else _compiled(value)
        for name, value in table.items()
    }


def plain(text: str) -> str:
    """A text in one form: full width and blanks gone, digits without groups, one kind of dash.

    >>> plain("１,０００ 万元，3～5年，Ⅲ期")
    '1000万元，3—5年，III期'
    """
    folded = unicodedata.normalize("NFKC", text)
    # Stops were made ASCII with the rest; the Chinese ones part a text.
    folded = re.sub(r"(?<!\d),|,(?!\d)", "，", folded).replace(";", "；").replace(":", "：")
    folded = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", re.sub(r"\s+", "", folded))
    return re.sub(r"(?<=\d)%?(?:[—–~〜～\-]+|至)(?=\d)", "—", folded)


def members_of(text: str) -> dict[str, frozenset[str]]:
    """The members of each family that a plain text names."""
    named = {
        family: frozenset(name for name, pattern in members.items() if pattern.search(text))
        for family, members in word_table()["families"].items()
    }
    return {family: members for family, members in named.items() if members}


def found_in(amount: str, text: str) -> bool:
    """Whether an amount stands in a plain text, with its unit, and not as part of a longer one."""
    before = r"\d.—" if amount[0].isdigit() else "零〇一二两三四五六七八九十百千万第点"
    return bool(re.search(rf"(?<![{before}]){re.escape(amount)}", text))


def amounts_of(text: str) -> list[Amount]:
    """Read the amounts of a plain text, each with what it stands under."""
    walk = _Walk()
    for sentence in _SENTENCE.finditer(text):
        walk.carry()
        segments = list(_SEGMENT.finditer(sentence[0]))
        for segment, after in zip_longest(segments, segments[1:]):
            scope = segment[0] + (after[0] if after else "")
            walk.segment(segment[0], sentence.start() + segment.start(), scope, sentence[0])
    return walk.amounts


class _Walk:
    """Goes through a text, remembering which members were last named in each family."""

    def __init__(self) -> None:
        self.amounts: list[Amount] = []
        self._groups: dict[str, list[str]] = {}
        self._carried: dict[str, frozenset[str]] = {}
        #: The families that an amount of the sentence stood under.
        self._used: set[str] = set()
        #: What the sentence says since its last amount, and in all.
        self._since = self._told = ""

    def carry(self) -> None:
        """Begin a sentence: what was named so far is not forgotten, but not said in it either."""
        self._since = self._told = ""
        self._used = set()
        self._carried |= {family: frozenset(group) for family, group in self._groups.items()}
        self._groups = {}

    def segment(self, text: str, start: int, scope: str, sentence: str) -> None:
        """Read one part of a sentence, up to a comma."""
        found = [m for m in _AMOUNT.finditer(_DATE.sub(_blank, text)) if _counts(m[0])]
        runs = _runs(found, text)
        self._pass_on(runs)
        at = 0
        for run, after in zip_longest(runs, runs[1:]):
            before = text[at : run[0].start()]
            at = run[-1].end()
            behind = text[at : after[0].start() if after else len(text)]
            self._name(before)
            # In 最高200万元、300万元 both are limited, and both are said of the same.
            limits = _limits(before, "before")
            near = self._since + before + "，" + behind
            self._since = ""
            self._told += before
            for number, match in enumerate(run):
                here = limits | _limits(text[match.end() : match.end() + 8], "after")
                families = {f: _chosen(g, number, len(run)) for f, g in self._groups.items()}
                place = (text, scope, sentence, near, self._told)
                self.amounts.append(
                    Amount(
                        match[0], start + match.start(), here, *place, families, dict(self._carried)
                    )
                )
        self._used = {*self._groups} if runs else self._used
        self._name(text[at:])
        self._since += text[at:]
        self._told += text[at:]

    def _pass_on(self, runs: list[list[re.Match[str]]]) -> None:
        """What amounts stood under already is not said again of those of the next part.

        But 分别按10%、20%，分别给予50万元、80万元 goes on with the same list of members.
        """
        for family in self._used & {*self._groups}:
            group = self._groups[family]
            if not any(len(run) == len(group) > 1 for run in runs):
                self._carried[family] = frozenset(self._groups.pop(family))

    def _name(self, words: str) -> None:
        """Take the members that some words name in the place of those before.

        Of each piece of an enumeration the first counts: 完成I期并进入II期 is about I期.
        """
        for family, members in word_table()["families"].items():
            group = []
            for piece in _JOINT.split(words):
                places = [
                    (m.start(), name) for name, p in members.items() if (m := p.search(piece))
                ]
                group += [min(places)[1]] if places else []
            if group:
                self._groups[family] = group


def _limits(words: str, side: str) -> frozenset[str]:
    """The limits that the words on one side of an amount set on it."""
    limits = word_table()["limits"]
    if side == "after":
        words = re.match(r"(?:\(含\)|（含）|及|\()?(.*)", words)[1]  # type: ignore[index]
        return frozenset(name for name in limits if limits[name][side].match(words))
    # What stands right behind the amount before (1000万元以上3000万元) is of that one.
    words = re.sub(r"^(?:\(含\)|及)?(?:以[上下内]|为限|封顶)", "", words)
    return frozenset(name for name in limits if limits[name][side].search(words))


def _runs(found: list[re.Match[str]], text: str) -> list[list[re.Match[str]]]:
    """The amounts by the lists that they stand in: 50万元、100万元 are one."""
    runs: list[list[re.Match[str]]] = []
    for match in found:
        last = runs[-1][-1] if runs else None
        listed = last and _LISTED.fullmatch(text[last.end() : match.start()])
        if last and listed and last[2] == match[2]:
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


def _chosen(group: list[str], number: int, count: int) -> frozenset[str] | None:
    """The members that an amount of a list stands under: all, or of as many the one in its place."""
    if count == 1 or len(set(group)) == 1:
        return frozenset(group)
    return frozenset((group[number],)) if count == len(group) else None


def _counts(amount: str) -> bool:
    """Whether it is an amount: not 一家, not a year, not a member of a family (三类)."""
    return not (_NO_AMOUNT.search(amount) or re.fullmatch(r".{1,3}[期类级]", amount))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
