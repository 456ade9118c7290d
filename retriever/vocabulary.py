"""The words that people use, and what the documents call them: data, not code."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

__all__ = ["Vocabulary", "bundled_vocabulary"]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Abbreviations, everyday words, level words, asking words, places and subjects."""

    written_out: dict[str, str]
    levels: dict[str, str]
    asking: tuple[str, ...]
    places: tuple[str, ...]
    subjects: tuple[str, ...]

    def write_out(self, question: str) -> str:
        """Set what an abbreviation or everyday word stands for beside it or in its place.

        >>> bundled_vocabulary().write_out("三类证给好多")
        '三类医疗器械注册证给多少'
        """
        text = unicodedata.normalize("NFKC", question)
        if not self.written_out:
            return text
        words = sorted(self.written_out, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)

        def replacement(match: re.Match[str]) -> str:
            word = next(w for w in words if w.lower() == match[0].lower())
            meaning = unicodedata.normalize("NFKC", self.written_out[word])
            before = text[max(0, match.start() - len(meaning) - 4) : match.start()]
            around = text[max(0, match.start() - len(meaning)) : match.end() + len(meaning)]
            # A question that already uses the full form keeps it: 改良型新药 stays as it is.
            if meaning in around or (len(meaning) > 5 and meaning[:3] in before):
                return match[0]
            shared = next((n for n in range(4, 0, -1) if before.endswith(meaning[:n])), 0)
            return meaning[shared:]

        return pattern.sub(replacement, text)

    def matter(self, question: str) -> str:
        """Return a question without the words that only ask, blanks in their place."""
        pattern = "|".join(map(re.escape, sorted(self.asking, key=len, reverse=True)))
        return re.sub(pattern, " ", question) if pattern else question


@lru_cache(maxsize=1)
def bundled_vocabulary() -> Vocabulary:
    """Read the vocabulary that the product ships with."""
    tables = tomllib.loads((_FOLDER / "vocabulary.toml").read_text("utf-8"))
    return Vocabulary(
        tables["abbreviations"] | tables["everyday"],
        tables["levels"],
        tuple(tables["asking"]["words"]),
        _names("places.txt"),
        _names("subjects.txt"),
    )


def _names(file: str) -> tuple[str, ...]:
    lines = (_FOLDER / file).read_text("utf-8").splitlines()
    names = {name for line in lines if not line.startswith("#") for name in line.split()}
    # The longest first: 新能源汽车 is one subject, not 汽车.
    return tuple(sorted(names, key=lambda name: (-len(name), name)))
