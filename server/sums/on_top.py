"""What a clause behind a measure adds to it: 境外展位占比达到20%以上的，在前目基础上再增加10万元.

Also by how much the sentence behind it raises it: 其中特种货物占比达到20%以上的，奖励上浮10%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from retriever.query import Hit
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.outcome import Outcome
from server.sums.working import Working

__all__ = ["More", "add_on_top", "base_first", "more_behind"]

_ON_TOP = re.compile(
    r"(?:^|[。；\n])(?P<case>[^。；\n]{4,50}?)的?，在前(?:[款目项]|述)[^，。；]{0,6}基础上[，]?(?:再|另|额外)?(?:增加|给予|奖励|补助)(?=\d)"
)
_RAISED = re.compile(
    r"(?:^|[。；\n])(?:其中|对于?)?[，,]?(?P<case>[^。；\n]{4,50}?)的?，(?:奖励|补[助贴]|资助|奖补)(?:标准|金额|额度)?(?:再|相应|可)?上浮(?P<share>\d{1,3}[%％])(?=[。；\n]|$)"
)
_FROM_ON = re.compile(r"(?:达到?|超过|不低于|占)[^，。；\d]{0,4}$")
_ALSO = re.compile(r"\s*(?:及?以上)")
#: A case is named from this share of its words on, and up to the lower one it is not.
_NAMED, _HARDLY = 0.35, 0.12


@dataclass(frozen=True, slots=True)
class More:
    """What is added, an amount or a share, in which case, and from which figure of the case on."""

    case: str
    amount: Quantity
    least: Quantity | None


def add_on_top(
    outcome: Outcome, question: str, facts: Sequence[Fact], likeness: Likeness, working: Working
) -> bool:
    """Add to one amount what the clause behind its own adds in a case that the question states.

    False where it is not clear whether the case is given.
    """
    index = likeness.retriever.index
    for more in (*more_behind(index, outcome.row), *_raised_behind(index, outcome.row)):
        named = likeness.share(more.case, question)
        stated = [f for f in facts if more.least and f.unit == more.least.unit]
        if named < _HARDLY and not stated:
            outcome.assumptions.append(f"没有“{more.case}”的情形")
            continue
        sure = named >= _NAMED or (stated and named >= _HARDLY)
        if not sure or outcome.failed or len(outcome.low) != 1 or outcome.low != outcome.high:
            return False
        if more.least and len(stated) != 1:
            return False
        if more.least and stated[0].value < more.least.value:
            short = (
                f"{stated[0].written} 未达到{written(more.least.value, more.least.unit)}，不能享受"
            )
            working.says(f"{short}增加的部分", more.least.span)
            continue
        spans = [more.amount.span, *([more.least.span] if more.least else [])]
        by_share = more.amount.unit == "%"
        if by_share and any(cap.scope == "item" for cap in outcome.row.caps):
            # Whether the limit on one thing is raised too is not told.
            return False
        added = working.share(outcome.low[0], more.amount) if by_share else more.amount.value
        total = working.plus([outcome.low[0], added], spans)
        outcome.low = outcome.high = [total]
    return True


def base_first(hits: Sequence[Hit], index: ClauseIndex) -> list[Hit]:
    """Clauses found, where the best one only adds to the one before it (在前项基础上再增加…) with
    that one first."""
    best = hits[0].passage.address
    clauses = index.readings[best.document].outline.clauses
    paths = [clause.path for clause in clauses if clause.path.parent == best.path.parent]
    if best.path not in paths[1:] or not _ON_TOP.search(index.clause(best)[1].text):
        return list(hits)
    before = Address(best.document, paths[paths.index(best.path) - 1])
    own = [hit for hit in hits if hit.passage.address == before]
    return [*own, *(hit for hit in hits if hit not in own)]


def more_behind(index: ClauseIndex, row: Entitlement) -> Iterator[More]:
    """What is added to a measure in its own clause or the next one beside it."""
    own = row.address.path
    clauses = [c for c in index.readings[row.address.document].outline.clauses
               if c.path.parent == own.parent]  # fmt: skip
    at = next((n for n, clause in enumerate(clauses) if clause.path == own), None)
    for clause in clauses[at + 1 : at + 2] if at is not None and (row.amount or row.rate) else ():
        address = Address(row.address.document, clause.path)
        for match in _ON_TOP.finditer(clause.text):
            found = find_quantities(clause.text[match.end() :])
            if not found or found[0].unit != MONEY or found[0].start:
                continue
            begin = match.start("case")
            least = next(filter(None, (_least(match["case"], q) for q in find_quantities(match["case"]))), None)  # fmt: skip
            yield More(
                match["case"],
                quantity_at(address, clause.text[match.end() :], found[0], match.end()),
                quantity_at(address, match["case"], least, begin) if least else None,
            )


def _raised_behind(index: ClauseIndex, row: Entitlement) -> Iterator[More]:
    """By how much a sentence behind the figure of a measure raises it in a further case."""
    figure = row.amount or row.rate
    if figure is None or figure.span.address != row.address:
        return
    text = index.clause(row.address)[1].text
    for match in _RAISED.finditer(text, figure.span.end):
        case, begin, share = match["case"], match.start("case"), match["share"]
        least = next(filter(None, (_least(case, q) for q in find_quantities(case))), None)
        yield More(
            case,
            quantity_at(row.address, share, find_quantities(share)[0], match.start("share")),
            quantity_at(row.address, case, least, begin) if least else None,
        )


def _least(case: str, q: Measured) -> Measured | None:
    """A figure from which on a case is given."""
    above = _FROM_ON.search(case[: q.start]) or _ALSO.match(case[q.end :])
    return q if above else None
