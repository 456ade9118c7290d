"""What is paid at least: 按公式计算不足200元的，按照200元发放, where the asker has worked out 150元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from retriever.query import Retrieval
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.phrases import SENTENCE
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.working import Working

__all__ = ["least"]

#: The amount is what the support comes to, not what a rate is of.
_WORKED_OUT = re.compile(r"算(?:出来|下来|得|完|的)|(?:计算|测算)(?:结果|出来|下来|得)")
_LEAST = re.compile(
    r"(?:不足|低于|不到)(?P<low>[^，。；]{2,12}?)的?，[^。；]{0,8}?按照?(?P<same>[^，。；]{2,12})"
)
#: Of the clauses found, those that may say what is paid at least.
_NEAR = 4


def least(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The least amount, where the amount that somebody has worked out is below it.

    No sum where it is not, or where it is unclear: a rate of another clause is no rate of it.
    """
    amounts = [fact for fact in facts if fact.unit == MONEY]
    if not _WORKED_OUT.search(retrieval.understanding.text) or len(amounts) != 1:
        return None
    found = list(_floors(retrieval, likeness))
    if not found:
        return None
    floor, span = found[0]
    if any(fact.unit != MONEY and fact.value != 1 for fact in facts):
        return None
    if len(found) > 1 or amounts[0].value >= floor.value:
        return STOPPED
    working, lowest = Working(), written(floor.value, MONEY)
    working.says(f"{written(amounts[0].value, MONEY)} 低于最低{lowest}，按{lowest}", span)
    return worked_alone(floor.value, MONEY, "", working)


def _floors(retrieval: Retrieval, likeness: Likeness) -> Iterator[tuple[Measured, Span]]:
    """The least amounts that the clauses found state, each with its sentence."""
    first = retrieval.hits[0].passage.address.document
    for hit in retrieval.hits[:_NEAR]:
        address = hit.passage.address
        if address.document != first:
            continue
        for sentence in SENTENCE.finditer(likeness.retriever.index.clause(address)[1].text):
            match = _LEAST.search(sentence[0])
            low, same = (find_quantities(match[g]) if match else [] for g in ("low", "same"))
            if [q.value for q in low] == [q.value for q in same[:1]] and _is_money(low):
                yield low[0], Span(address, sentence.start(), sentence.end(), sentence[0])


def _is_money(found: Sequence[Measured]) -> bool:
    return len(found) == 1 and found[0].unit.split("/")[0] == MONEY
