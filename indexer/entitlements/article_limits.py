"""Limits on all that an article gives to one recipient: 同一企业年度享受本条奖励合计不超过200万元."""

from __future__ import annotations

import re

from indexer.entitlements.entitlement import Cap
from indexer.entitlements.quantities import MONEY, find_quantities
from indexer.entitlements.roles import FORMS, yearly
from indexer.entitlements.row import ClauseText

__all__ = ["article_limits"]

_LIMIT = re.compile(
    rf"(?:^|[，。；;])(?P<words>(?:同一|单个|单家|单户|每家|每户|每个|一个)[^，。；;\d本]{{1,12}}本条(?:[^，。；;\d第]{{0,8}}(?:{FORMS}))?[^，。；;\d第]{{0,8}}?(?:最高)?不(?:得)?超过(?:人民币)?)(?=\d)"
)


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
