"""Lists stated whole: a lead never without what it leads to, an entry that is half a sentence never
without its lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from corpus.address import Address, ClausePath
from indexer.clause_index import ClauseIndex
from indexer.passages import Passage
from indexer.traits import Trait
from retriever.asked import SETTLED
from retriever.lists import beneath, lead_of
from retriever.query import Hit, Retrieval
from server.asking import Asking
from server.wanted import all_wanted, states

__all__ = ["listed_under", "whole_lists"]

#: Entries of one list that are stated.
_MOST = 12
#: So few found for a question for a list are entries of one that goes on.
_FEW = 2
#: An entry that only says who or what is meant: 擅自转租、分租的；
_HALF = re.compile(r"的[；。;]?$")
_QUESTION, _REPLY = re.compile(r"问\s*[：:]"), re.compile(r"答\s*[：:]")
#: What is asked for is open: no entry is asked about by itself.
_OPEN = re.compile(r"什么|啥|哪|怎[么样]|如何|咋|门槛|条件|材料|资料|情形|情况|要求|手续|谁")
#: What the entries of a list are, as its lead says last (提交下列材料：), and as people ask for it.
_KINDS = {
    "材料": re.compile(r"材料|资料|证件|证明|手续|(?:带|交|备|准备)(?:哪些|些?什么|些?啥)"),
    "条件": re.compile(r"条件|门槛|要求|资格|要?满足|够格"),
    "程序": re.compile(r"程序|流程|步骤|几步|怎么[走办申]|咋[走办申]|如何(?:办|申)"),
    "情形": re.compile(r"情形|情况"),
}
#: What is done to who breaks a rule.
_PUNISHED = re.compile(r"罚款|责令|吊销|警告|没收|处分|处罚")
_DEALT_WITH = re.compile(r"(?:怎么|怎样|如何|咋|会被?)处[理置]|责令|什么责任")
_KINDS |= {"资料": _KINDS["材料"], "流程": _KINDS["程序"], "步骤": _KINDS["程序"]}
_ANNOUNCED = re.compile(rf"(?P<kind>{'|'.join(_KINDS)})(?:之一)?(?:的|办理|进行)?[：:]$")
#: …or that is all its lead says: 申报程序。
_HEADED = re.compile(rf"^[^，。；：:]{{0,6}}(?P<kind>{'|'.join(_KINDS)})。?$")


def whole_lists(
    hits: Sequence[Hit], retrieval: Retrieval, ask: Asking, index: ClauseIndex
) -> list[Hit]:
    """Return the hits, each list among them with what it takes to be read.

    A lead (应当符合下列条件：) brings all its entries. Of several entries of one list that answer an
    open question equally well none is meant by itself: all are stated, as where one entry is all
    that was found for a question for a list. An entry that is half a sentence (擅自转租的), or whose
    lead has a value that is asked for, has its lead before it.
    """
    if ask.lookup:
        return list(hits)
    if ask.list_all and len(hits) > _FEW:
        return _in_order(_with_all_of_most(hits, index))
    whole: dict[Address, Hit] = {}
    for hit in hits:
        for each in _with_its_list(hit, hits, retrieval, ask, index):
            whole.setdefault(each.passage.address, each)
    return list(whole.values())


def _with_all_of_most(hits: Sequence[Hit], index: ClauseIndex) -> list[Hit]:
    """The hits, with the rest of a list of which most of them are entries: 合同应当具备以下条款."""
    leads = [_lead_of_hit(hit, index) for hit in hits]
    most = max((lead for lead in leads if lead is not None), key=leads.count, default=None)
    if most is None or 2 * leads.count(most) <= len(hits):
        return list(hits)
    first = hits[leads.index(most)]
    held = {hit.passage.address for hit in hits}
    rest = [hit for hit in _entries(most, first, index) if hit.passage.address not in held]
    return [*hits, *rest]


def _in_order(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, entries of one list in their order where the first of them stands."""
    first: dict[tuple[str, ClausePath | None], int] = {}
    for place, hit in enumerate(hits):
        first.setdefault(_list_of(hit), place)
    path = [hit.passage.address.path for hit in hits]
    order = sorted(range(len(hits)), key=lambda i: (first[_list_of(hits[i])], path[i]))
    return [hits[i] for i in order]


def _list_of(hit: Hit) -> tuple[str, ClausePath | None]:
    address = hit.passage.address
    return address.document, address.path.parent or address.path


