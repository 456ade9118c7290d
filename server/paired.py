"""The figure of a 分别 list that a question asks for, said first: Ⅲ期临床试验：20%，最高1000万元/项。"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.entitlements import Entitlement
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.answer import Claim
from server.asking import Asking
from server.checks import squeeze
from server.sums.facets import conflict, facets_of
from server.sums.likeness import Likeness, event_text, own_pieces

__all__ = ["paired"]

#: What all of a recipient's support comes to, or a further case adds, is another figure.
_OF_ALL = re.compile(r"年|封顶|上限|最[高多]|合计|一共|总共|顶格")
_MORE = re.compile(r"再|加|提高|额外|多(?:拿|给|奖|补)|另外|又|上浮")
#: The question speaks of what a measure is for where it holds this share of it.
_SPOKEN = 0.1
#: Longer ones are no name of a case.
_LONGEST = 60


def paired(
    claims: Sequence[Claim], retrieval: Retrieval, ask: Asking, retriever: Retriever
) -> list[Claim]:
    """Say first the figures of the one measure of several of a clause that the question names."""
    plain = ask.amount and not (ask.compare or ask.list_all or ask.lookup)
    if not claims or not plain:
        return list(claims)
    first, *rest = claims
    rows = retriever.index.measures(first.address)
    row = _meant(rows, retrieval, Likeness(retriever))
    said = _figures(row) if row else []
    quote = squeeze(first.quote)
    if row is None or not said or not all(squeeze(text) in quote for text in said):
        return list(claims)
    groups = facets_of(event_text(row)).keys()
    alike = [other for other in rows if facets_of(event_text(other)).keys() == groups]
    pieces = [squeeze(span.text) for span in own_pieces(row, alike) or row.event]
    who = "，".join(pieces)
    if len(who) > _LONGEST or not all(piece in quote for piece in pieces):
        return list(claims)
    return [replace(first, lead=f"{first.lead}{who}：{_written(row)}。"), *rest]


def _meant(
    rows: Sequence[Entitlement], retrieval: Retrieval, likeness: Likeness
) -> Entitlement | None:
    """The only measure that stages, classes and kinds named in the question leave."""
    question, latest = retrieval.understanding.text, retrieval.query.latest
    asked = {**facets_of(question), **facets_of(latest)}
    named = [row for row in rows if facets_of(event_text(row)).keys() & asked.keys()]
    fit = [row for row in named if not conflict(asked, facets_of(event_text(row)))]
    others = [row for row in rows if row not in named]
    spoken = [r for r in others if likeness.share(event_text(r), question) >= _SPOKEN]
    if len(fit) != 1 or len(named) < 2 or spoken:
        return None
    row = fit[0]
    of_all = any(cap.scope == "recipient" for cap in row.caps) and _OF_ALL.search(question)
    more = row.increments and _MORE.search(question)
    return None if of_all or more or row.unread or row.tiers else row


def _figures(row: Entitlement) -> list[str]:
    item = [cap.quantity.span.text for cap in row.caps if cap.scope == "item"]
    return [*(q.span.text for q in (row.rate, row.amount) if q), *item[:1]]


def _written(row: Entitlement) -> str:
    """The rate, the amount and the cap of one case, in the clause's own characters."""
    item = [cap.quantity.span.text for cap in row.caps if cap.scope == "item"][:1]
    said = [squeeze(row.rate.span.text)] if row.rate else []
    if row.amount:
        each = squeeze(row.each.text) if row.each and "/" not in row.amount.unit else ""
        said.append(f"{each}{'最高' if row.at_most else ''}{squeeze(row.amount.span.text)}")
    return "，".join([*said, *(f"最高{squeeze(text)}" for text in item)])
