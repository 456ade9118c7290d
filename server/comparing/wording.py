"""Figures with the words around them, as they stand in a clause: 最高1000万元, 每人每月300元."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Bound, Quantity, Span, Tier

__all__ = ["bound_words", "figure_words", "is_bounded", "limit_words", "tier_words"]

#: What may stand before a figure in its phrase: no stop, no other figure.
_BEFORE = re.compile(r"[^，,；;。：:、（）()\d%％\n]{0,24}$")
#: Words that make a figure a limit rather than a promise.
_LIMIT = re.compile(r"(?:最高(?:不超过)?|不(?:超过|高于|得超过)|[至最]多|封顶|上限)")
#: One phrase before a list of figures says of each only what 分别 shares out.
_SHARED_OUT = "分别"
_GIVING = re.compile(r"^(?:并|且|而|其中|对其|按照?|以|给予?|予以|的)*")
_AFTER = re.compile(
    r"\s*+(?:[（(]不?含[^（）()]{0,4}[）)])?\s*+(?:及|或)?以[上下内]|\s*[（(]不?含[^（）()]{0,4}[）)]"
)
#: A threshold and the figure behind it stand in one phrase of at most so many characters.
_NEAR = 40
_LONGEST_TIER = 70


def figure_words(figure: Quantity, each: Span | None, index: ClauseIndex) -> Span:
    """An amount or rate from the words that limit it or say what it is for: 不超过…20%, 每个…500万元."""
    before = _before(figure.span, index)
    if _SHARED_OUT in before:
        return figure.span
    if limit := _LIMIT.search(before):
        return _from(figure.span, len(before) - limit.start(), index)
    back = figure.span.start - each.start if each and each.address == figure.span.address else 0
    return _from(figure.span, back, index) if 0 < back <= len(before) else figure.span


def is_bounded(figure: Quantity, index: ClauseIndex) -> bool:
    """Whether its phrase says that a figure is a limit (不超过, 最高)."""
    before = _before(figure.span, index)
    return _SHARED_OUT not in before and bool(_LIMIT.search(before))


def limit_words(span: Span, index: ClauseIndex) -> Span:
    """A cap with what it is for: 单个企业每年最高不超过500万元, 补助额度不超过实际装修费用."""
    before = _before(span, index)
    if _SHARED_OUT in before or not _LIMIT.search(before):
        return span
    giving = _GIVING.match(before)
    return _from(span, len(before) - (giving.end() if giving else 0), index)


def bound_words(bound: Bound, index: ClauseIndex) -> Span:
    """A threshold from what is measured to the figure: 年度服务合同金额超过300万元."""
    figure, of = bound.quantity.span, bound.of
    text = _text(figure, index)
    after = _AFTER.match(text, figure.end)
    end = after.end() if after else figure.end
    near = of and of.address == figure.address and 0 <= figure.start - of.start <= _NEAR
    start = of.start if of and near else figure.start - len(_before(figure, index))
    return replace(figure, start=start, end=end, text=text[start:end])


def tier_words(tier: Tier, index: ClauseIndex) -> Span:
    """A part of the base with its rate: 超过5000万元部分，按照…的20%."""
    edges = [edge.span for edge in (tier.low, tier.high) if edge]
    first = min(edges, key=lambda span: span.start, default=tier.rate.span)
    rate = tier.rate.span
    start = first.start - len(_before(first, index))
    if first.address != rate.address or not 0 <= rate.end - start <= _LONGEST_TIER:
        return rate
    return replace(rate, start=start, text=_text(rate, index)[start : rate.end])


def _before(span: Span, index: ClauseIndex) -> str:
    """The words of a figure's own phrase that stand before it."""
    match = _BEFORE.search(_text(span, index)[: span.start])
    return match[0].lstrip() if match else ""


def _from(span: Span, back: int, index: ClauseIndex) -> Span:
    """A span that begins some characters earlier."""
    start = span.start - back
    return replace(span, start=start, text=_text(span, index)[start : span.end])


def _text(span: Span, index: ClauseIndex) -> str:
    return index.clause(span.address)[1].text
