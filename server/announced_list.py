"""The list that a question asks for by its kind: 审核流程是怎样的 asks for what a document introduces with
按下列程序审核, 哪些情况不能申报 for 有下列情形之一的，不得申报."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.lexical import terms
from indexer.traits import Trait
from retriever.lists import lead_of
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.whole_lists import listed_under

__all__ = ["announced_list"]

#: Clauses of the document among which its lists are looked for.
_DEEP = 50
#: A list is on the matter where it is found about as high as the best clause; where that tells what is
#: asked for by itself, as high.
_NEAR, _AS_HIGH = 0.12, 0.012
#: What must be is a condition, whatever it is called.
_RULE = re.compile(r"应当|须|需要?|不得|可以")
_OPEN = re.compile(r"哪|什么|啥|几[种类步个条]|怎|咋|如何")
#: Kinds of lists: how people ask for one, and how its lead calls what follows.
_CONDITIONS = re.compile(r"条件|要求")
_WHICH = r"(?:哪[些几]|什么|啥|几[样种份]|怎样)"
_KINDS = (
    (
        re.compile(
            rf"{_WHICH}[^，。？?]{{0,6}}(?:材料|资料|证件|证明)|(?:材料|资料|证件|证明)[^，。？?]{{0,4}}{_WHICH}"
            r"|(?:带|交|备齐?|准备|提供|出具)(?:上|好)?(?:哪些|些?什么|些?啥)(?!时候|部门)"
        ),
        re.compile(r"材料|资料|文件|证明"),
    ),
    (
        re.compile(r"程序|流程|步骤|[几哪]步|(?:怎么|咋)(?:个走法|走)|环节"),
        re.compile(r"程序|流程|步骤"),
    ),
    (
        re.compile(
            r"(?:哪[些种几]|什么|啥|[几两三]种)[^，。？?]{0,3}(?:情况|情形|行为|做法|时候)|(?:情况|情形|行为|做法)(?:有|是|包括)?(?:哪些|什么)"
        ),
        re.compile(r"情形|情况|行为"),
    ),
    (
        re.compile(
            rf"{_WHICH}的?[^，。？?]{{0,6}}(?:条件|门槛|杠杠)|(?:条件|门槛)[^，。？?]{{0,4}}(?:{_WHICH}|列)|(?:满足|符合|具备|达到)(?:{_WHICH}|些啥)"
        ),
        _CONDITIONS,
    ),
)
_LEADS = re.compile(r"(?:下列|以下)(?P<kind>[^，。；：:]{0,14})|(?P<before>[^，。；：:]{0,10})如下")
_PLAIN = re.compile(
    r"办理|企业|单位|申请人|申[报请]|受理|审[核批]|拨付|兑现|应当|提交|进行|具体|按照?|[，：:。\s]"
)
#: What is ruled out or ends, as people ask and as clauses say it.
_NOT_ASKED = re.compile(
    r"不[能得予给让算]|不可以|不享受|没资格|取消|停[掉发止了]?|失去|拿不到|没有?份|排除|收回|退[回还]|追[回责究]"
)
_NOT_SAID = re.compile(
    r"不[得予能再]|不享受|不适用|不属于|停止|停发|取消|撤销|吊销|追[回究缴]|终止|收回|退[回还]|处分|罚款"
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What kind of list a question asks for, by the words of its lead."""

    kind: re.Pattern[str]
    denied: bool

    def tells(self, text: str) -> bool:
        """Whether a clause that is no list says such a thing."""
        return bool((_RULE if self.kind is _CONDITIONS else self.kind).search(text))


def announced_list(retrieval: Retrieval, retriever: Retriever) -> list[Hit]:
    """Return the list of the kind that is asked for, in the document of the best clause.

    Nothing where no kind is asked for, or no list is on the matter: its lead must share a word with
    the question, or be the only one and of no matter of its own, and be found about as high as the best.
    """
    asked = _asked(retrieval.query.text)
    if asked is None or not retrieval.hits:
        return []
    best = retrieval.hits[0]
    query = replace(
        retrieval.query, documents=frozenset({best.passage.address.document}), k=_DEEP, sides=False
    )
    hits = retriever.retrieve(query).hits
    by_itself = not best.signals.get("listed") and asked.tells(best.passage.text)
    least = (hits[0].score if hits else 0.0) - (_AS_HIGH if by_itself else _NEAR)
    said = set(terms(retrieval.understanding.text))
    leads = [lead for lead in _leads(hits, retriever) if _is_of(lead, asked)]
    only = len({lead.passage.address for lead in leads}) == 1
    near = (lead for lead in leads if lead.score >= least)
    meant = (x for x in near if said & set(terms(_of(x))) or (only and not _of(x)))
    lead = next(meant, None)
    row = retriever.index.passages.row(lead.passage.address) if lead else None
    return listed_under(row, lead, retriever.index) if lead and row is not None else []


def _asked(question: str) -> _Asked | None:
    if not _OPEN.search(question):
        return None
    for pattern, kind in _KINDS:
        if pattern.search(question):
            return _Asked(kind, bool(_NOT_ASKED.search(question)))
    return None


def _leads(hits: Sequence[Hit], retriever: Retriever) -> Iterator[Hit]:
    """The lead of each clause that leads or is listed, found as high as that."""
    index = retriever.index
    for hit in hits:
        row = index.passages.row(hit.passage.address)
        if row is None:
            continue
        lead = row if index.traits[row] & Trait.LEAD else lead_of(row, index)
        if lead is not None:
            yield Hit(index.passages[lead], hit.score, hit.found_by)


def _of(lead: Hit) -> str:
    """What a lead speaks of by words of its own; nothing of 申报审核按下列程序办理."""
    return _PLAIN.sub("", _LEADS.sub("", lead.passage.text))


def _is_of(lead: Hit, asked: _Asked) -> bool:
    """Whether a lead says that what follows is of the kind asked for, and rules out what it asks."""
    text = lead.passage.text
    match = _LEADS.search(text)
    if match is None or not asked.kind.search(match["kind"] or match["before"] or ""):
        return False
    return asked.denied == bool(_NOT_SAID.search(text))
