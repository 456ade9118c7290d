"""Put right what a question misspells: traditional characters, homophones, pinyin typed as it is.

A pair of characters that no clause holds is suspicious. If another character that sounds alike
makes pairs that clauses do hold, on both of its sides, it was meant (長护显 → 长护险, 坪估 → 评估).
The corpus itself is the dictionary: what it never says is not corrected to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from opencc import OpenCC
from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT

from indexer.lexical import LexicalIndex

__all__ = ["Speller"]

_NUMBER = r"[\u4e00-\u9fff]{1,12}[〔\[［【(（]?\d{4}[〕\]］】)）]?\s*\d*\s*号?"
_HAN = re.compile(r"[\u4e00-\u9fff]+")
#: A syllable typed in Latin letters before or behind Chinese: ju民医保.
_SYLLABLE = re.compile(
    r"(?<![A-Za-z])[a-z]{1,6}(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[a-z]{1,6}(?![A-Za-z])"
)
#: Sounds that many speakers do not tell apart.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("hu", "f"))
#: Characters that stand beside any other: what is odd about them is no misspelling.
_ALONE = frozenset(
    "的地得了着过是在有和与及或就都也还要能给里到个这那哪谁啥咋何写我你您他她它们不没去来说讲吗呢吧啊哦嘛么"
    "把被让叫从对向往于以之其所而但又再很太更最多少几每各上下中前后内外间时年月日号天次家位名项条"
    "租返减免退缓抵扣缴借垫招雇裁"
    "种类级第一二三四五六七八九十百千万亿两半元块钱奖补罚赔交领拿报批办搞做想请问算看用管市省区县"
)
#: A pair with one of these is no evidence of a word.
_PARTICLES = frozenset("的地得了着过是在吗呢吧啊哦嘛么")
#: A correction must be said by so many clauses, in each of its pairs.
_LEAST = 2


class Speller:
    """Corrects questions against the words of one index; ``names`` are left as they are."""

    def __init__(self, lexical: LexicalIndex, names: Sequence[str] = ()) -> None:
        self._lexical = lexical
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
        """The character that a typed syllable stands for, where one fits its neighbours."""
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        meant = self._best(before, _alike(match[0]), after)
        return meant or match[0]

    def _heard(self, run: str) -> str:
        """A run of characters with those replaced that fit nowhere and sound like one that does."""
        for place, character in enumerate(run):
            before, after = run[:place][-1:], run[place + 1 :][:1]
            pairs = [pair for pair in (before + character, character + after) if len(pair) == 2]
            if pairs and character not in _ALONE and not any(map(self._is_known, pairs)):
                meant = self._best(before, _alike(_sound(character)), after)
                if meant:
                    run = run[:place] + meant + run[place + 1 :]
        return run

    def _is_known(self, pair: str) -> bool:
        return pair in _usual() or self._lexical.frequency(pair) > 0

    def _best(self, before: str, candidates: str, after: str) -> str | None:
        """The candidate that clauses say most between its neighbours, if they say one at all.

        It must make a pair with both of its neighbours, or with one a word of the language.
        """
        best, most = None, _LEAST - 1
        # 活的 says nothing for 活 in the place of 货.
        before, after = (c if c not in _PARTICLES else "" for c in (before, after))
        for character in candidates:
            pairs = [pair for pair in (before + character, character + after) if len(pair) == 2]
            said = [self._lexical.frequency(pair) for pair in pairs]
            words = [n for pair, n in zip(pairs, said, strict=True) if pair in _usual()]
            score = min(said) if len(said) == 2 and all(said) else max(words, default=0)
            if score > most:
                best, most = character, score
        return best


@cache
def _usual() -> frozenset[str]:
    """Pairs of neighbours in the words of the language, of a dictionary of a hundred thousand."""
    from pypinyin_dict.phrase_pinyin_data import cc_cedict

    words: dict[str, object] = cc_cedict.phrases_dict
    return frozenset(word[place : place + 2] for word in words for place in range(len(word) - 1))


@cache
def _by_sound() -> dict[str, str]:
    """Characters in common use by how they sound."""
    sounds: dict[str, list[str]] = {}
    for code, readings in PINYIN_DICT.items():
        character = chr(code)
        if _is_common(character):
            for sound in {_folded(_sound(character)), *map(_folded, _plain(readings))}:
                sounds.setdefault(sound, []).append(character)
    return {sound: "".join(characters) for sound, characters in sounds.items()}


def _is_common(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2 and "\u4e00" <= character <= "\u9fff"
    except UnicodeEncodeError:
        return False


def _plain(readings: str) -> Iterator[str]:
    """Readings without their tones."""
    for reading in readings.split(","):
        letters = unicodedata.normalize("NFD", reading)
        yield "".join(c for c in letters if "a" <= c <= "z")


def _sound(character: str) -> str:
    return str(lazy_pinyin(character)[0])


def _alike(sound: str) -> str:
    return _by_sound().get(_folded(sound), "")


def _folded(sound: str) -> str:
    for one, other in _ALIKE:
        sound = sound.replace(one, other)
    return sound
