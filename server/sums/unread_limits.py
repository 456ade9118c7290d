"""A sum is never more than a limit that stands in its sentence and was not read to a measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import MONEY, find_quantities
from server.sums.phrases import WHOLE_SENTENCE
from server.sums.result import Sum

__all__ = ["over_unread_limit"]

#: A limit for each of something says nothing of a total: 床位费每人每天不高于35元.
_EACH = re.compile(r"每(?:人|天|日|月|年|次|平方米|亩|床|吨|公里|套|户)[^，。；]{0,12}$")
_LIMIT = re.compile(r"(?:最[高多](?:可?达|不超过)?|不超过|不高于|封顶|上限为?)[^\d，。；]{0,4}$")


def over_unread_limit(found: Sum, index: ClauseIndex) -> bool:
    """Whether a sum comes to more than a limit beside its figures that no measure was read to have.

    A list of limits in a form that the reader does not know would else be left out in silence.
    """
    value = found.calculation.result
    if value is None or found.calculation.unit != MONEY:
        return False
    return any(limit < value for limit in _unread(found, index))


def _unread(found: Sum, index: ClauseIndex) -> Iterator[Decimal]:
    for address in dict.fromkeys(span.address for span in found.sources):
        text = index.clause(address)[1].text
        own = [span for span in found.sources if span.address == address]
        read = [*own, *(span for row in index.measures(address) for span in _figures(row))]
        for sentence in WHOLE_SENTENCE.finditer(text):
            if not any(sentence.start() <= span.start < sentence.end() for span in own):
                continue
            for q in find_quantities(sentence[0]):
                at = sentence.start() + q.start
                known = any(span.start <= at < span.end for span in read)
                before = sentence[0][: q.start]
                whole = q.unit == MONEY and not _EACH.search(before)
                if whole and not known and _LIMIT.search(before):
                    yield q.value


def _figures(row: Entitlement) -> Iterator[Span]:
    """The characters of all figures of a measure."""
    quantities = [row.rate, row.amount]
    quantities += [cap.quantity for cap in row.caps]
    quantities += [bound.quantity for bound in row.bounds]
    quantities += [q for tier in row.tiers for q in (tier.rate, tier.low, tier.high)]
    quantities += [one.amount for one in row.increments]
    yield from (q.span for q in quantities if q)
