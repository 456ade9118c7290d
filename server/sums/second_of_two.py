"""The second of two sums that a question asks for, where it only names what it is for: 这两笔一共多少."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.sums.apart import only_one_had
from server.sums.facts import Fact
from server.sums.likeness import event_text
from server.sums.matching import Matcher
from server.sums.role_of import Roles
from server.sums.units import units_of

__all__ = ["is_counted", "second_of_two"]

_TWO = re.compile(r"[两二2][笔项样块份][^，。；？?]{0,8}")
_TOTAL = re.compile(r"一共|总共|合计|加起来|共[能有可]?[拿多补奖]")
_BESIDE = re.compile(r"前[款项条述]|上述|本[条款项]")
#: Clauses this near are looked at, and the question holds as much of the occasion.
_NEAR, _SPOKEN = 0.5, 0.15


def second_of_two(chosen: Sequence[Entitlement], matcher: Matcher) -> list[Entitlement]:
    """The one amount of the other clause found that the question names beside the measure chosen;
    none where it is not told for certain."""
    question = matcher.question
    if len(chosen) != 1 or not _TWO.search(question) or not _TOTAL.search(question):
        return []
    own = chosen[0]
    found = [
        row
        for row, prior in matcher.rows
        if prior >= _NEAR
        and row.address != own.address
        and _is_plain(row)
        and matcher.fits(row, "")
        and matcher.likeness.share(event_text(row), question) >= _SPOKEN
    ]
    index = matcher.likeness.retriever.index
    if len(found) != 1 or _forbidden((own.address, found[0].address), index):
        return []
    return found


def is_counted(row: Entitlement, matcher: Matcher, facts: Sequence[Fact]) -> bool:
    """Whether a question counts what a measure is for that it only seems to name: 另外4部作品出口."""
    roles = Roles(matcher.likeness, matcher.question, matcher.rows)
    counts = [fact for fact in facts if fact.is_count]
    return any(role == "count" for fact in counts for role, _ in roles.of(fact, row, 0, facts))


def _forbidden(places: Sequence[Address], index: ClauseIndex) -> bool:
    """Whether a sentence on one of two clauses says that it is not had beside others; 同一品种申请多个
    适应症不重复支持 is on another matter."""
    outline = index.readings[places[0].document].outline
    for path, sentence, named in only_one_had(outline):
        here = path in [a.path for a in places] and _BESIDE.search(sentence)
        if here or any(one.contains(a.path) for one in named for a in places):
            return True
    return False


def _is_plain(row: Entitlement) -> bool:
    """Whether a measure is an amount that nothing multiplies or adds to."""
    plain = row.amount is not None and row.amount.unit == MONEY and row.amount.low is None
    return plain and not (row.unread or row.increments or row.bounds or units_of(row))
