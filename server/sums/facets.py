"""Values that exclude each other: stage, class, kind of drug, level, at home and abroad."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

__all__ = ["Facets", "conflict", "facets_of", "kinds_of_base"]

_FILE = Path(__file__).with_name("facets.toml")

Facets = Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, bool, tuple[tuple[str, re.Pattern[str]], ...]], ...]:
    tables = tomllib.loads(_FILE.read_text("utf-8"))
    return tuple(
        (name, kind == "first", tuple((v, re.compile(p)) for v, p in values.items()))
        for kind in ("first", "any")
        for name, values in tables[kind].items()
    )


@lru_cache(maxsize=1)
def _bases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = tomllib.loads(_FILE.read_text("utf-8"))["base"]
    return tuple((name, re.compile(pattern)) for name, pattern in table.items())


@lru_cache(maxsize=4096)
def facets_of(text: str) -> Facets:
    """The values that a text names, by group.

    >>> facets_of("改良型新药完成Ⅰ期，进入Ⅱ期")["stage"], facets_of("二类证")["class"]
    (frozenset({'I'}), frozenset({'二类'}))
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    found: dict[str, frozenset[str]] = {}
    for name, first, values in _groups():
        places = {v: m.start() for v, pattern in values if (m := pattern.search(plain))}
        if places:
            kept = {min(places, key=places.__getitem__)} if first else places.keys()
            found[name] = frozenset(kept)
    return found


@lru_cache(maxsize=4096)
def kinds_of_base(text: str) -> frozenset[str]:
    """The kinds of money that words name: what was invested, sold, bought, paid for research.

    >>> sorted(kinds_of_base("固投5000万")), sorted(kinds_of_base("合同和到账都是5000万"))
    (['投资'], ['服务'])
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return frozenset(name for name, pattern in _bases() if pattern.search(plain))


def conflict(asked: Facets, given: Facets) -> bool:
    """Whether two texts name different values of one group.

    >>> conflict(facets_of("三期花了1000万"), facets_of("完成II期临床试验"))
    True
    """
    return any(asked[name].isdisjoint(given[name]) for name in asked.keys() & given.keys())
