"""Money that a clause says somebody does not get: 邻里互助服务模式不享受运营补贴."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import MONEY
from indexer.lexical import terms
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.sums.exclusions import exclusions_of, is_named
from server.sums.facts import stated_facts
from server.sums.falls_short import falls_short
from server.sums.likeness import row_text

__all__ = ["denied"]

#: Of the clauses found, those that are looked at.
_NEAR = 5
_DENIED = re.compile(
    r"^(?P<who>[^，,：:]{4,40}?)(?:均|一律|也|都)?(?:的，|，)?(?P<no>不享受|不再享受|不得享受|不予享受|不能享受|不纳入|不列入|不得领取|不予发放|不给予|不予)(?P<what>[^，,；;]{2,20})$"
)
_ASKED = re.compile(r"多少|几[元块万]|[能可]\S{0,4}(?:拿|领|享受|申请|补|有)|有没有|吗")
#: What may be left open by who is meant: 同时, 已经…的, a rule on two kinds at once.
_OPEN = re.compile(
    r"同时|重复|已[经享领获]|之一|下列|以下|其他|其它|超过|超出|未|不符|弄虚|逾期|退"
)
#: Of who is meant, and of what is not given, this much is said.
_WHO, _WHAT = 0.5, 0.5


@dataclass(frozen=True, slots=True)
class _Rule:
    who: str
    what: str
    span: Span


def denied(retrieval: Retrieval, retriever: Retriever) -> Span | None:
    """The sentence that denies what a question asks for to whom it names; None where none does."""
    question = retrieval.understanding.text
    if not _ASKED.search(question):
        return None
    facts = stated_facts(question)
    if short := falls_short(retrieval, retriever, facts):
        return short
    amounts = [fact for fact in facts if fact.unit == MONEY]
    for rule in _rules(retrieval, retriever):
        if _has_none(rule.who, question):
            continue
        own = [retriever.coverage(terms(rule.who), fact.words) >= _WHO for fact in amounts]
        if any(own) and not all(own):
            # Of several amounts some do not count; the sum leaves them out.
            continue
        who = retriever.coverage(terms(rule.who), question)
        what = retriever.coverage(terms(rule.what), question)
        if who >= _WHO and what >= _WHAT:
            return rule.span
    return _not_counted(retrieval, retriever)


def _has_none(who: str, question: str) -> bool:
    """Whether a question says that there is none of what is denied: 没有罚息."""
    names = (re.escape(name) for name in re.split(r"、|以?及|和|或者?|与", who) if len(name) > 1)
    return any(
        re.search(rf"(?:没有?|无|不含|未产生)[^，。；？?]{{0,4}}{name}", question) for name in names
    )


def _not_counted(retrieval: Retrieval, retriever: Retriever) -> Span | None:
    """The sentence by which the one amount that a question states does not count; beside other
    amounts it is only left out of the sum."""
    question = retrieval.understanding.text
    amounts = [fact for fact in stated_facts(question) if fact.unit == MONEY and not fact.part]
    if len(amounts) != 1 or not retrieval.hits:
        return None
    rows = retriever.index.measures(retrieval.hits[0].passage.address)
    own = " ".join(row_text(row) for row in rows)
    for names, span in exclusions_of(retrieval.hits[0].passage.address, retriever):
        if is_named(names, amounts[0].words, own, retriever):
            return span
    return None


def _rules(retrieval: Retrieval, retriever: Retriever) -> Iterator[_Rule]:
    for hit in retrieval.hits[:_NEAR]:
        address = hit.passage.address
        if address.document != retrieval.hits[0].passage.address.document:
            continue
        text = retriever.index.clause(address)[1].text
        for sentence in re.finditer(r"[^。；;\n]+", text):
            match = _DENIED.match(sentence[0].strip())
            if match and not _OPEN.search(match["who"]) and match["what"][-2:] not in ("支付",):
                span = Span(address, sentence.start(), sentence.end(), sentence[0])
                yield _Rule(match["who"], match["what"], span)
