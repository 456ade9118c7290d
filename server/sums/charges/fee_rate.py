"""A fee by the rate that it is lowered to: 担保费率降至1%以下, 担保500万元 is 5万元 a year at most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from indexer.lexical import terms
from retriever.query import Retrieval
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.phrases import SENTENCE
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working

__all__ = ["fee_rate"]

_RATE = re.compile(
    r"担保(?:综合)?(?:年化)?费率(?:原则上|统一)?(?P<to>降低?[到至为]|下调[到至]|不(?:得)?超过|不(?:得)?高于|控制在|为|按)(?P<rate>\d(?:\.\d{1,2})?[%％])(?P<below>(?:及|（含）)?以[下内])?"
    r"|降低担保(?:综合)?费率[到至](?P<rate2>\d(?:\.\d{1,2})?[%％])(?P<below2>(?:及|（含）)?以[下内])?"
)
_ASKED = re.compile(r"担保费(?!率)[^，。；？?]{0,8}(?:多少|几)|多少[^，。；？?]{0,4}担保费(?!率)")
#: What is saved needs the rate of before.
_SAVED = re.compile(r"[省减降]|少[交付缴出]|便宜|补[贴助]|免")
_LENT = re.compile(r"贷|担保|借|融资")
_TIME = re.compile(r"半年|季度|个月|[两二三四五六七八九十\d]年")
#: Behind it stands for whom; who guarantees is not told by it.
_FOR = re.compile(r"[:：]|(?<=[^面针应])对")
#: A sentence is meant where it holds so much more of what tells sentences apart than any other.
_MORE = 0.3


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rate of fees with the sentence that sets it, and whether fees may be lower."""

    rate: Quantity
    most: bool
    sentence: str


def fee_rate(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The yearly fee for what is guaranteed, at the rate of the sentence that the question is on.

    None where the clause that fits best sets no rate; no sum of what is saved, nor of another time.
    """
    question = retrieval.understanding.text
    money = [f for f in facts if f.unit == MONEY]
    if not retrieval.hits or not money or not _ASKED.search(question):
        return None
    address = retrieval.hits[0].passage.address
    text = likeness.retriever.index.clause(address)[1].text
    rules = _rules(address, text)
    if not rules:
        return None
    rest = [f for f in facts if f not in money and f.value != 1 and f.unit != "%"]
    lent = len(money) == 1 and _LENT.search(money[0].words) and not money[0].vague
    if _SAVED.search(_ASKED.sub("", question)):
        return None
    if rest or not lent or _TIME.search(question):
        return STOPPED
    # What a sentence without a rate lets off (可免收担保费) is a case of its own.
    every = list(dict.fromkeys(m[0] for m in SENTENCE.finditer(text) if "担保费" in m[0]))
    sentence = _meant(every, question, likeness)
    meant = [rule for rule in rules if rule.sentence == sentence]
    return _worked(money[0], meant[0], facts) if len(meant) == 1 else STOPPED


def _meant(sentences: Sequence[str], question: str, likeness: Likeness) -> str | None:
    """The sentence that a question is on, by what it says of one and not of all."""
    if len(sentences) == 1:
        return sentences[0]
    whom = {words: _FOR.split(words)[-1] for words in sentences}
    own = [set(terms(words)) for words in whom.values()]
    some, all_ = set.union(*own), set.intersection(*own)
    telling = [term for term in terms(question) if term in some and term not in all_]
    if not telling:
        return None
    said = [(likeness.retriever.coverage(telling, who), words) for words, who in whom.items()]
    (best, meant), (second, _), *_ = sorted(said, reverse=True)
    return meant if best - second >= _MORE else None


def _worked(fact: Fact, rule: _Rule, facts: Sequence[Fact]) -> Sum:
    if any(f.unit == "%" and f.value != rule.rate.value for f in facts):
        return STOPPED
    working = Working()
    value = working.share(fact.value, rule.rate)
    if rule.most:
        working.caps.append(f"费率{rule.rate.span.text}")
    return worked_held(value, working, ["按1年算"])


def _rules(address: Address, text: str) -> list[_Rule]:
    found = []
    for sentence in SENTENCE.finditer(text):
        for m in _RATE.finditer(sentence[0]):
            name = "rate" if m["rate"] else "rate2"
            q = find_quantities(m[name])[0]
            rate = quantity_at(address, m[name], q, sentence.start() + m.start(name))
            below = (
                m["below"] or m["below2"] or ("超" in (m["to"] or "") or "高" in (m["to"] or ""))
            )
            found.append(_Rule(rate, bool(below) or m["to"] == "控制在", sentence[0]))
    return found
