"""The words that people use, and what the documents call them: data, not code."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from indexer.docnumbers import DOC_NUMBER

__all__ = ["Vocabulary", "bundled_vocabulary"]

#: Characters of a word that may be another one in another corpus.
_SHORT = 3
#: What a 文号 begins with has at most as many characters.
_ISSUER = 8
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Vocabulary:
    """Abbreviations, everyday words, level words, asking words, places, subjects and things."""

    written_out: dict[str, str]
    levels: dict[str, str]
    asking: tuple[str, ...]
    places: tuple[str, ...]
    subjects: tuple[str, ...]
    together: dict[str, tuple[str, ...]] = field(default_factory=dict)
    industries: tuple[str, ...] = ()
    kept: frozenset[str] = frozenset()
    of_the_day: tuple[str, ...] = ()
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sectors: tuple[str, ...] = ()
    things: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def known_to(self, holds: Callable[[str], bool]) -> Vocabulary:
        """Leave out what a corpus calls by the everyday word itself, and not by what it stands for.

        保费 is 实际缴纳保费 where texts say so, and stays 保费 where none does. ``holds`` tells
        whether the corpus holds a word. What it holds neither of is kept: dialect words ask.
        """
        kept = {
            word: meaning
            for word, meaning in self.written_out.items()
            if len(word) > _SHORT or any(map(holds, meaning.split())) or not holds(word)
        }
        return replace(self, written_out=kept)

    def spoken_of(self, text: str) -> str:
        """Return a text with the places added that it names together (港澳: 香港, 澳门)."""
        added = [name for word, names in self.together.items() if word in text for name in names]
        return "\n".join([text, *added])

    def called(self, word: str) -> tuple[str, ...]:
        """Return a word and its other names (公租房: 公共租赁住房, AI: 人工智能)."""
        return (word, *self.written_out.get(word, "").split(), *self.also.get(word, ()))

    def told(self, question: str, text: str) -> str:
        """Return a written-out question with, of names side by side, those that a text has.

        What has several names stands in a clause by one of them; the others say nothing of it.
        Where it has none of them, the first one stays.

        >>> bundled_vocabulary().told("公共租赁住房 公租房怎么申请", "公共租赁住房")
        '公共租赁住房怎么申请'
        """

        def kept(match: re.Match[str]) -> str:
            names = match[0].split()
            return " ".join([name for name in names if name in text] or names[:1])

        return self._side_by_side.sub(kept, question)

    def write_out(self, question: str) -> str:
        """Set what an abbreviation or everyday word stands for beside it or in its place.

        >>> bundled_vocabulary().write_out("三类证给好多")
        '三类医疗器械注册证给多少'
        """
        text = unicodedata.normalize("NFKC", question)
        if not self.written_out:
            return text

        # 残联 in 穗残联规字〔2019〕2号 is a part of a name.
        numbers = [
            (max(found.start(), found.end("issuer") - _ISSUER), found.end())
            for found in DOC_NUMBER.finditer(text)
        ]

        def replacement(match: re.Match[str]) -> str:
            meaning = self._meanings[match[0].lower()]
            if any(start <= match.start() < end for start, end in numbers):
                return match[0]
            before = text[max(0, match.start() - len(meaning) - 4) : match.start()]
            around = text[max(0, match.start() - len(meaning)) : match.end() + len(meaning)]
            # A question that already uses the full form keeps it: 改良型新药 stays as it is.
            if meaning in around or (len(meaning) > 5 and meaning[:3] in before):
                return match[0]
            shared = next((n for n in range(4, 0, -1) if before.endswith(meaning[:n])), 0)
            return meaning[shared:]

        return self._spoken.sub(replacement, text)

    def matter(self, question: str) -> str:
        """Return a question without the words that only ask, blanks in their place.

        >>> bundled_vocabulary().matter("52号文还有效吗")
        '52号文 有效 '
        """
        if not self.asking:
            return question
        kept = self.kept
        return self._asking.sub(lambda match: match[0] if match[0] in kept else " ", question)

    @cached_property
    def _meanings(self) -> dict[str, str]:
        pairs = self.written_out.items()
        return {word.lower(): unicodedata.normalize("NFKC", meaning) for word, meaning in pairs}

    @cached_property
    def _side_by_side(self) -> re.Pattern[str]:
        return _any_of({meaning for meaning in self._meanings.values() if " " in meaning})

    @cached_property
    def _spoken(self) -> re.Pattern[str]:
        return _any_of(self.written_out, re.IGNORECASE)

    @cached_property
    def _asking(self) -> re.Pattern[str]:
        # Of the words that begin at one place the longest counts: 有效 is no 有 that asks.
        return _any_of({*self.asking, *self.kept})


@lru_cache(maxsize=1)
def bundled_vocabulary() -> Vocabulary:
    """Read the vocabulary that the product ships with."""
    tables = tomllib.loads((_FOLDER / "vocabulary.toml").read_text("utf-8"))
    spoken = tomllib.loads((_FOLDER / "everyday.toml").read_text("utf-8"))
    return Vocabulary(
        spoken["everyday"] | tables["abbreviations"] | tables["everyday"],
        tables["levels"],
        tuple(tables["asking"]["words"]),
        _names("places.txt"),
        _names("subjects.txt", "industries.txt"),
        {word: tuple(names) for word, names in tables["together"].items()},
        _names("industries.txt"),
        frozenset(tables["asking"]["kept"]),
        tuple(tables["of_the_day"]["words"]),
        {word: tuple(names) for word, names in tables["also"].items()},
        _names("industries.txt", "sectors.txt"),
        _things("things.txt"),
    )


def _any_of(words: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))), flags)


def _things(file: str) -> dict[str, tuple[str, ...]]:
    """Every name of a thing with all its names, the longest first."""
    lines = (_FOLDER / file).read_text("utf-8").splitlines()
    groups = (tuple(line.split("=")) for line in lines if line and not line.startswith("#"))
    named = {name: group for group in groups for name in group}
    return {name: named[name] for name in sorted(named, key=lambda name: (-len(name), name))}


def _names(*files: str) -> tuple[str, ...]:
    lines = [line for f in files for line in (_FOLDER / f).read_text("utf-8").splitlines()]
    names = {name for line in lines if not line.startswith("#") for name in line.split()}
    # The longest first: 新能源汽车 is one subject, not 汽车.
    return tuple(sorted(names, key=lambda name: (-len(name), name)))
