"""Clauses named in running text: 第十一条第二项, 第（十）条, 四、（二）, 第19项.

A mention is not yet an address: which clause 第十条 names depends on the document, whose
articles may be 第十条 or （十）. ``candidates`` lists the paths it may mean, best first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.address import ClausePath, Step
from corpus.numerals import NUMERAL, read_numeral
from corpus.outline import Outline

__all__ = ["Mention", "as_section", "find_mentions", "resolve"]

_N = rf"[（(]?\s*+(?:{NUMERAL})\s*+[）)]?"
_PARA = r"(?:款|自然段|段)"
_ARTICLE = re.compile(
    rf"第\s*+(?P<art>{_N})\s*+条(?:之(?P<branch>[一二三四五六七八九十]+))?"
    rf"(?:\s*+第\s*+(?P<para>{_N})\s*+{_PARA})?(?:\s*+第?\s*+(?P<item>{_N}|[（(]{NUMERAL}[）)])\s*+(?:项|点|小项))?"
)
_WITHIN = (
    # “二、支持研发创新”第（二）项: the heading may stand between.
    rf"(?:[“\"]?[^\s第，。；：“”\"《》（）]{{2,30}}[”\"](?=\s*+[的中里]?\s*+第\s*+[（(]))?"
    rf"\s*+[的中里]?\s*+(?:第?\s*+(?P<item>[（(]{NUMERAL}[）)])(?:[项点条])?|第(?P<plain>{NUMERAL})[项点条])?"
    rf"(?:\s*+的?第\s*+(?P<para>{_N})\s*+{_PARA})?(?:\s*+的?第\s*+(?P<sub>{_N})\s*+目)?"
)
_PART = re.compile(rf"第(?P<part>[一二三四五六七八九十]+)(?:部分|大点|大项){_WITHIN}")
_SECTION = re.compile(
    rf"(?<![\u4e00-\u9fff0-9、])(?P<part>[一二三四五六七八九十]{{1,3}})、{_WITHIN}"
)
_ITEM = re.compile(
    rf"第\s*+(?P<item>{_N})\s*+(?:项|点)|(?<![第\w])(?P<bare>[（(]{NUMERAL}[）)])"
    r"|(?:(?<=[\s》])|^)(?P<dotted>\d{1,3})[.．、](?!\s*\d)"
)
#: Takes 附件2第四十五个病种: the unit is named by what it is about.
_OF_ANNEX = re.compile(
    rf"附[件表]\s*+(?P<annex>{_N})\s*+[的里中，,]?\s*+第\s*+(?P<number>{_N})\s*+(?:个|种|部分|[条项点章节])"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A clause named in a text: the words, where they stand, and the paths they may mean."""

    words: str
    start: int
    candidates: tuple[ClausePath, ...]


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Find the clauses named in a text.

    >>> [str(m.candidates[0]) for m in find_mentions("第十一条第二项和第（十）条")]
    ['art11.item2', 'item10']
    """
    found: list[Mention] = []
    taken: list[tuple[int, int]] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            paths = tuple(read(match))
            if paths:
                taken.append(match.span())
                found.append(Mention(match[0].strip(), match.start(), paths))
    return tuple(sorted(found, key=lambda mention: mention.start))


def resolve(mention: Mention, outline: Outline) -> ClausePath | None:
    """Return the clause of a document that a mention names, or None.

    第三条第二项 of an article with such an item in two 款 is ambiguous, and stays unresolved.
    """
    found = [path for path in mention.candidates if path in outline]
    if not found:
        return None
    alike = [path for path in found if _without_paras(path) == _without_paras(found[0])]
    return found[0] if len(alike) == 1 or "款" in mention.words else None


def as_section(mention: Mention, outline: Outline) -> ClausePath | None:
    """Return the part of a text without 条 that people call by one: 四、 for 第四条, or None.

    A part that only heads other clauses is called 第四部分.
    """
    match = _ARTICLE.fullmatch(mention.words)
    if not match or any(clause.path.steps[0].rank == "art" for clause in outline):
        return None
    steps = [Step("sec", _number(match["art"]))]
    if match["item"]:
        steps.append(Step("item", _number(match["item"])))
    path = ClausePath(tuple(steps))
    return path if path in outline and outline[path].text else None


def _without_paras(path: ClausePath) -> tuple[Step, ...]:
    return tuple(step for step in path.steps if step.rank != "para")


def _number(text: str) -> int:
    return read_numeral(re.sub(r"[（()）\s]", "", text))


def _of_article(match: re.Match[str]) -> Iterator[ClausePath]:
    number = _number(match["art"])
    branch = _number(match["branch"]) if match["branch"] else 0
    article, running = Step("art", number, branch), Step("item", number)
    inner: list[Step] = []
    if match["para"]:
        inner.append(Step("para", _number(match["para"])))
    if match["item"]:
        inner.append(Step("item", _number(match["item"])))
    tops = (
        [running, article] if match["art"][0] in "（(" else [article, running, Step("num", number)]
    )
    for top in tops:
        yield ClausePath((top, *inner))
        if match["item"] and not match["para"]:
            yield from (ClausePath((top, Step("para", n), inner[-1])) for n in range(1, 6))
            # 第2点 of an article that counts 1. 2. 3.
            yield ClausePath((top, Step("num", inner[-1].number)))
        elif inner and inner[0] == Step("para", 1):
            # 第一款 of an article with a single 款 is the article itself.
            yield ClausePath((top, *inner[1:]))


def _of_part(match: re.Match[str]) -> Iterator[ClausePath]:
    section = Step("sec", _number(match["part"]))
    para = (Step("para", _number(match["para"])),) if match["para"] else ()
    if number := match["item"] or match["plain"]:
        item = Step("item", _number(number))
        # 第（一）项第2目 is what is counted 1. 2. beneath it.
        sub = (Step("num", _number(match["sub"])),) if match["sub"] else ()
        yield ClausePath((section, item, *para, *sub))
        yield ClausePath((item, *para, *sub))
    else:
        yield ClausePath((section, *para))


def _of_item(match: re.Match[str]) -> Iterator[ClausePath]:
    number = _number(match["item"] or match["bare"] or match["dotted"])
    order = ("item", "num") if "（" in match[0] or "(" in match[0] else ("num", "item")
    for rank in order:
        yield ClausePath((Step(rank, number),))


def _of_annex(match: re.Match[str]) -> Iterator[ClausePath]:
    annex, number = Step("annex", _number(match["annex"])), _number(match["number"])
    for rank in ("art", "sec", "item", "num"):
        yield ClausePath((annex, Step(rank, number)))


_READERS = (
    (_OF_ANNEX, _of_annex),
    # 第四部分第（二）条 is in that part: it comes before 第（二）条.
    (_PART, _of_part),
    (_ARTICLE, _of_article),
    (_SECTION, _of_part),
    (_ITEM, _of_item),
)
