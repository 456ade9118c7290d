"""A support from which another one that was had before is taken off, where a sentence says so: 购房补贴中扣除
已领取的租房补贴金额."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.by_name.changes import changed_for
from server.sums.by_name.given import Offers
from server.sums.by_name.had import both_had, taken_off
from server.sums.by_name.offers import COUPLE, meant, named_in
from server.sums.by_name.one_support import Case, worth
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.result import STOPPED, Sum, worked_held

__all__ = ["is_had", "less_had"]

_PHRASE = re.compile(r"[^，,。；;？?！!]+")
#: 领军人才 got nothing yet, and 全拿了的话 is supposed.
_HAD = re.compile(
    r"(?:已经?|之前|以前|先前|早前|此前|前面)[^，。]{0,10}?(?:领(?![军域导头])|拿|享受|得到|获得)|(?:领|拿|享受|得)[过了](?!的话)"
)
_NOT_HAD = re.compile(r"(?:没有?|未|从未|不曾)(?:领|拿|享受|得|申请)")


def less_had(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is left of a support that is asked for; None where nothing was had before that the document
    speaks of.

    No sum where no sentence says that it is taken off and one keeps both from being had, or how much
    was had is not told.
    """
    question, index = retrieval.understanding.text, likeness.retriever.index
    if not retrieval.hits or not _HAD.search(question):
        return None
    found = named_in(question, retrieval.hits[0].passage.address.document, index)
    had = [one for one in found if is_had(one, question)]
    asked = [one for one in found if one not in had]
    if len(had) != 1 or len(asked) != 1:
        return None
    off = taken_off(asked[0], had[0], index)
    if off and COUPLE.search(question):
        return STOPPED
    if off is None:
        may = both_had([one.name for one in found], [one.address for one in found], index)
        return None if may else STOPPED
    own = meant(asked[0], question)
    before = _before(had[0], question, facts)
    rest = [f for f in facts if f not in before]
    case = Case(question, rest, likeness)
    value = worth(asked[0], own, (), case) if own else None
    if value is None or changed_for(asked[0], question, index):
        return STOPPED
    if any(f not in case.used and not f.past and f.value != 1 for f in rest):
        return STOPPED
    less = _worth_had(had[0], before, case)
    if less is None:
        return STOPPED
    left = case.working.minus(value, less, off)
    return worked_held(left, case.working, tuple(dict.fromkeys(case.assumed)))


def _worth_had(had: Offers, before: Sequence[Fact], case: Case) -> Decimal | None:
    """What was had: the amount stated, or so many months of it; None where that is not told."""
    if len(before) == 1 and before[0].unit == MONEY:
        return before[0].value
    spent = replace(case, facts=before, used=[])
    own = meant(had, case.question)
    value = worth(had, own, (), spent) if own and before else None
    return value if len(spent.used) == len(before) else None


def is_had(one: Offers, question: str) -> bool:
    """Whether a support is what was had, by the part of the question that names it first."""
    for match in _PHRASE.finditer(question):
        if one.name in match[0]:
            return bool(_HAD.search(match[0])) and not _NOT_HAD.search(match[0])
    return False


def _before(one: Offers, question: str, facts: Sequence[Fact]) -> list[Fact]:
    """The figures told of what was had, as if of a case of its own."""
    place = question.index(one.name)
    phrase = next(m for m in _PHRASE.finditer(question) if m.start() <= place < m.end())
    own = [f for f in facts if phrase.start() <= f.start < phrase.end() and f.value != 1]
    behind = [f for f in facts if f.start >= phrase.end() and _HAD.search(f.before)]
    return own or behind[:1]
