"""Questions on taking support of two policies: the rules that the documents meant have on it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from retriever.confidence import confidence
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.answer import Claim
from server.notes import stacking_rules
from server.pieces import quoted
from server.placing import placed

__all__ = ["asks_for_both", "asks_only_for_both", "rule_on_both", "ruled_for_both", "rules_on_both"]

_BOTH = re.compile(
    r"(?:同时|重复|两头|两[边笔份样]|叠加|兼得|一起|一并|双份|双重|都)(?:还?能|可以?)?\S{0,3}(?:享受|领|拿(?![出到])|叠加|给)|叠加|就高|二选一|重叠"
)
#: What could be had twice: levels, documents.
_LEVELS = re.compile(
    r"市\S{0,8}区|区\S{0,8}市|国家|省|\d号|两[头边笔份级]|其[他它]|别的|政策|文件|办法|一企一策|各级"
)
#: Something else is asked too.
_MORE = re.compile(r"多少|什么|怎么|哪|几|各")
#: Documents whose rules are stated at once.
_MOST = 4
#: A rule on the supports of several levels.
_OF_LEVELS = re.compile(
    r"[国省市区县](?:家|级|内)?[、和与及][省市区县]|[两各上]级|本[市省区]|[省市区县]级|财政"
)


def asks_for_both(question: str) -> bool:
    """Whether a question asks if support of several levels or policies can be had together.

    >>> asks_for_both("市级和区级的政策能同时享受吗"), asks_for_both("同时报几个适应症能每个都领补助吗")
    (True, False)
    """
    return bool(_BOTH.search(question) and _LEVELS.search(question))


def asks_only_for_both(question: str, before: str = "") -> bool:
    """Whether nothing else is asked: no amount, no list. ``before`` may have named the levels.

    >>> asks_only_for_both("两个能都拿吗"), asks_only_for_both("两个能都拿吗", "高新区奖多少，市里呢")
    (False, True)
    """
    levels = _LEVELS.search(question) or ("市" in before and "区" in before)
    return bool(_BOTH.search(question) and levels) and not _MORE.search(question)


def ruled_for_both(
    retrieval: Retrieval, retriever: Retriever, threshold: float, plain: bool
) -> list[Claim]:
    """The rules on having support of several policies, where nothing else is asked and it is clear
    of which; of a follow-up (两个能都拿吗) those of the places that the conversation has named.

    ``plain``: no amount is asked for, nor a clause by its number.
    """
    query, understood = retrieval.query, retrieval.understanding
    if not asks_only_for_both(query.latest or understood.text, "，".join(query.earlier)):
        return []
    if query.latest:
        told = (retriever.understand(asked).areas for asked in query.earlier)
        areas = understood.areas.union(*told)
        retrieval = replace(retrieval, understanding=replace(understood, areas=areas))
    elif not plain:
        return []
    named = understood.documents or understood.areas
    sure = named or confidence(retrieval, retriever) >= threshold
    return placed(rules_on_both(retrieval, retriever.index), retrieval, retriever) if sure else []


def rules_on_both(retrieval: Retrieval, index: ClauseIndex) -> list[Claim]:
    """The rules of the documents that a question means: named, of places named, or else found."""
    understood = retrieval.understanding
    documents = set(understood.documents) or {
        document.id
        for document in index.documents
        if document.area in understood.areas and document.authority == "normative"
    }
    found = [hit.passage.address.document for hit in retrieval.hits]
    named = list(dict.fromkeys(name for name in found if not documents or name in documents))
    rules = [
        quoted(sentence, address)
        for name in named
        for address, sentence in _between_levels(list(stacking_rules(index, name)))
    ]
    return rules[:_MOST]


def _between_levels(rules: list[tuple[Address, str]]) -> list[tuple[Address, str]]:
    """The rules of a document that name levels, where there are some: the difference made up
    between two grades of one support (就高享受、补足差额) is none of them."""
    return [rule for rule in rules if _OF_LEVELS.search(rule[1])] or rules


def rule_on_both(documents: Collection[str], index: ClauseIndex) -> list[Claim]:
    """Where two levels support the same, the rule on taking both; the highest level's first."""
    found = [
        quoted(text, a) for name in sorted(documents) for a, text in stacking_rules(index, name)
    ]
    higher = [c for c in found if "本市" in c.quote or "各级" in c.quote or "上级" in c.quote]
    return (higher or found)[:1]
