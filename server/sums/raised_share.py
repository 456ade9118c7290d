"""A share that is raised for some: 返还实际缴纳失业保险费的50%；深度贫困地区的企业返还比例可提高至60%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap
from server.sums.age import age_of, is_of_age, is_old_enough
from server.sums.likeness import event_text
from server.sums.measured_case import case_holds

__all__ = ["with_raised_share"]

#: The share itself is what is raised, to another one.
_RAISED = re.compile(
    r"(?:比例|标准|幅度|补[助贴]|返还|资助|奖励)(?:可以?|再|进一步|相应|适当|统一){0,3}(?:提高|上浮|上调|放宽|提升)(?:至|到|为)$"
    r"|其中[^。；]{2,40}比例(?:为|是|达到?)$"
)
#: What stands at the end of many names of places and kinds of companies.
_KIND = re.compile(r"(?:地区|区域|县区|[县区市]|企业|单位|机构|人员|项目|职工)$")
_DENIED = re.compile(r"(?:不(?:是|在|属于|算)|非|没有?(?:在|进)?)[^，,。；;、？?]{0,4}$")
_SHORTEST = 2


def with_raised_share(
    rows: Sequence[tuple[Entitlement, float]], index: ClauseIndex, question: str
) -> list[tuple[Entitlement, float]]:
    """Measures with a raised share in the place of the one that it raises, for those that a question
    is of; without it where the question says nothing of them. Both stay where it says a part.

    A raised share is of what the one that it raises is for: 其中28纳米及以下提高至40% of nothing else that
    the clause pays for.
    """
    dropped: list[Entitlement] = []
    changed: dict[int, Entitlement] = {}
    for (plain, _), (raised, _) in pairwise(rows):
        if not _raises(raised, plain, index):
            continue
        changed[id(raised)] = _of_same(raised, plain)
        said = _is_meant(raised, plain, question)
        if said is not None:
            dropped.append(plain if said else raised)
    return [
        (changed.get(id(row), row), prior)
        for row, prior in rows
        if all(row is not one for one in dropped)
    ]


def _raises(raised: Entitlement, plain: Entitlement, index: ClauseIndex) -> bool:
    """Whether a measure is nothing but another share of what the one before it is of."""
    if raised.address != plain.address or not (raised.rate and plain.rate and plain.base):
        return False
    if raised.amount or raised.tiers or raised.increments:
        return False
    if any(not is_of_age(bound) for bound in raised.bounds):
        return False
    text = index.clause(raised.address)[1].text
    before = text[plain.rate.span.end : raised.rate.span.start]
    same = raised.rate.unit == plain.rate.unit and raised.rate.value > plain.rate.value
    return same and "。" not in before and bool(_RAISED.search(before))


def _of_same(raised: Entitlement, plain: Entitlement) -> Entitlement:
    """A raised share with the occasion and the base of the one that it raises."""
    shared = [span for span in plain.event if span not in raised.event]
    return replace(raised, base=raised.base or plain.base, event=(*shared, *raised.event))


def _has_own_limits(raised: Entitlement, plain: Entitlement) -> bool:
    """Whether each share has limits of its own, each behind it: 50%，最高1000万元；…提高至60%，最高200万元."""
    own, others = _limits(raised), _limits(plain, raised)
    return bool(own) and all(own.values()) and not any(others.values())


def _limits(row: Entitlement, of: Entitlement | None = None) -> dict[Cap, bool]:
    """The limits of a measure in its own clause, and whether each stands behind its share, or that of
    another one."""
    rate = (of or row).rate
    at = rate.span.start if rate else 0
    own = [cap for cap in row.caps if cap.quantity.span.address == row.address]
    return {cap: cap.quantity.span.start > at for cap in own}


def _is_meant(raised: Entitlement, plain: Entitlement, question: str) -> bool | None:
    """Whether a question is of those for whom a share is raised, by their name or their age."""
    own, shared = _limits(raised), _limits(raised) == _limits(plain, raised)
    if not (shared and all(own.values())) and not _has_own_limits(raised, plain):
        # Whether the limit of one holds for the other is not told.
        return None
    if (holds := case_holds(event_text(raised), question)) is not None:
        return holds
    if age := age_of(raised):
        return is_old_enough(age, question)
    return _is_said(_who(raised, plain), question)


def _who(raised: Entitlement, plain: Entitlement) -> str:
    """For whom a share is raised, without those that the plain one is for as well."""
    spans = [*raised.event, raised.subject]
    own = [span.text for span in spans if span and span.text not in event_text(plain)]
    shared = plain.subject.text if plain.subject else ""
    words = "".join(own).replace(shared, "") if shared else "".join(own)
    words = re.sub(r"^对|的$", "", words)
    while (cut := _KIND.sub("", words)) != words:
        words = cut.removesuffix("的")
    return words


def _is_said(who: str, question: str) -> bool | None:
    """Whether a question is of those for whom a share is raised; None where it may be."""
    if len(who) < _SHORTEST:
        return None
    at = question.find(who)
    if at >= 0:
        return not _DENIED.search(question[:at])
    pairs = [who[i : i + 2] for i in range(len(who) - 1)]
    return None if any(pair in question for pair in pairs) else False
