"""Supports that a question names and adds, each with figures of its own: 就餐1200人次，另外送餐300次，
运营补贴和送餐补贴一共能领多少."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from retriever.query import Retrieval
from server.sums.apart import forbidden_together
from server.sums.by_name.had import both_had
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.one_document import OneDocument
from server.sums.result import STOPPED, Sum, added
from server.sums.times_met import MONTHS, times_met
from server.sums.two_supports import plain_amount
from server.sums.workable import can_be_worked

__all__ = ["named_supports"]

_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}(?:补贴|补助|奖励|津贴|资助|奖补)")
_TOGETHER = re.compile(r"一共|总共|合计|加起来|加在一起|共[能可]?[领拿得有]")
_SEGMENT = re.compile(r"[^，,。；;？?]+[，,。；;？?]?")
#: Of the clauses found, those that may be called so.
_NEAR = 6
#: A figure is of the clause that holds this much more of its words than any other.
_MORE = 0.1


def named_supports(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What supports come to that a question names, each by its own clause and its own figures.

    None where it names no two that the clauses found call so, or a figure may be of either; no sum
    where a sentence lets only one of them be had, or one of them is not worked out.
    """
    question = retrieval.understanding.text
    if not _TOGETHER.search(question) or not facts:
        return None
    places = _places(question, retrieval, likeness.retriever.index)
    if len(places) < 2:
        return None
    own = [_of_clause(address, list(places), facts, likeness) for address in places]
    index, found = likeness.retriever.index, list(places)
    # 创业补贴 is one amount, whatever is counted for 带动就业补贴.
    plain = [_plain(address, mine, index) for address, mine in zip(places, own, strict=True)]
    told = all(mine or one for mine, one in zip(own, plain, strict=True))
    if sum(map(len, own)) != len(facts) or not told:
        return None
    # 两项补贴在同一地块上不得重复享受 is on one clause: it is kept to where one figure is of it.
    twice = any(len(mine) > 1 for mine in own) and forbidden_together(found, index)
    if twice or not both_had(list(places.values()), found, index):
        return STOPPED
    sums = [
        one or _alone(address, name, mine, facts, question, likeness)
        for (address, name), mine, one in zip(places.items(), own, plain, strict=True)
    ]
    known = [s for s in sums if s and s.calculation.result is not None]
    return added(known) if len(known) == len(places) else STOPPED


def _places(question: str, retrieval: Retrieval, index: ClauseIndex) -> dict[Address, str]:
    """The clauses found, each the only one that gives what the question calls so, with its name."""
    found: dict[Address, str] = {}
    document = retrieval.hits[0].passage.address.document
    near = [h.passage.address for h in retrieval.hits[:_NEAR]]
    near = [a for a in near if a.document == document]
    for match in _NAME.finditer(question):
        # 和送餐补贴: what stands before the name is not known, so its last four characters are tried.
        for name in (match[0][at:] for at in range(len(match[0]) - 3)):
            giving = [a for a in near if name in index.clause(a)[1].text and index.measures(a)]
            if len(giving) == 1:
                found.setdefault(giving[0], name)
                break
    return found


def _of_clause(
    address: Address, places: Sequence[Address], facts: Sequence[Fact], likeness: Likeness
) -> list[Fact]:
    """The figures whose words are those of one clause more than of the others."""
    clause = likeness.retriever.index.clause
    mine = []
    for fact in facts:
        worth = {a: likeness.share(fact.words, clause(a)[1].text) for a in places}
        others = max(value for a, value in worth.items() if a != address)
        if worth[address] >= others + _MORE:
            mine.append(fact)
    return mine


def _plain(address: Address, own: Sequence[Fact], index: ClauseIndex) -> Sum | None:
    """The one amount of a clause of which nothing but times is stated, each demanded and met."""
    if any(fact.unit not in MONTHS for fact in own):
        return None
    met = times_met(own, index.clause(address)[1].text)
    return None if met is None else plain_amount(address, index, met)


def _alone(
    address: Address,
    name: str,
    own: Sequence[Fact],
    facts: Sequence[Fact],
    question: str,
    likeness: Likeness,
) -> Sum | None:
    """The sum of one clause, asked with all that the question says but for figures of the others."""
    others = [fact.written for fact in facts if fact not in own]
    said = "".join(
        segment
        for segment in _SEGMENT.findall(question)
        if not any(figure in segment for figure in others) and not _TOGETHER.search(segment)
    )
    rows = [row for row in likeness.retriever.index.measures(address) if can_be_worked(row)]
    asked = f"{said}{name}多少"
    return OneDocument(likeness, asked, tuple(own), [(row, 1.0) for row in rows]).work()
