"""Clauses that say what a word of the question means: 本办法所称港澳青年，是指…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from retriever.query import Hit

__all__ = ["defined_in", "defines", "defining"]

_ASKS = re.compile(
    r"哪[些几种类个][^，。？?]{0,8}?(?:算|属于)|才算|就算|算得上|怎[么样]算|如何算|[什啥]么?[是叫](?!不)|是(?:什么|啥)意思|指(?:的是)?(?:什么|啥|谁|哪)|定义"
    r"|(?:怎么|怎样|如何)(?:认定|界定)|(?:是|按)?(?:什么|啥)标准|(?:什么|啥)样的[^，。？?]{0,10}(?:算|叫)"
)
_DEFINED = re.compile(
    r"(?:所称的?|所指的?|其中[，,]?|^|[。；，、“\n])(?P<term>[^，。；、“”\n]{2,14}?)[”，,]*(?:是指|指的是)"
    r"|所称的?(?P<other>[^，。；、“”\n]{2,14}?)(?:包括|指)"
    r"|所称的?(?P<held>[^，。；、“”\n]{2,14})，(?:[以按]|应当|需)"
    r"|(?:^|[。；\n])(?P<kind>[^，。；、“”\n]{2,14}?)，?包括"
)  # fmt: skip


#: So many of the clauses found say which texts are meant.
_BEST = 3
#: So many characters may stand between a word and what asks for its meaning.
_GAP = 3
#: 困难行业企业 is asked for as 困难行业.
_BEARER = re.compile(r"(?<=\S\S\S)(?:企业|单位|机构|人员)$")


def defined_in(text: str) -> Iterator[str]:
    """The words that a text defines.

    >>> list(defined_in("本办法所称港澳青年，是指45周岁以下的居民；创业团队是指达30%以上的团队"))
    ['港澳青年', '创业团队']
    """
    for match in _DEFINED.finditer(text):
        said = match["term"] or match["other"] or match["held"] or match["kind"]
        yield re.sub(r"^(?:本|前|上)\S{1,4}所[称指]的?", "", said)


def defining(hits: Sequence[Hit], question: str, index: ClauseIndex) -> Hit | None:
    """The clause that defines the longest word of a question for a meaning.

    One of a text that the best clauses are of is meant, where none of those found does.
    """
    if not _ASKS.search(question):
        return None
    return _longest(hits, question) or _longest(list(_beside(hits, index)), question)


def defines(text: str, question: str) -> bool:
    """Whether a text says what a question asks the meaning of."""
    return any(_is_asked(term, question) for term in defined_in(text))


def _is_asked(term: str, question: str) -> bool:
    """Whether a word stands beside what asks for a meaning."""
    own = re.escape(_BEARER.sub("", term))
    # 怎么才算开了工 asks what 开工 is.
    question = question if own in question else question.replace("了", "")
    spans = [match.span() for match in re.finditer(own, question)]
    return any(
        -_GAP <= asked.start() - end <= _GAP or -_GAP <= start - asked.end() <= _GAP
        for asked in _ASKS.finditer(question)
        for start, end in spans
    )


def _longest(hits: Sequence[Hit], question: str) -> Hit | None:
    found = [
        (len(term), -place)
        for place, hit in enumerate(hits)
        for term in defined_in(hit.passage.text)
        if _is_asked(term, question)
    ]
    return hits[-max(found)[1]] if found else None


def _beside(hits: Sequence[Hit], index: ClauseIndex) -> Iterator[Hit]:
    """The other clauses that define words, of the documents of the best clauses."""
    documents = dict.fromkeys(hit.passage.address.document for hit in hits[:_BEST])
    for document in documents:
        for clause in index.readings[document].outline:
            row = index.passages.row(Address(document, clause.path))
            if row is not None and any(defined_in(clause.text)):
                yield replace(hits[0], passage=index.passages[row])
