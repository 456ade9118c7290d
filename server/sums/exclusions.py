"""What a clause does not count: 里程碑付款不计入, 流动资金循环贷款及并购贷款不予贴息."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.address import Address
from indexer.entitlements.entitlement import Span
from indexer.lexical import terms
from retriever.retriever import Retriever
from server.sums.facets import conflict, facets_of
from server.sums.facts import Fact
from server.sums.likeness import row_text
from server.sums.phrases import SENTENCE
from server.sums.related import counts_others_only, is_all_related

if TYPE_CHECKING:
    from server.sums.uses import Use

__all__ = ["Excluded", "excluded", "exclusions_of", "is_excluded", "is_named", "says_left_out"]

_RULE = re.compile(
    r"^(?:但|其中|上述|对于?)?(?P<who>[^，,：:]{3,40}?)(?:的)?[，,]?(?:均|一律|也|都)?"
    r"(?:不计入?|不纳入|不列入|不在此列|不在[^，]{0,8}范围(?:之?内)?|不适用|不属于[^，]{2,10}|不予?(?:支持|补[助贴]|奖励|资助|贴息|扶持|报销|支付))"
    r"(?:(?:奖励|补[贴助]|支持|设备|固定资产|项目|实际){0,2}(?:基数|范围|金额|投入|费用|投资额?|支出)|[^，,]{0,8}(?:政策|条款|规定|条)|(?<=不适用)[^，,]{2,16}(?:奖励|补[助贴]|资助|支持))?$"
)
#: What is meant is another clause, a case that is not said, or a penalty.
_OPEN = re.compile(
    r"下列|以下|其他|其它|上述|前款|同时|重复|逾期(?![利罚本])|情形|虚假|失信|已[经享获]|超过|超出|未"
)
#: 利息100万元，都是罚息.
_OWN_REGION = re.compile(
    r"[^，,。；;！!？?]*+(?:[，,](?:都|全部?|均)(?:是|为|属于)[^，,。；;！!？?]*+)?"
)
#: As much of the name of what does not count is said.
_SAID = 0.6
_RUN = 3
#: 的设备 names nothing of what does not count.
_LOOSE = re.compile(r"[\d的]")
#: 2023年前购置的设备: whether a thing is of it is told by its day, not by its name.
_BY_DAY = re.compile(r"\d{1,4}[年月日](?:以|之)?[前后]")


@dataclass(frozen=True, slots=True)
class Excluded:
    """A figure that does not count, and the sentence that says so."""

    use: Use
    span: Span


def excluded(uses: Sequence[Use], facts: Sequence[Fact], retriever: Retriever) -> list[Excluded]:
    """The figures that the clause they would go into does not count.

    A part (其中400万元是…) is taken off elsewhere.
    """
    found = []
    for use in uses:
        if use.role not in ("base", "count", "unit") or use.fact.part:
            continue
        if is_all_related(use.fact) and (span := _others_only(use.row.address, retriever)):
            found.append(Excluded(use, span))
            continue
        words = f"{use.fact.words} {_own_region(use.fact, facts)}"
        for names, span in exclusions_of(use.row.address, retriever):
            own = row_text(use.row)
            if is_named(names, words, own, retriever) and _is_of(span, own):
                found.append(Excluded(use, span))
                break
    return found


def _others_only(address: Address, retriever: Retriever) -> Span | None:
    """The sentence of a clause that counts business only with those one has no ties to."""
    for sentence in SENTENCE.finditer(retriever.index.clause(address)[1].text):
        if counts_others_only(sentence[0]):
            return Span(address, sentence.start(), sentence.end(), sentence[0])
    return None


def is_excluded(part: Fact, own: str, address: Address, retriever: Retriever) -> bool:
    """Whether a part of an amount is called what the clause does not count: 其中逾期利息20万元."""
    rules = exclusions_of(address, retriever)
    return any(
        is_named(names, part.words, own, retriever) and _is_of(span, own) for names, span in rules
    )


def _is_of(rule: Span, own: str) -> bool:
    """Whether what a sentence leaves out is left out of a measure: 不适用第二类医疗器械注册证奖励 is none of 三类."""
    return not conflict(facets_of(rule.text), facets_of(own))


def says_left_out(words: str, address: Address, retriever: Retriever) -> bool:
    """Whether some words say three characters of what a clause does not count, which it says nowhere else."""
    text = retriever.index.clause(address)[1].text
    for names, span in exclusions_of(address, retriever):
        counted = text.replace(span.text, "")
        runs = {n[at : at + _RUN] for n in names for at in range(len(n) - _RUN + 1)}
        if any(r in words and r not in counted and not _LOOSE.search(r) for r in runs):
            return True
    return False


def is_named(names: Sequence[str], words: str, own: str, retriever: Retriever) -> bool:
    """Whether some words name what does not count: by most of its name, or by three characters
    of it that the measure itself does not say (里程碑 of 里程碑付款)."""
    for name in names:
        runs = {name[at : at + _RUN] for at in range(len(name) - _RUN + 1)}
        said = any(run in words and run not in own and not _LOOSE.search(run) for run in runs)
        if said or retriever.coverage(terms(name), words) >= _SAID:
            return True
    return False


def _own_region(fact: Fact, facts: Sequence[Fact]) -> str:
    """What is said from a figure on, up to the end of its phrase, and behind it what all of it is."""
    match = _OWN_REGION.match(fact.region)
    return match[0] if match else ""


def exclusions_of(address: Address, retriever: Retriever) -> Iterator[tuple[list[str], Span]]:
    """What a clause says does not count: the names of it, and the sentence."""
    text = retriever.index.clause(address)[1].text
    for sentence in SENTENCE.finditer(text):
        match = _RULE.match(sentence[0].strip())
        if match and not _OPEN.search(match["who"]):
            span = Span(address, sentence.start(), sentence.end(), sentence[0])
            names = re.split(r"、|以?及|和|或者?|与", match["who"])
            yield [name for name in names if not _BY_DAY.search(name)], span
