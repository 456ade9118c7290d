"""A model's reply, parted into sentences with the markers they carry, as it comes in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["CANNOT", "Reply", "Said", "read_sentence"]

#: What a model says that finds no answer in the clauses it was given.
CANNOT = "无法回答"

_LONGEST = 4000
_MARKER = re.compile(
    r"\s{0,20}[\[【［]\s{0,9}(\d{1,4}(?:\s{0,9}[,，、;；和]\s{0,9}\d{1,4})*)\s{0,9}[\]】］]"
)
_STOP = re.compile(r"[。！？!?]|\n")
#: What models put before a line: bullets and numbers of a list, headings, quotation marks.
_BULLET = re.compile(r"^\s*(?:[-*•·>#]+\s+|#+\s*|[（(]?\d{1,2}[)）.、]\s*)")
_ALOUD = r"<think(?:ing)?>(?:(?!</?think(?:ing)?>).)*+"
_THOUGHT = re.compile(rf"(?:(?<!\s)\s++)?(?:{_ALOUD}){{1,9}}</think(?:ing)?>", re.DOTALL)
_THINKING = re.compile(r"\s*<(?:t(?:h(?:i(?:n(?:k(?:ing)?)?)?)?)?)?$|\s*<think(?:ing)?>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence without its markers, and its parts, each with the numbers behind it."""

    text: str
    parts: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """All numbers that the sentence carries, each once, in its order."""
        return tuple(dict.fromkeys(n for _, numbers in self.parts for n in numbers))


class Reply:
    """Collects a reply and gives out each sentence once it is whole."""

    def __init__(self) -> None:
        self._held = ""
        self._begun = False
        #: The numbers that a line begins with; they count for all its sentences without any.
        self._line: tuple[int, ...] = ()

    def feed(self, piece: str) -> Iterator[Said]:
        """Take in what came; yield the sentences that it completes."""
        self._held += piece
        if not self._begun and not self._past_thought(len(piece)):
            return
        while (end := self._end()) is not None:
            sentence, self._held = self._held[:end], self._held[end:]
            yield from self._read(sentence)
        if len(self._held) > _LONGEST and self._begun:
            # No sentence is as long; it is given out to be refused, and not kept.
            sentence, self._held = self._held, ""
            yield from self._read(sentence)

    def close(self) -> Iterator[Said]:
        """Yield what is left, for a reply that came to its end."""
        rest, self._held = self._held, ""
        if self._begun or not _THINKING.match(rest):
            yield from self._read(rest)

    def _read(self, sentence: str) -> Iterator[Said]:
        """Read one sentence in its line: [1] 支持研发。每个奖励50万元。 has the number twice."""
        for said in read_sentence(sentence):
            words, numbers = said.parts[0]
            if not words.strip() and numbers:
                self._line = numbers
            whole = ((said.text, self._line),) if self._line and not said.numbers else said.parts
            yield Said(said.text, whole)
        if sentence.endswith("\n"):
            self._line = ()

    def _past_thought(self, new: int) -> bool:
        """Whether the reply proper has begun; what a model thinks aloud before is dropped."""
        # A long thought is not read anew with each piece.
        if _THINKING.match(self._held) and "</think" not in self._held[-new - 12 :]:
            return False
        self._held = _THOUGHT.sub("", self._held, count=1)
        self._begun = bool(self._held.strip()) and not _THINKING.match(self._held)
        return self._begun

    def _end(self) -> int | None:
        """Where the first sentence ends, markers behind its stop included, if that is certain."""
        stop = _STOP.search(self._held)
        if not stop:
            return None
        end = stop.end()
        while marker := _MARKER.match(self._held, end):
            end = marker.end()
        # What follows may yet turn out to be a marker of this sentence.
        rest = self._held[end:].lstrip()
        certain = stop[0] == "\n" or (rest and rest[0] not in "[【［")
        return end if certain or len(rest) > 20 else None


def read_sentence(text: str) -> Iterator[Said]:
    """Part a sentence at its markers; what stands behind the last one belongs to it.

    >>> list(read_sentence("- 奖励50万元[1]，最高80万元【2, 3】。"))[0].parts
    (('奖励50万元', (1,)), ('，最高80万元。', (2, 3)))
    """
    plain = _BULLET.sub("", text).replace("**", "").strip()
    parts: list[tuple[str, tuple[int, ...]]] = []
    at = 0
    for marker in _MARKER.finditer(plain):
        numbers = tuple(int(n) for n in re.findall(r"\d+", marker[1]))
        words = plain[at : marker.start()]
        if parts and not words.strip():
            words, numbers = parts[-1][0], parts[-1][1] + numbers
            parts.pop()
        parts.append((words, numbers))
        at = marker.end()
    rest = plain[at:]
    if parts and not re.search(r"\w", rest):
        parts[-1] = (parts[-1][0] + rest, parts[-1][1])
    elif rest.strip():
        parts.append((rest, ()))
    text = "".join(words for words, _ in parts).strip()
    if re.search(r"\w", text):
        yield Said(text, tuple(parts))
