"""An amount as another article raises it: 第（九）项补贴标准上浮30%, 在第六条规定标准基础上上浮50%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.chapters.raises import Raise, is_case, raises_in
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.working import Working

__all__ = ["raised_elsewhere"]

_NEAR = 5
_MOST = re.compile(r"(?:不超过|不得超过|最高|最多)[^，。；\d]{0,4}$")
_NAME_END = re.compile(
    r"(?:的|，|：|给予|按照?|为|不(?:得)?超过|最高|最多|一次性|补[助贴]|奖励|额度){1,6}$"
)
_BRACKETS = re.compile(r"[（(][^（）()]{0,12}[）)]")
_DENIED = re.compile(r"不(?:在|是|属于)|没有?(?:在|进|列)|非|未")


@dataclass(frozen=True, slots=True)
class _Base:
    """An amount of the article that is raised, by what it is for."""

    name: str
    amount: Quantity
    most: bool


def raised_elsewhere(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The one amount of an article that a question names, raised for those that the question is of.

    None where no article found raises another one for them; no sum where it is not told of which
    amount, or anything is counted.
    """
    if not retrieval.hits:
        return None
    index, question = likeness.retriever.index, retrieval.understanding.text
    near = [hit.passage.address for hit in retrieval.hits[:_NEAR]]
    near = [address for address in near if address.document == near[0].document]
    for address in near:
        for one in _raises(address, index):
            of = one.of[0]
            meant = any(of.contains(hit) or hit == address for hit in near[:2])
            if not meant or is_case(one.who, question) != "given":
                continue
            if any(f.value != 1 and not f.past for f in facts):
                # What figures come to is worked out elsewhere, and held to what is raised.
                return None
            if _DENIED.search(question):
                return STOPPED
            named = _named(_bases(of, index), question)
            return _worked(named[0], one.by) if len(named) == 1 else STOPPED
    return None


def _raises(address: Address, index: ClauseIndex) -> Iterator[Raise]:
    """What a clause raises by a share of the amounts of another one; 上浮后最高不超过3万元 limits what
    is raised."""
    for one in raises_in(address, index):
        if (
            len(one.of) == 1
            and one.by.unit == "%"
            and not (one.points or one.less or one.cap or one.to)
        ):
            yield one


def _bases(of: Address, index: ClauseIndex) -> list[_Base]:
    """The amounts of an article, or of the items under it; none where one is of any other form."""
    found: list[_Base] = []
    outline = index.readings[of.document].outline
    for clause in (c for c in outline.clauses if of.contains(Address(of.document, c.path))):
        own = Address(of.document, clause.path)
        quantities = [q for q in find_quantities(clause.text) if q.unit.split("/")[0] == MONEY]
        rows = [r for r in index.measures(own) if r.address == own and r.amount and r.event]
        if rows and len(rows) == len(quantities):
            plain = all(
                not (r.caps or r.increments or r.unread or r.rate)
                and r.amount and r.amount.unit == MONEY and r.amount.low is None
                for r in rows
            )  # fmt: skip
            if not plain:
                return []
            found += [_Base(r.event[0].text, r.amount, r.at_most) for r in rows if r.amount]
            continue
        # A paragraph beside the items limits them.
        beside = bool(quantities) and own != of and clause.path.steps[-1].rank == "para"
        if beside or len(quantities) > 1 or any(q.unit != MONEY or q.low for q in quantities):
            return []
        for q in quantities:
            before = re.split("[，。；]", clause.text[: q.start])[-1]
            name = _NAME_END.sub("", before)
            found.append(
                _Base(name, quantity_at(own, clause.text, q, 0), bool(_MOST.search(before)))
            )
    return found


def _named(bases: Sequence[_Base], question: str) -> list[_Base]:
    """The amounts whose names a question says, of two that it says the longer name."""
    said = [one for one in bases if _key(one.name) and _key(one.name) in question]
    return [
        one for one in said if not any(_key(one.name) in _key(o.name) for o in said if o is not one)
    ]


def _key(name: str) -> str:
    return re.sub(r"证书?$", "", _BRACKETS.sub("", name))


def _worked(base: _Base, rate: Quantity) -> Sum:
    working = Working()
    value = working.times((), base.amount)
    value = working.plus([value, working.share(value, rate)])
    return worked_alone(value, MONEY, "最高" if base.most else "", working)
