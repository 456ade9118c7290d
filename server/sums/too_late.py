"""Whether a case took longer than a sum's clause allows (第20个月才投产 where 18个月内 is the condition),
or did not pass what it goes on for (年度考核不合格的停止拨付)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.numerals import NUMERAL, read_numeral
from indexer.clause_index import ClauseIndex
from server.pieces import read_from
from server.sums.result import Sum

__all__ = ["is_stopped", "is_too_late", "read_sentences"]

_TOOK = re.compile(
    rf"(?:第|[拖花用]了?|过了)\s*(?P<n>{NUMERAL})\s*(?P<unit>个月|年|天|日)(?![的之]?[内前])"
    # 第二年能兑现多少 asks for what is paid then.
    r"(?!度?(?:还|又|再)?(?:可以|能够?|可)?(?:兑|拨|到账|到手|拿|领|发|给|得|补|奖|有?多少))"
)
_WITHIN = re.compile(rf"(?P<n>{NUMERAL})\s*(?P<unit>个月|年|天|日)[以之]?内")
#: 年度考核不合格的停止拨付; 中期评估未通过的，终止资助.
_STOPS = re.compile(
    r"(?P<what>[^，。；\d]{2,12}?)(?:不合格|不达标|未(?:能)?通过|未达标)的?[，,]?(?:停止|停发|终止|取消|暂停|不再|不予)"
)
_FAILED = r"[^，。；？?]{0,4}(?:不合格|不达标|没(?:有)?(?:能)?(?:通过|合格|达标|过)|未(?:能)?(?:通过|合格|达标))"


def is_stopped(found: Sum, question: str, index: ClauseIndex) -> bool:
    """Whether a question says that something was not passed without which nothing more is paid."""
    addresses = {span.address for span in found.sources}
    stops = (m for address in addresses for m in _STOPS.finditer(index.clause(address)[1].text))
    return any(re.search(re.escape(match["what"][-2:]) + _FAILED, question) for match in stops)


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
