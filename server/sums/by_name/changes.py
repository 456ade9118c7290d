"""Sentences that change what a support gives in a further case: raised, cut, taken off."""

from __future__ import annotations

import re

from corpus.address import Address, ClausePath
from corpus.wording import label as place_of
from indexer.clause_index import ClauseIndex
from indexer.entitlements.quantities import find_quantities
from server.sums.by_name.given import Offers
from server.sums.by_name.offers import CHANGES, SUPPORT_NAME, like
from server.sums.phrases import WHOLE_SENTENCE

__all__ = ["case_changed", "changed_for"]

#: For whom, or where: 中具有博士学历的，提高至; 居住区的设施，在前条基础上上浮.
_CASE = re.compile(r"(?:^|(?<=[；;。]))[^，；;。\d]{2,40}(?=，)|[^，；;。\d]{2,40}的(?=，)")
#: What is said of any case.
_LOOSE = re.compile(
    r"以上|以下|其中|分别|设施|设备|企业|单位|项目|机构|公司|人员|个人|标准|补[助贴]|奖励|资金|最高|额度"
)


def changed_for(offers: Offers, question: str, index: ClauseIndex) -> bool:
    """Whether a sentence changes a support in a case that a question speaks of: 具有博士学历的，提高至10万元."""
    return _changed(like(offers.name), offers.text + offers.name, offers.address, question, index)


def case_changed(text: str, address: Address, question: str, index: ClauseIndex) -> bool:
    """Whether a sentence changes what some words give, by their name or that of their article, in a case
    that a question speaks of: 老旧小区的，建设补贴标准在第一条基础上上浮20%."""
    names = {re.escape(m[0][-4:]) for m in SUPPORT_NAME.finditer(text)}
    said = re.compile("|".join(sorted({*names, place_of(ClausePath(address.path.steps[:1]))})))
    return _changed(said, text, address, question, index)


def _changed(
    said: re.Pattern[str], text: str, own: Address, question: str, index: ClauseIndex
) -> bool:
    """Whether a case of a sentence that changes what is called so holds two characters of the question
    that are not those of the support itself."""
    for clause in index.readings[own.document].outline.clauses:
        for match in WHOLE_SENTENCE.finditer(clause.text):
            words = match[0]
            if not (CHANGES.search(words) and said.search(words) and find_quantities(words)):
                continue
            for case in _CASE.findall(words):
                case = _LOOSE.sub(" ", said.sub(" ", case))
                pairs = {case[at : at + 2] for at in range(len(case) - 1)}
                if any(" " not in p and p in question and p not in text for p in pairs):
                    return True
    return False
