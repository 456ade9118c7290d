"""A time with its extension: 3个工作日内予以登记，可以再延长3个工作日 is 6个工作日 at most."""

from __future__ import annotations

import re

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import read_number
from retriever.query import Retrieval
from server.sums.money import plain
from server.sums.result import Sum, worked_alone
from server.sums.working import Working

__all__ = ["extended"]

_UNIT = r"个工作日|工作日|个月|日|天"
_LONGEST = re.compile(
    r"(?:最[多长慢晚迟久]|顶多|至多|顶天|加上延长|算上延长|连延长|含延长)[^，,。；？?]{0,12}(?:几|多少|多[久长])(?:个)?(?:工作日|天|日|月)?"
)
_N = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_TIME = re.compile(
    rf"(?P<first>{_N})(?P<unit>{_UNIT})(?:以?内|之内)[^。]{{0,80}}?(?:再|可以?|予以|申请|能够?)?(?:适当)?延长(?:不超过|最多|至多|最长不超过|期限不超过)?(?P<more>{_N})(?P<same>{_UNIT})"
)


def extended(retrieval: Retrieval, index: ClauseIndex) -> Sum | None:
    """The time that the clause that fits best allows, with its extension.

    None unless the question asks for the longest and the clause states just one time with one.
    """
    if not retrieval.hits or not _LONGEST.search(retrieval.understanding.text):
        return None
    address = retrieval.hits[0].passage.address
    text = index.clause(address)[1].text
    found = list(_TIME.finditer(text))
    if len(found) != 1 or _unit(found[0]["unit"]) != _unit(found[0]["same"]):
        return None
    match, unit = found[0], _unit(found[0]["unit"])
    values = [read_number(match[name]) for name in ("first", "more")]
    working = Working()
    total = values[0] + values[1]
    terms = " + ".join(f"{plain(value)}{unit}" for value in values)
    working.says(f"{terms} = {plain(total)}{unit}", *_spans(address, match))
    return worked_alone(total, unit, "最长", working)


def _unit(written: str) -> str:
    """One word for a unit written in two ways."""
    return {"工作日": "个工作日", "天": "日"}.get(written, written)


def _spans(address: Address, match: re.Match[str]) -> list[Span]:
    places = [
        (match.start("first"), match.end("unit")),
        (match.start("more"), match.end("same")),
    ]
    text = match.string
    return [Span(address, start, end, text[start:end]) for start, end in places]
