"""Stages that are items of a list, each with its own amount, where a question says that several of them are done:
（二）完成Ⅱ期的，给予500万元；（三）完成Ⅲ期的，给予800万元; 先后完成了Ⅱ期和Ⅲ期，一共多少."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.bounds import is_money
from server.sums.facets import Facets, conflict, facets_of, stages
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text
from server.sums.listing import Listing, listings_near
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.stages import years_apart
from server.sums.units import units_of
from server.sums.working import Working

__all__ = ["stages_done"]

_TOGETHER = re.compile(r"一共|总共|合计|累计|加起来|加一?[起块]|共[能可拿领]|先后|都|全部?|同年")
_EACH = re.compile(r"各[自是能拿给多]|分别[能可拿给补奖是有多]")
#: A stage that is not yet done, or done in another year than the others.
_OPEN = re.compile(
    r"没有?|未|还在|正在?(?:做|开展|进行)|准备|打算|计划|即将|预计|去年|前年|明年|后年|上年|20\d\d年|另一?个|领过|拿过"
)
#: The list says itself that its items are stages of one thing.
_BY_STAGE = re.compile(
    r"分阶段|分(?:步|节点)|按照?[^，。；]{0,6}(?:进度|阶段|节点|进展)|各(?:个)?(?:阶段|节点)"
)
#: Of several items only one is paid.
_ONE_ONLY = re.compile(
    r"就高|从高|最高(?:一)?[档项级]|不重复|不得?重复|差额|择优|只能?(?:享受|申报)一"
)
_SCALED = re.compile(r"(?:上述|前款|前述|以上|该)[^，。；]{0,6}标准")
_LOOSE = re.compile(
    r"^(?:对|已)?(?:首次)?(?:完成|取得|通过|获得|实现|开展)|[的后]$|（[^）]*）|并?(?:且|已)"
)
_ALL_OF = re.compile(r"都|均|每[个种项]|各自?|全部?")


def stages_done(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What the stages come to that a question says are done, within the limit of all of them.

    None where it names no two of one list, asks for each by itself, or does not say that they are
    done in one year; no sum where only one of them is paid, or those asked about get another share.
    """
    question, index = retrieval.understanding.text, likeness.retriever.index
    if not _TOGETHER.search(question) or _EACH.search(question) or _OPEN.search(question):
        return None
    counts = [f for f in facts if f.is_count and f.value > 1]
    if len(counts) > 1 or any(f not in counts and f.value != 1 for f in facts):
        return None
    if years_apart(question) or (counts and not _ALL_OF.search(question)):
        return None
    for listing in listings_near(retrieval, index, 1):
        rows = _named(listing, question, index)
        if len(rows) > 1:
            if not _is_meant(listing, rows, question):
                return STOPPED
            return _worked(rows, counts)
    return None


def _named(listing: Listing, question: str, index: ClauseIndex) -> list[Entitlement]:
    """The measures of the items that a question names; none unless all its stages have one."""
    rows = [row for item in listing.items for row in index.measures(item.address)]
    if len({row.address for row in rows}) < len(rows):
        return []
    if len(wanted := stages(question)) > 1:
        found = [row for row in rows if stages(event_text(row)) & wanted]
        told = [stages(event_text(row)) for row in found]
        return found if all(len(one) == 1 for one in told) and len(told) == len(wanted) else []
    if wanted or not _BY_STAGE.search(listing.lead.words):
        return []
    names = [(row, _LOOSE.sub("", _LOOSE.sub("", event_text(row)))) for row in rows]
    return [row for row, name in names if len(name) > 1 and name in question]


def _is_meant(listing: Listing, rows: Sequence[Entitlement], question: str) -> bool:
    """Whether the amounts of a list hold as they stand for what is asked about, and add up."""
    asked = _without_stage(facets_of(question))
    if conflict(asked, _without_stage(facets_of(listing.lead.words))):
        return False
    for piece in (listing.lead, *listing.beside):
        for sentence in re.split("[。；;\n]", piece.words):
            if _ONE_ONLY.search(sentence):
                return False
            if _SCALED.search(sentence) and _is_of(sentence, asked):
                return False
    return all(_is_plain(row) for row in rows) and len({row.caps for row in rows}) == 1


def _without_stage(facets: Facets) -> Facets:
    return {name: values for name, values in facets.items() if name != "stage"}


def _is_of(sentence: str, asked: Facets) -> bool:
    """Whether a sentence that scales the amounts is on what is asked about, or of nothing named."""
    own = _without_stage(facets_of(sentence))
    return not own or any(asked.get(name, frozenset()) & own[name] for name in own)


def _is_plain(row: Entitlement) -> bool:
    amount = row.amount
    plain = amount is not None and amount.unit == MONEY and amount.low is None and not row.at_most
    more = row.unread or row.rate or row.bounds or row.increments or row.tiers
    caps = all(is_money(cap) and cap.scope == "recipient" for cap in row.caps)
    return plain and not more and caps and not units_of(row)


def _worked(rows: Sequence[Entitlement], counts: Sequence[Fact]) -> Sum:
    working, values = Working(), list[Decimal]()
    number = [(fact.value, fact.unit) for fact in counts]
    for row in rows:
        assert row.amount is not None
        values.append(working.times(number, row.amount))
    total = working.plus(values)
    for cap in rows[0].caps:
        name = "每年上限" if cap.yearly else "上限"
        total = working.capped(total, cap.quantity.value, name, cap.quantity.span)
    return worked_held(total, working)
