"""The words by which conditions are judged, read once."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

from server.checks import squeeze

__all__ = ["STEPS", "found", "pattern", "plain_text", "reached_by"]

_FILE = Path(__file__).with_name("words.toml")

#: The way of a product, from the first to the last step.
STEPS = ("临床前", "I", "II", "III", "受理", "注册证", "上市", "销售")


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, re.Pattern[str]]]:
    tables = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        table: {name: re.compile(words) for name, words in entries.items()}
        for table, entries in tables.items()
    }


def found(table: str, text: str) -> tuple[str, ...]:
    """The values of a table that a text names.

    >>> found("milestone", "取得三类医疗器械注册证并产业化生产"), found("recipient", "药品注册人")
    (('注册证', '产业化'), ('企业',))
    """
    plain = plain_text(text)
    return tuple(name for name, words in _tables()[table].items() if words.search(plain))


def pattern(name: str) -> re.Pattern[str]:
    """One of the single patterns."""
    return _tables()["pattern"][name]


def plain_text(text: str) -> str:
    """A text in NFKC form without blanks, as the patterns read it."""
    return squeeze(unicodedata.normalize("NFKC", text))


def reached_by(step: str) -> int:
    """The place of a step on the way.

    >>> reached_by("III") < reached_by("注册证")
    True
    """
    return STEPS.index(step)
