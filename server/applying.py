"""Where to apply: the clause that says who takes applications, found by what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice

from indexer.passages import sentences
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.answer import Claim
from server.pieces import quoted

__all__ = ["applied_at", "said_within"]

#: Clauses of a document that are looked at.
_DEEP = 50
_WHO = re.compile(r"谁|哪个?(?:部门|单位|局|委|科室|处|机构)|哪里|哪儿|[去找向到]哪")
_APPLY = re.compile(
    r"申[报请领]|受理|兑现|[发打拨]钱|[打拨]款|拨付|领钱|领取|提交|递|从报|报上去|往[哪上]报|找[^，。？?]{2,10}报|谁(?:来)?[审批发]"
)
#: A clause on applying as such; what it says of it is the answer.
_ON_IT = re.compile(
    r"(?:向|到|由|在)[^。；]{2,40}(?:申请|申报|递交|提交|受理|办理)|(?:申请人|申请家庭|申请单位)"
)
#: Somebody to whom, or by whom: 由…组织申报, 报…兑现, 向…提出申请.
_OFFICE = r"[^，。；、]{0,16}(?:局|委|部门|机构|单位|中心|办公室|街道|政府|窗口|管委会|居委会|残联|联合会)"
_SAID = re.compile(
    rf"(?:由|向|到|(?<!申)报){_OFFICE}[^，。；]{{0,10}}(?:组织申报|受理|申报|申请|兑现|拨付|提交|递交)"
    rf"|{_OFFICE}(?:负责|统一)?受理"
)


def applied_at(retrieval: Retrieval, retriever: Retriever) -> list[Claim]:
    """Return the sentence that says who takes applications, where that is asked for.

    Such a clause is a closing one and shares no words with what the money is for. It is looked
    for in the document that is named, in those of the place, else in that of the best hit; nothing
    is returned where the best hit is on applying itself.
    """
    text, hits = retrieval.query.text, retrieval.hits
    if not hits or not (_WHO.search(text) and _APPLY.search(text)):
        return []
    if said := _said(hits[0]):
        return said
    if _ON_IT.search(hits[0].passage.text):
        return []
    index, understood = retriever.index, retrieval.understanding
    best = hits[0].passage.address.document
    names = understood.documents or {
        d.id for d in index.documents if d.area in understood.areas and d.authority == "normative"
    }
    return said_within(names or {best}, retrieval, retriever, _said)


def said_within(
    names: Iterable[str],
    retrieval: Retrieval,
    retriever: Retriever,
    said: Callable[[Hit], list[Claim]],
) -> list[Claim]:
    """Return what the best clause of some documents says that says anything of a kind."""
    query = replace(retrieval.query, documents=frozenset(names), k=_DEEP, sides=False)
    return next(filter(None, map(said, retriever.retrieve(query).hits)), [])


def _said(hit: Hit) -> list[Claim]:
    pieces = (piece for piece in sentences(hit.passage.text) if _SAID.search(piece))
    return [quoted(piece, hit.passage.address) for piece in islice(pieces, 1)]
