"""Two supports of one document added where a question names both: 创业补贴加带动就业补贴一共多少."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.apart import forbidden_together
from server.sums.bounds import RELATIONS, as_written
from server.sums.each_more import each_more_in
from server.sums.factors import likeness_of_names
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.result import STOPPED, Sum, added, worked_alone
from server.sums.units import units_of
from server.sums.working import Working

__all__ = ["plain_amount", "two_supports"]

_TWO = re.compile(
    r"(?:^|[，,。；])(?P<left>[^，,。；、加和]{3,14}?)(?:再|又)?(?:加上?|和|、)(?P<right>[^，,。；、加和]{3,14}?)的?(?=一共|总共|合计|加起来|一起|共)"
)
_TITLE = re.compile(r"(?:支持)?(?P<title>[\u4e00-\u9fff]{3,14})。")
_PERSONS = ("人", "年", "月")
#: Two names are of one thing from this likeness on.
_CALLED = 0.7
_NEAR = 6


def two_supports(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What two supports come to that a question adds, each by a clause that is called so.

    None where it names no two; no sum where a sentence on both forbids to have them, or one of them
    takes more than the question states.
    """
    match = _TWO.search(retrieval.understanding.text)
    if (
        match is None
        or not retrieval.hits
        or any(f.unit not in _PERSONS and f.value != 1 for f in facts)
    ):
        return None  # fmt: skip
    index = likeness.retriever.index
    places = [_called(match[side], retrieval, index) for side in ("left", "right")]
    first, second = places
    if first is None or second is None or first == second:
        return None
    if forbidden_together((first, second), index):
        return STOPPED
    sums = [each_more_in(a, index, facts) or plain_amount(a, index) for a in (first, second)]
    known = [s for s in sums if s and s.calculation.result is not None]
    return added(known) if len(known) == 2 else STOPPED


def _called(words: str, retrieval: Retrieval, index: ClauseIndex) -> Address | None:
    """The one clause found whose matter, said before its first sentence, is called like some words."""
    document = retrieval.hits[0].passage.address.document
    found = []
    for hit in retrieval.hits[:_NEAR]:
        address = hit.passage.address
        title = (
            _TITLE.match(index.clause(address)[1].text) if address.document == document else None
        )
        if title and likeness_of_names(words, title["title"]) >= _CALLED:
            found.append((likeness_of_names(title["title"], words), len(title["title"]), address))
    best = sorted(found, key=lambda one: (-one[0], one[1]))
    if not best or (len(best) > 1 and best[0][:2] == best[1][:2]):
        return None
    return best[0][2]


def plain_amount(address: Address, index: ClauseIndex, met: Sequence[int] = ()) -> Sum | None:
    """The one amount of a clause that nothing multiplies; ``met`` is where it demands what is met."""
    rows = [row for row in index.measures(address) if row.rate or row.amount or row.tiers]
    if len(rows) != 1 or not _is_plain(rows[0]):
        return None
    row, working = rows[0], Working()
    assert row.amount is not None
    working.says(written(row.amount.value, MONEY), row.amount.span)
    one = worked_alone(row.amount.value, MONEY, "最高" if row.at_most else "", working)
    assumed = [
        f"{b.of.text if b.of else ''}{RELATIONS[b.relation]}{as_written(b)}"
        for b in row.bounds
        if b.quantity.span.start not in met
    ]
    calculation = one.calculation
    return Sum(
        Calculation(
            calculation.result, MONEY, calculation.display, calculation.steps,
            assumptions=tuple(assumed),
        ),
        one.sources,
    )  # fmt: skip


def _is_plain(row: Entitlement) -> bool:
    amount = row.amount
    plain = amount is not None and amount.unit == MONEY and amount.low is None
    return plain and not (row.unread or row.increments or row.caps or units_of(row))
