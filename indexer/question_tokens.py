"""Tokens of questions without the library's own table of pieces, which is 250 MB and a second to make.

A unigram tokenizer needs its pieces only to be looked up: here they are keys of a dictionary, and the
best way through a word is found as the library finds it, sums in the same order (tests hold the two
together). How a text is normalised and parted into words is left to the library. Where the file
describes anything else, or a text holds a special token (<s>), the library's tokenizer is used.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

__all__ = ["QuestionTokens"]

#: How much worse than the rarest piece a character is that no piece holds, as in SentencePiece.
_UNKNOWN = 10.0


class QuestionTokens:
    """The ids of texts, cut at ``most`` tokens with those that begin and end a text."""

    def __init__(self, file: Path, most: int) -> None:
        self._file, self._most = file, most
        told: dict[str, Any] = json.loads(file.read_bytes())
        self._plain = _is_unigram(told)
        self._special = tuple(token["content"] for token in told["added_tokens"])
        if self._plain:
            self._take(told)

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text."""
        return [self._encoded(text) for text in texts]

    def _encoded(self, text: str) -> list[int]:
        if not self._plain or any(token in text for token in self._special):
            ids: list[int] = self._library.encode(text).ids
            return ids
        normal = self._parts.normalizer.normalize_str(text)
        words = self._parts.pre_tokenizer.pre_tokenize_str(normal)
        ids = [number for word, _ in words for number in self._word(word)]
        return [self._first, *ids[: self._most - 2], self._last]

    def _take(self, told: dict[str, Any]) -> None:
        """Keep what the file tells; the library makes the rest of it, with no pieces."""
        pieces = told["model"]["vocab"]
        self._ids = {piece: number for number, (piece, _) in enumerate(pieces)}
        self._scores = [score for _, score in pieces]
        self._longest = max(map(len, self._ids))
        self._unknown = told["model"]["unk_id"]
        self._rarest = min(self._scores) - _UNKNOWN
        begin, _, end = told["post_processor"]["single"]
        known = told["post_processor"]["special_tokens"]
        self._first, self._last = (
            known[token["SpecialToken"]["id"]]["ids"][0] for token in (begin, end)
        )
        # One piece, as the library wants an unknown one.
        model = told["model"] | {"vocab": [["<unk>", 0.0]], "unk_id": 0}
        empty = told | {"model": model, "added_tokens": [], "post_processor": None}
        self._parts = Tokenizer.from_str(json.dumps(empty))

    def _word(self, word: str) -> list[int]:
        """The pieces that a word falls into at the best: the way with the largest sum."""
        ids, scores, longest = self._ids, self._scores, self._longest
        size = len(word)
        best: list[tuple[float, int, int]] = [(0.0, 0, -1)] + [(0.0, -1, -1)] * size
        for start in range(size):
            sofar = best[start][0]
            for end in range(start + 1, min(size, start + longest) + 1):
                number = ids.get(word[start:end])
                if number is not None:
                    score = scores[number] + sofar
                    if best[end][1] < 0 or score > best[end][0]:
                        best[end] = (score, start, number)
            if word[start] not in ids:
                score = self._rarest + sofar
                if best[start + 1][1] < 0 or score > best[start + 1][0]:
                    best[start + 1] = (score, start, self._unknown)
        return self._back(best, size)

    def _back(self, best: list[tuple[float, int, int]], size: int) -> list[int]:
        """The way to the end of a word; unknown characters side by side are one token."""
        found: list[int] = []
        place = size
        while place > 0:
            _, place, number = best[place]
            if not (found and number == found[-1] == self._unknown):
                found.append(number)
        found.reverse()
        return found

    @cached_property
    def _library(self) -> Tokenizer:
        """The tokenizer as the library has it."""
        tokenizer = Tokenizer.from_file(str(self._file))
        tokenizer.enable_truncation(self._most)
        return tokenizer


def _is_unigram(told: dict[str, Any]) -> bool:
    """Whether a tokenizer is the one that is known here: see default_model/tokenizer."""
    model, single = told["model"], (told["post_processor"] or {}).get("single", [])
    return (
        model["type"] == "Unigram"
        and not model["byte_fallback"]
        and [list(part) for part in single] == [["SpecialToken"], ["Sequence"], ["SpecialToken"]]
        and told["normalizer"] is not None
        and told["pre_tokenizer"] is not None
    )
