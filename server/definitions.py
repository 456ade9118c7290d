"""Clauses that say what a word of the question means: 本办法所称港澳青年，是指…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retriever.query import Hit

__all__ = ["defined_in", "defining"]

_ASKS = re.compile(
    r"哪[些几种类个][^，。？?]{0,8}?(?:算|属于)|才算|就算|算得上|什么[是叫]|是什么意思|指(?:的是)?(?:什么|啥|谁|哪)|定义|怎么认定|如何认定"
)
_DEFINED = re.compile(
    r"(?:所称的?|所指的?|其中[，,]?|^|[。；，、“\n])(?P<term>[^，。；、“”\n]{2,14}?)[”，,]*(?:是指|指的是)"
    r"|所称的?(?P<other>[^，。；、“”\n]{2,14}?)(?:包括|指)"
    r"|(?:^|[。；\n])(?P<kind>[^，。；、“”\n]{2,14}?)，?包括"
)  # fmt: skip


#: 困难行业企业 is asked for as 困难行业.
_BEARER = re.compile(r"(?<=\S\S\S)(?:企业|单位|机构|人员)$")


def defined_in(text: str) -> Iterator[str]:
    """The words that a text defines.

    >>> list(defined_in("本办法所称港澳青年，是指45周岁以下的居民；创业团队是指达30%以上的团队"))
    ['港澳青年', '创业团队']
    """
    for match in _DEFINED.finditer(text):
        said = match["term"] or match["other"] or match["kind"]
        yield re.sub(r"^本\S{2,4}所[称指]的?", "", said)


def defining(hits: Sequence[Hit], question: str) -> Hit | None:
    """The clause that defines the longest word of a question for a meaning."""
    if not _ASKS.search(question):
        return None
    found = [
        (len(term), -place)
        for place, hit in enumerate(hits)
        for term in defined_in(hit.passage.text)
        if _BEARER.sub("", term) in question
    ]
    return hits[-max(found)[1]] if found else None