def _with_its_list(
    hit: Hit, hits: Sequence[Hit], retrieval: Retrieval, ask: Asking, index: ClauseIndex
) -> list[Hit]:
    row = index.passages.row(hit.passage.address)
    if row is None:
        return [hit]
    if _QUESTION.match(hit.passage.text):
        return _reply_to(row, hit, index) or [hit]
    if entries := _entries(row, hit, index):
        return [hit, *entries]
    lead = lead_of(row, index)
    if lead is None:
        return [hit] if ask.compare else _under_heading(row, hit, retrieval, index)
    above = Hit(index.passages[lead], hit.score, hit.found_by)
    half = _HALF.search(hit.passage.text.rstrip())
    beside = [other for other in hits if _lead_of_hit(other, index) == lead]
    question = retrieval.query.text
    is_open = (
        not ask.compare
        and _OPEN.search(question)
        and (len(beside) > 1 or _announces(above, question))
    )
    if ask.list_all or is_open:
        return listed_under(lead, hit, index)
    return [above, hit] if half or _is_told_by(above, hit, retrieval) else [hit]


def _under_heading(row: int, hit: Hit, retrieval: Retrieval, index: ClauseIndex) -> list[Hit]:
    """The entries beside one, where the heading above them names what is asked for: （十五）申报程序."""
    context, parent = hit.passage.context, hit.passage.address.path.parent
    heading = (
        _HEADED.search(re.sub(r"^[（(]?[一二三四五六七八九十百\d]+[）)、.．]", "", context[-1]))
        if context
        else None
    )
    if (
        parent is None
        or heading is None
        or not _KINDS[heading["kind"]].search(retrieval.query.text)
    ):
        return [hit]

    def is_beside(other: Passage) -> bool:
        own = other.address
        return own.document == hit.passage.address.document and own.path.parent == parent

    first = row
    while first and is_beside(index.passages[first - 1]):
        first -= 1
    beside = takewhile(is_beside, (index.passages[r] for r in range(first, len(index.passages))))
    return [Hit(passage, hit.score, hit.found_by) for passage in islice(beside, _MOST)]


def listed_under(lead: int, hit: Hit, index: ClauseIndex) -> list[Hit]:
    """The entries under the row of a lead; with it where they are half sentences (擅自转租的)."""
    entries = _entries(lead, hit, index)
    half = any(_HALF.search(entry.passage.text.rstrip()) for entry in entries)
    above = [Hit(index.passages[lead], hit.score, hit.found_by)] if half else []
    return [*above, *entries]


def _reply_to(question: int, hit: Hit, index: ClauseIndex) -> list[Hit]:
    """The paragraph behind one that only asks (问：…？), which answers it (答：…)."""
    behind = question + 1
    if behind == len(index.passages):
        return []
    reply, asked = index.passages[behind], hit.passage.address
    beside = (reply.address.document, reply.address.path.parent) == (
        asked.document,
        asked.path.parent,
    )
    answers = beside and _REPLY.match(reply.text)
    return [Hit(reply, hit.score, hit.found_by)] if answers else []


def _announces(lead: Hit, question: str) -> bool:
    """Whether a lead says that what a question asks for follows."""
    said = lead.passage.text.strip()
    match = _ANNOUNCED.search(said) or _HEADED.search(said)
    return match is not None and _KINDS[match["kind"]].search(question) is not None


def _is_told_by(lead: Hit, entry: Hit, retrieval: Retrieval) -> bool:
    """Whether a lead states a value asked for (给几年), or what is done to who does it, that its
    entry does not."""
    question = retrieval.understanding.text
    asked = SETTLED["penalty"].search(question) or _DEALT_WITH.search(question)
    if asked and _PUNISHED.search(lead.passage.text) and not _PUNISHED.search(entry.passage.text):
        return True
    return any(
        states(lead.passage.text, kind, question) and not states(entry.passage.text, kind, question)
        for kind in all_wanted(question)
    )


def _lead_of_hit(hit: Hit, index: ClauseIndex) -> int | None:
    row = index.passages.row(hit.passage.address)
    return None if row is None else lead_of(row, index)


def _entries(lead: int, hit: Hit, index: ClauseIndex) -> list[Hit]:
    """The entries under a lead, in their order; what is beneath one of them is its own matter."""
    path = index.passages[lead].address.path
    if index.traits[lead] & Trait.LEAD:
        passages = (index.passages[row] for row in beneath(lead, index))
        entries: Iterator[Passage] = islice(
            (p for p in passages if p.address.path.parent == path), _MOST
        )
    else:
        behind = range(lead + 1, min(lead + 1 + _MOST, len(index.passages)))
        entries = takewhile(
            lambda p: _lead_of_hit(Hit(p, 0.0, ()), index) == lead,
            (index.passages[row] for row in behind),
        )
    return [
        hit if p.address == hit.passage.address else Hit(p, hit.score, hit.found_by)
        for p in entries
    ]
