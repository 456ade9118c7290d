"""Whether a case took longer than a sum's clause allows: 第20个月才投产 where 18个月内 is the condition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.numerals import NUMERAL, read_numeral
from indexer.clause_index import ClauseIndex
from server.pieces import read_from
from server.sums.result import Sum

__all__ = ["is_too_late", "read_sentences"]

_TOOK = re.compile(
    rf"(?:第|[拖花用]了?|过了)\s*(?P<n>{NUMERAL})\s*(?P<unit>个月|年|天|日)(?![的之]?[内前])"
)
_WITHIN = re.compile(rf"(?P<n>{NUMERAL})\s*(?P<unit>个月|年|天|日)[以之]?内")


def is_too_late(found: Sum, question: str, index: ClauseIndex) -> bool:
    """Whether a question tells a time that is longer than each one that the sentences set, of that
    unit, within which a sum was read from them."""
    took = {match["unit"]: read_numeral(match["n"]) for match in _TOOK.finditer(question)}
    if not took:
        return False
    text = "\n".join(read_sentences(found, index))
    limits: dict[str, int] = {}
    for match in _WITHIN.finditer(text):
        limits[match["unit"]] = max(limits.get(match["unit"], 0), read_numeral(match["n"]))
    return any(time > limits.get(unit, time) for unit, time in took.items())


def read_sentences(found: Sum, index: ClauseIndex) -> Iterator[str]:
    """The sentences that the figures of a sum were read from."""
    for _, pieces, holding in read_from(found.sources, index):
        yield from (pieces[at] for at in holding)
