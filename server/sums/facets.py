"""Values that exclude each other: stage, class, kind of drug, level, at home and abroad."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from corpus.numerals import read_numeral

__all__ = ["STAGE", "Facets", "conflict", "facets_of", "kinds_of_base", "names_of", "stages"]

_FILE = Path(__file__).with_name("facets.toml")

#: A stage that is entered: the one before it is done, and what was spent was spent on that.
_ENTERED = re.compile(r"(?:进入?了?|启动了?|到了?|迈入|转入|升入)(?:临床)?$")
_BEGUN = re.compile(r"^(?:临床)?(?:试验|研究)?(?:已经?|刚刚?|也|就|都){0,2}(?:启动|开始|入组)")
_STAGES = ("临床前", "I", "II", "III", "IV")
#: A stage as it is written.
STAGE = re.compile(r"[IVⅠⅡⅢⅣ一二三四1-4]{1,6}期|临床前")
#: What belongs to the name of a product behind the word that tells its kind.
_REST = re.compile(r"(?:型)?(?:新药|药物?|药品|(?:医疗)?器械(?:注册证)?|注册证|证)?")

#: Grades from one to another: 3-5级, 一至三级.
_GRADES = re.compile(
    r"(?<!\d)(?P<from>\d{1,2}|[一二三四五六七八九十])级?[-–—~至到](?P<to>\d{1,2}|[一二三四五六七八九十])级"
)

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
    >>> sorted(facets_of("照护需求等级3-5级")["grade"])
    ['三级', '五级', '四级']
    """
    plain = _GRADES.sub(_each_grade, re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    found: dict[str, frozenset[str]] = {}
    for name, first, values in _groups():
        places = {v: m.start() for v, pattern in values if (m := pattern.search(plain))}
        if places:
            kept = {min(places, key=places.__getitem__)} if first else places.keys()
            found[name] = frozenset(kept)
    return found


def _each_grade(match: re.Match[str]) -> str:
    """Each of the grades from one to another, one behind the other: 3级4级5级."""
    first, last = read_numeral(match["from"]), read_numeral(match["to"])
    return "".join(f"{grade}级" for grade in range(first, last + 1)) or match[0]


@lru_cache(maxsize=4096)
def kinds_of_base(text: str) -> frozenset[str]:
    """The kinds of money that words name: what was invested, sold, bought, paid for research.

    >>> sorted(kinds_of_base("固投5000万")), sorted(kinds_of_base("合同和到账都是5000万"))
    (['投资'], ['服务'])
    >>> sorted(kinds_of_base("平台投资4000万")), sorted(kinds_of_base("三期投了2500万"))
    (['投资'], ['投资', '研发'])
    >>> sorted(kinds_of_base("固定资产投3个亿"))
    ['投资']
    """
    # What stands in brackets only explains: CRO（合同研究外包组织）平台 is no contract.
    plain = re.sub(r"\s|\([^()]*\)", "", unicodedata.normalize("NFKC", text))
    return frozenset(name for name, pattern in _bases() if pattern.search(plain))


def names_of(text: str, group: str) -> Iterator[tuple[str, int, int]]:
    """The values of a group that a text names, each with the characters of its name.

    >>> [text[s:e] for text in ["我们的改良型新药"] for _, s, e in names_of(text, "drug")]
    ['改良型新药']
    """
    values = next(values for name, _, values in _groups() if name == group)
    for value, pattern in values:
        if match := pattern.search(text):
            rest = _REST.match(text, match.end())
            yield value, match.start(), rest.end() if rest else match.end()


def stages(text: str) -> frozenset[str]:
    """The stages that a text speaks of; one that is only entered stands for the one before it.

    >>> sorted(stages("做完I期进入II期")), sorted(stages("三期已启动")), sorted(stages("三期花了1000万"))
    (['I'], ['II'], ['III'])
    """
    done, entered = set[str](), set[str]()
    for match in STAGE.finditer(text):
        for stage in facets_of(match[0]).get("stage", ()):
            if _ENTERED.search(text[: match.start()]) or _BEGUN.search(text[match.end() :]):
                entered.add(_STAGES[max(0, _STAGES.index(stage) - 1)])
            else:
                done.add(stage)
    return frozenset(done or entered)


def conflict(asked: Facets, given: Facets) -> bool:
    """Whether two texts name different values of one group.

    >>> conflict(facets_of("三期花了1000万"), facets_of("完成II期临床试验"))
    True
    """
    return any(asked[name].isdisjoint(given[name]) for name in asked.keys() & given.keys())
