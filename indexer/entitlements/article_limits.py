"""Limits on all that an article gives to one recipient: 同一企业年度享受本条奖励合计不超过200万元.

Also on what several articles give together: 单个企业年度享受第二条至第五条补贴合计不超过2500万元.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.address import ClausePath
from corpus.mentions import Mention, find_mentions, resolve
from corpus.outline import Outline
from indexer.entitlements.entitlement import Cap
from indexer.entitlements.quantities import MONEY, find_quantities
from indexer.entitlements.roles import FORMS, yearly
from indexer.entitlements.row import ClauseText

__all__ = ["article_limits", "limits_of_named"]

_ONE = r"(?:同一|单个|单家|单户|每家|每户|每个|一个)"
_LIMIT = re.compile(
    rf"(?:^|[，。；;])(?P<words>{_ONE}[^，。；;\d本]{{1,12}}本条(?:[^，。；;\d第]{{0,8}}(?:{FORMS}))?[^，。；;\d第]{{0,8}}?(?:最高)?不(?:得)?超过(?:人民币)?)(?=\d)"
)
_NAMED = re.compile(
    rf"(?:^|[，。；;])(?P<words>{_ONE}[^，。；;\d第]{{1,14}}(?P<which>第[^，。；;\d]{{1,6}}条(?:[至到、和及与]{{1,2}}(?:本[办政措规]\w)?第[^，。；;\d]{{1,6}}条){{1,8}})[^，。；;\d第]{{0,14}}(?:合计|累计|总[额计和])[^，。；;\d第]{{0,6}}(?:最高|不(?:得)?超过)(?:人民币)?)(?=\d)"
)
_TO = re.compile(r"\s*[至到]")


def article_limits(clause: ClauseText) -> list[Cap]:
    """The caps that a clause sets for all measures of its article together.

    >>> from corpus.address import Address
    >>> text = "同一企业年度享受本条奖励合计不超过200万元。"
    >>> [cap.quantity.span.text for cap in article_limits(ClauseText(Address.parse("x#art1"), text))]
    ['200万元']
    """
    caps = []
    for match in _LIMIT.finditer(clause.text):
        found = [q for q in find_quantities(clause.text) if q.start == match.end()]
        if found and found[0].unit == MONEY:
            caps.append(Cap(clause.quantity(found[0]), "recipient", yearly(match["words"])))
    return caps


def limits_of_named(
    clause: ClauseText, outline: Outline
) -> list[tuple[Cap, tuple[ClausePath, ...]]]:
    """The caps that a clause sets for what several articles give together, with these articles."""
    found = []
    for match in _NAMED.finditer(clause.text):
        most = [q for q in find_quantities(clause.text) if q.start == match.end()]
        articles = _articles(match["which"], outline)
        if most and most[0].unit == MONEY and articles:
            cap = Cap(clause.quantity(most[0]), "recipient", yearly(match["words"]))
            found.append((cap, articles))
    return found


def _articles(words: str, outline: Outline) -> tuple[ClausePath, ...]:
    """The articles that some words name one by one or from one to another; none where one is unknown."""
    mentions = find_mentions(words)
    named = [resolve(mention, outline) for mention in mentions]
    if not all(named):
        return ()
    known = [path for path in named if path]
    return tuple(dict.fromkeys([*known, *_between(words, mentions, known, outline)]))


def _between(
    words: str, mentions: Sequence[Mention], named: Sequence[ClausePath], outline: Outline
) -> Iterator[ClausePath]:
    """The articles that lie between two of which the words say 至."""
    for (one, first), (_, last) in pairwise(zip(mentions, named, strict=True)):
        if _TO.match(words, one.start + len(one.words)):
            yield from (
                clause.path
                for clause in outline
                if first < clause.path < last and clause.path.parent == first.parent
            )
