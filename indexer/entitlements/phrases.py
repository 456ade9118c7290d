"""A clause in phrases: parted at commas and stops outside brackets, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Phrase", "phrases_of", "segments_of"]

_STRONG = "。！？\n"
_MIDDLE = "；;：:"
_WEAK = "，,"
_CLOSING = {"（": "）", "(": ")", "《": "》", "“": "”", "[": "]"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Characters between two separators; ``stop`` is the mark behind them, empty at the end."""

    text: str
    start: int
    stop: str

    @property
    def end(self) -> int:
        """The place behind the last character."""
        return self.start + len(self.text)

    @property
    def ends_sentence(self) -> bool:
        """Whether a full stop or a line break follows."""
        return self.stop in ("", "。", "！", "？", "\n")


def phrases_of(text: str) -> list[Phrase]:
    """Part a text; every character but the separators is in one phrase.

    >>> [p.text for p in phrases_of("对甲（含乙，丙），给予1,000元；对丁奖励。")]
    ['对甲（含乙，丙）', '给予1,000元', '对丁奖励']
    """
    found: list[Phrase] = []
    start = 0
    closers: list[str] = []
    for place, character in enumerate(text):
        if character == "\n":
            closers = []
        if closers and character == closers[-1]:
            closers.pop()
        elif character in _CLOSING and _CLOSING[character] in text[place:]:
            closers.append(_CLOSING[character])
        elif not closers and _parts(text, place):
            found.append(Phrase(text[start:place], start, character))
            start = place + 1
    found.append(Phrase(text[start:], start, ""))
    return [trimmed for phrase in found if (trimmed := _trimmed(phrase)).text]


def segments_of(phrases: list[Phrase]) -> Iterator[list[Phrase]]:
    """Gather phrases up to each semicolon, colon or full stop."""
    gathered: list[Phrase] = []
    for phrase in phrases:
        gathered.append(phrase)
        if phrase.stop not in _WEAK or not phrase.stop:
            yield gathered
            gathered = []
    if gathered:
        yield gathered


def _parts(text: str, place: int) -> bool:
    character = text[place]
    if character == "," and re.match(r"\d,\d{3}(?!\d)", text[max(place - 1, 0) : place + 5]):
        return False
    if character in ":：" and re.match(r"\d[:：]\d", text[max(place - 1, 0) : place + 2]):
        return False
    return character in _STRONG + _MIDDLE + _WEAK


def _trimmed(phrase: Phrase) -> Phrase:
    lead = len(phrase.text) - len(phrase.text.lstrip())
    return Phrase(phrase.text.strip(), phrase.start + lead, phrase.stop)
