"""What is left of a yearly limit once some of it was had: 今年1类新药已经拿了9400万元，还能再拿多少; also of one that
another item shares: 本项支持与第（二）项支持合并计算，适用第（二）项规定的累计支持额度."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.address import Address
from corpus.mentions import find_mentions, resolve
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap, Span
from indexer.entitlements.quantities import MONEY
from indexer.lexical import terms
from server.sums.bounds import is_money
from server.sums.facets import conflict, facets_of
from server.sums.facts import Fact, stated_facts
from server.sums.likeness import Likeness, event_text
from server.sums.money import written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["Had", "had_this_year", "left_of_year"]

_PHRASE = re.compile(r"[^，,。；;！!？?\n]+[，,。；;！!？?\n]?")
_HAD = re.compile(
    r"已经?[^，,。；;\d]{0,8}?(?:拿|领|得|享受|获|兑现|到账)|(?:拿|领|享受)[过到了]|到账了?(?=\d)"
)
_THIS_YEAR = re.compile(r"今年|本年|当年|年内|这一年")
#: What was had of others, or in other years, is not of this limit.
_OF_OTHERS = re.compile(
    r"别|其[他它]|另|[国省市区县](?:家级|级|里)(?!创新|优先)|上级|去年|前年|往年|以前|20\d\d年"
)
_ASKED = re.compile(r"还[能可有会]|再[能可]?[^，。；？?]{0,2}[拿领补给得]")
#: What every such phrase says.
_LOOSE = re.compile(
    r"\d[\d.,]*\s?[万亿]?元?|今年|本年度?|当年|已经?|按?顶格|一[个共]|拿[到了过]?|领[到了过]?|得到?了?|享受了?|我们|公司|企业|奖励|补[贴助]|支持|资助|资金"
)
#: Whose it is: 上海一家药企.
_WHO = re.compile(r"^[^，,。；;\d]{0,12}?(?:公司|企业|药企|单位|机构|医院|厂家?)(?!名)")
_SHARED = re.compile(
    r"本(?:项|条|款)[^。；;\n]{0,16}?与[^。；;\n]{2,24}?(?:合并|累计|一并|共同)(?:计算|适用|计入|不超过)[^。；;\n]*+"
)
#: As much of what was had is said in the clause that the limit is of.
_SPOKEN = 0.5


@dataclass(frozen=True, slots=True)
class Had:
    """What a question says was had this year, and the question without it, with its figures."""

    fact: Fact
    phrase: str
    question: str
    facts: tuple[Fact, ...]


def had_this_year(question: str, facts: Sequence[Fact]) -> Had | None:
    """What of a limit was had, where a question asks what may still be had; None where it is not
    told for certain."""
    had = [f for f in facts if f.unit == MONEY and _HAD.search(f.before)]
    if len(had) != 1 or had[0].part or had[0].vague or not _ASKED.search(question):
        return None
    at, phrases = had[0].start, list(_PHRASE.finditer(question))
    own = next((m for m in phrases if m.start() <= at < m.end()), None)
    if own is None or _OF_OTHERS.search(own[0]) or not _THIS_YEAR.search(question[: own.end()]):
        return None
    rest = question[: own.start()] + question[own.end() :]
    left = stated_facts(rest)
    return Had(had[0], own[0], rest, left) if len(left) < len(facts) else None


def left_of_year(found: Sum | None, had: Had, likeness: Likeness) -> Sum | None:
    """A sum held to what is left of the yearly limit of its clause; None where it has none that
    what was had is of."""
    result = found.calculation.result if found else None
    if found is None or result is None or not found.sources or found.high not in (None, result):
        return None
    limits = list(_limits(found.sources[0].address, had, likeness))
    if len({cap.quantity.span for cap, _ in limits}) != 1:
        return None
    cap, spans = limits[0]
    if had.fact.value > cap.quantity.value:
        return STOPPED
    working = Working(list(found.calculation.steps), list(found.calculation.caps))
    left = working.minus(cap.quantity.value, had.fact.value, cap.quantity.span, *spans)
    value = working.capped(result, left, "余额", cap.quantity.span)
    display = f"最高{written(value, MONEY)}" if value else written(value, MONEY)
    calculation = replace(
        found.calculation, result=value, display=display, steps=tuple(working.steps),
        caps=tuple(dict.fromkeys(working.caps)),
    )  # fmt: skip
    sources = unique([*found.sources, *working.sources])
    return replace(found, calculation=calculation, sources=sources, high=None)


def _limits(
    address: Address, had: Had, likeness: Likeness
) -> Iterator[tuple[Cap, tuple[Span, ...]]]:
    """The limits on one recipient and year that a clause has, or else shares, and that what was
    had is of; with the sentence that shares it."""
    index = likeness.retriever.index
    own, text = index.measures(address), index.clause(address)[1].text
    if caps := [] if _SHARED.search(text) else _yearly(own):
        yield from ((c, ()) for c in caps if _is_of(had, text, _under(c, own), likeness))
        return
    for match in _SHARED.finditer(text):
        outline = index.readings[address.document].outline
        paths = {resolve(m, outline) for m in find_mentions(match[0])} - {None, address.path}
        others = [Address(address.document, path) for path in paths if path]
        rows = [row for other in others for row in index.measures(other)]
        words = " ".join([text, *(index.clause(other)[1].text for other in others)])
        span = Span(address, match.start(), match.end(), match[0])
        # With a limit of its own besides nobody knows which of the two is left.
        for cap in _yearly(rows) if len(others) == 1 and not _yearly(own) else ():
            if _is_of(had, words, [*own, *_under(cap, rows)], likeness):
                yield cap, (span,)


def _yearly(rows: Sequence[Entitlement]) -> list[Cap]:
    caps = [c for r in rows for c in r.caps if c.scope == "recipient" and c.yearly and is_money(c)]
    return list({cap.quantity.span: cap for cap in caps}.values())


def _under(cap: Cap, rows: Sequence[Entitlement]) -> list[Entitlement]:
    return [row for row in rows if any(c.quantity.span == cap.quantity.span for c in row.caps)]


def _is_of(had: Had, text: str, rows: Sequence[Entitlement], likeness: Likeness) -> bool:
    """Whether what was had is of one of some measures: it names none of another kind, and the
    clause says what it names."""
    named = facets_of(had.phrase)
    own = [facets_of(event_text(row)) for row in rows]
    own = [facets for facets in own if not conflict(named, facets)]
    said = terms(_LOOSE.sub("，", _WHO.sub("", had.phrase)))
    spoken = bool(said) and likeness.retriever.coverage(said, text) >= _SPOKEN
    return spoken or any(named.keys() & facets.keys() for facets in own) if own else False
