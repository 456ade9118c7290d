"""What a claim must pass before it is shown: one small function a check."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from corpus.mentions import find_mentions
from corpus.wording import label
from indexer.clause_index import ClauseIndex
from server.answer import Claim, Problem

__all__ = [
    "CHECKS",
    "amounts",
    "cites_a_clause",
    "figures",
    "figures_are_quoted",
    "mentions_are_quoted",
    "quotes_verbatim",
    "squeeze",
]

Check = Callable[[Claim, ClauseIndex], Problem | None]

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
#: A figure with the character behind it, which begins its unit; an amount in Chinese numerals.
_AMOUNT = re.compile(
    r"\d{1,18}(?:\.\d{1,18})?(?:[^\d\W]|[%‰℃㎡])"
    r"|[一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{2,}|[一二两三四五六七八九十壹](?=[成倍元万亿])"
    r"|百分[百之]\w?"
)
#: The number of an article or a part is no amount; mentions are checked on their own.
_ORDINAL = re.compile(r"第[（(]?[\d零〇一二两三四五六七八九十百千]+[）)]?")
_NAMED = re.compile(r"《[^》]+》|第[一二三四五六七八九十百]+[编章节]")


def squeeze(text: str) -> str:
    """Remove white space, in which a quote may differ from its source."""
    return re.sub(r"\s+", "", text)


def figures(text: str) -> set[str]:
    """Return the figures of a text in one form: full-width and grouped digits made plain.

    >>> sorted(figures("１０００万元、2,000元、3%"))
    ['1000', '2000', '3']
    """
    spelt = unicodedata.normalize("NFKC", text.replace("㎡", "平方米"))
    plain = re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", spelt)
    return set(_FIGURE.findall(plain))


def amounts(text: str) -> set[str]:
    """Return the figures with the first character of their units, and Chinese amounts.

    >>> sorted(amounts("１０００ 万元，按3%，共一亿元"))
    ['1000万', '3%', '一亿']
    """
    # In that form ㎡ would become m2, whose 2 is no amount.
    spelt = text.replace("㎡", "平方米")
    plain = _ORDINAL.sub("", squeeze(unicodedata.normalize("NFKC", spelt)))
    return set(_AMOUNT.findall(plain))


def cites_a_clause(claim: Claim, index: ClauseIndex) -> Problem | None:
    """The cited clause exists, in the index that was searched."""
    reading = index.readings.get(claim.address.document)
    if reading and claim.address.path in reading.outline:
        return None
    return Problem(claim.text, "cites_a_clause", str(claim.address))


def quotes_verbatim(claim: Claim, index: ClauseIndex) -> Problem | None:
    """The quote stands in the clause, character for character but for white space."""
    source = _source(claim, index)
    if claim.quote.strip() and squeeze(claim.quote) in squeeze(source):
        return None
    return Problem(claim.text, "quotes_verbatim", claim.quote[:80])


def figures_are_quoted(claim: Claim, index: ClauseIndex) -> Problem | None:
    """Each figure of the statement stands in the quote, with its unit."""
    invented = figures(claim.text) - figures(claim.quote)
    invented |= amounts(claim.text) - amounts(claim.quote)
    if not invented:
        return None
    return Problem(claim.text, "figures_are_quoted", "、".join(sorted(invented)))


def mentions_are_quoted(claim: Claim, index: ClauseIndex) -> Problem | None:
    """Each clause, chapter and title that the statement names is the cited one or in the quote."""
    own = label(claim.address.path)
    for mention in find_mentions(claim.text):
        if mention.words not in own and squeeze(mention.words) not in squeeze(claim.quote):
            return Problem(claim.text, "mentions_are_quoted", mention.words)
    for name in _NAMED.findall(claim.text):
        if squeeze(name) not in squeeze(claim.quote):
            return Problem(claim.text, "mentions_are_quoted", name)
    return None


def _source(claim: Claim, index: ClauseIndex) -> str:
    return index.readings[claim.address.document].outline.text(claim.address.path)


CHECKS: tuple[Check, ...] = (
    cites_a_clause,
    quotes_verbatim,
    figures_are_quoted,
    mentions_are_quoted,
)
