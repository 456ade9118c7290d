"""Put right what a question misspells: traditional characters, homophones, pinyin typed as it is.

A character is suspicious that makes no pair with its neighbours which a clause or the language
knows. Another that sounds alike was meant if it makes a word of the language that clauses hold
(役苗 → 疫苗, 坪估 → 评估), and if the question then falls into fewer words than before: 多长时间 does
not become 多暂时间, since 时间 is a word already.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import add

from opencc import OpenCC

from indexer.lexical import LexicalIndex

__all__ = ["Speller", "is_word", "sounds_like"]

_NUMBER = r"[\u4e00-\u9fff]{1,12}[〔\[［【(（]?\d{4}[〕\]］】)）]?\s*\d*\s*号?"
_HAN = re.compile(r"[\u4e00-\u9fff]+")
#: A syllable typed in Latin letters before or behind Chinese: ju民医保.
_SYLLABLE = re.compile(
    r"(?<![A-Za-z])[a-z]{1,6}(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[a-z]{1,6}(?![A-Za-z])"
)
#: Sounds that many speakers do not tell apart.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("hu", "f"))
#: Words of one character that only join others: no misspelling, and nobody misspells them so that
#: a search would miss anything.
_JOINING = frozenset(
    "的地得了着过是在有和与及或就都也还要能给里到个这那哪谁啥咋何写我你您他她它们不没去来说讲吗呢吧啊哦嘛么"
    "把被让叫从对向往于以之其所而但又再很太更最多少几每"
)
#: Characters that stand beside any other: what is odd about them is no misspelling.
_ALONE = _JOINING | frozenset(
    "各上中下前后内外间时年月日号天次家位名项条"
    "租返减免退缓抵扣缴借垫招雇裁"
    "种类级第一二三四五六七八九十百千万亿两半元块钱奖补罚赔交领拿报批办搞做想请问算看用管市省区县"
)
#: A word that is corrected to must be said by so many clauses, in each of its pairs.
_LEAST = 2
#: By so many, where the word would take in a character that stands well alone (吃有 → 持有).
_OFTEN = 8
#: Characters of the longest word that is looked for.
_LONGEST = 6


class Speller:
    """Corrects questions against the words of one index.

    ``names`` are left as they are, ``words`` are known beside those of the language, and
    ``spoken`` are words that mean something to the search though no clause says them (公租房).
    """

    def __init__(
        self,
        lexical: LexicalIndex,
        names: Sequence[str] = (),
        words: Iterable[str] = (),
        spoken: Iterable[str] = (),
    ) -> None:
        self._lexical, self._own = lexical, frozenset(words)
        # Only words: 怎么罚 would be found in 怎么划.
        self._spoken = _words() & frozenset(word for word in spoken if len(word) > 2)
        self._in_spoken = frozenset("".join(self._spoken))
        # 文号 and places are spelt as they are, whether or not a clause holds them.
        self._kept = re.compile("|".join([_NUMBER, *map(re.escape, names)]))
        self._simplified, self._mainland = OpenCC("t2s"), OpenCC("tw2sp")

    def correct(self, question: str) -> str:
        """Return a question in simplified characters, what was misspelt put right."""
        text = self._simplified.convert(question)
        if text != question:
            # Who writes traditional characters may use other words too: 軟體 for 软件.
            text = self._mainland.convert(question)
        text = _SYLLABLE.sub(lambda match: self._spelt(match, text), text)
        parts, place = [], 0
        for match in [*self._kept.finditer(text), None]:
            end = match.start() if match else len(text)
            parts.append(_HAN.sub(lambda run: self._heard(run[0]), text[place:end]))
            if match:
                parts.append(match[0])
                place = match.end()
        return "".join(parts)

    def _spelt(self, match: re.Match[str], text: str) -> str:
        """The character that a typed syllable stands for, where one fits."""
        run = f"{text[: match.start()]} {text[match.end() :]}"
        place, candidates = match.start(), _alike(match[0])
        return (
            self._meant(run, place, candidates) or self._fitting(run, place, candidates) or match[0]
        )

    def _fitting(self, run: str, place: int, candidates: str) -> str | None:
        """The candidate that clauses say most beside its neighbours, if they say it with each.

        A syllable is no word as it stands, so that pairs are enough: 创新yao → 创新药.
        """
        said = {
            character: min(map(self._lexical.frequency, pairs))
            for character in candidates
            if character not in _JOINING
            and (pairs := self._pairs(run[:place] + character + run[place + 1 :], place))
        }
        best = max(said, key=said.__getitem__, default=None)
        return best if best and said[best] >= _LEAST else None

    @staticmethod
    def _pairs(run: str, place: int) -> list[str]:
        """A character with its neighbours, those aside that stand beside any."""
        around = (run[place - 1 : place + 1], run[place : place + 2])
        return [
            pair
            for pair, other in zip(around, (0, 1), strict=True)
            if len(pair) == 2 and _HAN.fullmatch(pair) and pair[other] not in _ALONE
        ]

    def _heard(self, run: str) -> str:
        """A run of characters with those replaced that fit nowhere and sound like one that does."""
        for place, character in enumerate(run):
            # A character of a dialect (唔, 嚟) is meant: no keyboard offers it for another.
            if character in _ALONE or not _is_common(character):
                continue
            pairs = (run[place - 1 : place + 1], run[place : place + 2])
            if len(run) > 1 and not any(map(self._is_known, pairs)):
                meant = self._meant(run, place, _alike(_sound(character)))
                run = run[:place] + (meant or character) + run[place + 1 :]
        return run

    def _is_known(self, pair: str) -> bool:
        return len(pair) > 1 and (pair in _usual() or self._lexical.frequency(pair) > 0)

    def _meant(self, run: str, place: int, candidates: str) -> str | None:
        """The candidate with which a run falls into the fewest words, and less than it does.

        Of several, the one whose word the most clauses say.
        """
        start = max(0, place - _LONGEST + 1)
        before, after = run[start:place], run[place + 1 : place + _LONGEST]
        best, most = None, (0, 0)
        whole = self._count(before + run[place] + after)
        for character in candidates:
            if character in _JOINING or not self._fits(before[-1:], character, after[:1]):
                continue
            around = before + character + after
            said = self._said(around, len(before))
            fewer = whole - self._count(around) if said else 0
            if fewer > 0 and (fewer, said) > most:
                best, most = character, (fewer, said)
        return best

    def _fits(self, before: str, character: str, after: str) -> bool:
        """Whether a word that clauses say may hold a character here: they must say a pair of it."""
        if character in self._in_spoken:
            return True
        frequency = self._lexical.frequency
        return frequency(before + character) >= _LEAST or frequency(character + after) >= _LEAST

    def _said(self, text: str, place: int) -> int:
        """How many clauses say a word around a place, at the best; 0 where they hardly do."""
        spans = (
            (first, end)
            for first in range(max(0, place - _LONGEST + 1), place + 1)
            for end in range(max(place + 1, first + 2), min(len(text), first + _LONGEST) + 1)
        )
        return max((self._known(text[a:b], place - a) for a, b in spans), default=0)

    def _known(self, word: str, place: int) -> int:
        """How many clauses say a word, if enough do."""
        if not self._is_word(word):
            return 0
        said = min(self._lexical.frequency(word[i : i + 2]) for i in range(len(word) - 1))
        if word in self._spoken:
            return max(said, _LEAST)
        loose = len(word) == 2 and word[1 - place] in _ALONE
        return said if said >= (_OFTEN if loose else _LEAST) else 0

    def _is_word(self, text: str) -> bool:
        return text in self._own or text in _words()

    def _count(self, text: str) -> int:
        """The fewest words that a text falls into."""
        fewest = [0]
        for end in range(1, len(text) + 1):
            starts = range(max(0, end - _LONGEST), end - 1)
            whole = [fewest[i] for i in starts if self._is_word(text[i:end])]
            fewest.append(1 + min([fewest[end - 1], *whole]))
        return fewest[-1]


def is_word(text: str) -> bool:
    """Whether a text is a word of the language: 居民, and no name that somebody made up."""
    return text in _words()


def sounds_like(one: str, other: str) -> bool:
    """Whether two names of one length sound alike: 高薪区, 高新区."""
    return len(one) == len(other) and all(
        _folded(_sound(a)) == _folded(_sound(b)) for a, b in zip(one, other, strict=True)
    )


@cache
def _words() -> frozenset[str]:
    """The words of the language, of a dictionary of a hundred thousand."""
    _readings()
    from pypinyin_dict.phrase_pinyin_data import cc_cedict

    words: dict[str, object] = cc_cedict.phrases_dict
    return frozenset(words)


@cache
def _usual() -> frozenset[str]:
    """Pairs of neighbours in the words of the language."""
    # Pairs across two words hold the break between them, and are asked for by nobody.
    text = "\n".join(_words())
    return frozenset(map(add, text, text[1:]))


@cache
def _by_sound() -> dict[str, str]:
    """Characters in common use by how they sound."""
    sounds: dict[str, list[str]] = {}
    for code, readings in _readings().items():
        character = chr(code)
        if _is_common(character):
            for sound in set(map(_folded, (_sound(character), *_plain(readings)))):
                sounds.setdefault(sound, []).append(character)
    return {sound: "".join(characters) for sound, characters in sounds.items()}


def _is_common(character: str) -> bool:
    if not "\u4e00" <= character <= "\u9fff":
        return False
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _plain(readings: str) -> Iterator[str]:
    """Readings without their tones."""
    for reading in readings.split(","):
        letters = unicodedata.normalize("NFD", reading)
        yield "".join(c for c in letters if "a" <= c <= "z")


@cache
def _readings() -> dict[int, str]:
    """How characters sound, the usual reading first: 绿 is lǜ,lù."""
    # Its table of phrases is for whole texts, and takes longer to read than all else here.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.constants import PINYIN_DICT

    readings: dict[int, str] = PINYIN_DICT
    return readings


def _sound(character: str) -> str:
    """The usual reading of a character without its tone, ü as it is typed: 绿 is lv."""
    usual = _readings().get(ord(character), character).partition(",")[0]
    letters = unicodedata.normalize("NFD", usual).replace("u\u0308", "v")
    return "".join(c for c in letters if "a" <= c <= "z")


def _alike(sound: str) -> str:
    return _by_sound().get(_folded(sound), "")


def _folded(sound: str) -> str:
    for one, other in _ALIKE:
        sound = sound.replace(one, other)
    return sound
