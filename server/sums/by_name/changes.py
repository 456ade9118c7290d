"""Sentences that change what a support gives in a further case: raised, cut, taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.address import Address, ClausePath
from corpus.wording import label as place_of
from indexer.clause_index import ClauseIndex
from indexer.entitlements.quantities import find_quantities
from server.sums.by_name.offers import CHANGES, SUPPORT_NAME, Offers, like
from server.sums.unit_kinds import is_said

__all__ = ["case_changed", "changed_for"]

_SENTENCE = re.compile(r"[^。；;\n]+")


def changed_for(offers: Offers, question: str, index: ClauseIndex) -> bool:
    """Whether a sentence changes a support in a case that a question speaks of: 具有博士学历的，提高至10万元."""
    said = like(offers.name)
    labels = [one.label for one in offers.each if one.label]
    asked = question.replace(offers.name, "")
    document = offers.address.document
    return any(_is_case(words, labels, said, asked) for words in _changing(said, document, index))


def case_changed(text: str, address: Address, question: str, index: ClauseIndex) -> bool:
    """Whether a sentence changes what some words give, by their name or that of their article, in a case
    that a question speaks of: 老旧小区的，建设补贴标准在第一条基础上上浮20%."""
    names = {re.escape(m[0][-4:]) for m in SUPPORT_NAME.finditer(text)}
    article = address.path.steps[0]
    names |= {place_of(ClausePath((article,)))}
    said = re.compile("|".join(sorted(names)))
    return any(_is_case(w, (), said, question) for w in _changing(said, address.document, index))


def _changing(said: re.Pattern[str], document: str, index: ClauseIndex) -> Iterator[str]:
    """The sentences with a figure that change what is called so."""
    for clause in index.readings[document].outline.clauses:
        for sentence in _SENTENCE.finditer(clause.text):
            words = sentence[0]
            if CHANGES.search(words) and said.search(words) and find_quantities(words):
                yield words


def _is_case(words: str, labels: Sequence[str], said: re.Pattern[str], question: str) -> bool:
    case = said.sub("", words[: find_quantities(words)[0].start]).split("，")[0]
    for one in labels:
        case = case.replace(one, "")
    return len(case) > 1 and is_said(case, question)
