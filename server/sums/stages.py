"""Amounts listed for the stages of one thing: 三个阶段分别花了1500万、2000万、4000万."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import read_number
from server.sums.facets import STAGE, facets_of
from server.sums.likeness import event_text
from server.sums.uses import Use

__all__ = ["in_stages", "years_apart"]

_STAGES = re.compile(r"(?P<n>[两二三四五\d])个?(?:阶段|期|节点)")
#: What is applied for in different years meets the limit of each year by itself.
_YEARS_APART = re.compile(
    r"隔年|(?:不在|不是)同一?年|不同年[度份]?|跨年|分(?:属|在|成)?[两二三四五\d]个?年(?:度|头)?|[两二三四五\d]个?年(?:度|头)?分(?:开|头|别)?(?:来|去)?(?:申?报|申请|领)|每年报一个"
)


def years_apart(question: str) -> bool:
    """Whether a question says that what it adds up is had in different years.

    >>> years_apart("隔年一个阶段来申请"), years_apart("三个阶段今年一起报")
    (True, False)
    """
    return bool(_YEARS_APART.search(question))


def in_stages(
    uses: Sequence[Use], rows: Sequence[Entitlement], question: str
) -> tuple[list[Use], list[tuple[Entitlement, ...]]]:
    """Put amounts that are listed for as many stages into the measures of these, in their order:
    of all stages that there are, or of those named before them (I期和II期，分别花了800万、1800万).

    Returns the uses, and the measures between which it is not clear: amounts said to be of several
    stages that all went into one.
    """
    match = _STAGES.search(question)
    own = [use for use in uses if use.role == "base" and "stage" in facets_of(event_text(use.row))]
    listed = [use for use in own if use.fact.words == own[0].fact.words and use.row is own[0].row]
    named = _named(question) if len(listed) > 1 else []
    of_all = match and len(listed) == read_number(match["n"])
    if len(listed) < 2 or not (of_all or len(named) > 1):
        return list(uses), []
    kept = [row for row in rows if row.address == listed[0].row.address and row.rate]
    kept = [row for row in kept if _beside(row, listed[0].row)]
    kept.sort(key=lambda row: row.rate.span.start if row.rate else 0)
    # 从一期做到报上市，三个阶段 names where they begin.
    if not of_all or len(named) == len(listed):
        kept = [row for stage in named for row in kept if stage in _stage_of(row)]
    if len(kept) != len(listed):
        return list(uses), [tuple(kept)]
    pairs = {id(use): row for use, row in zip(listed, kept, strict=True)}
    return [replace(use, row=pairs.get(id(use), use.row)) for use in uses], []


def _named(question: str) -> list[str]:
    """The stages that a question names, each once, in their order."""
    found = [facets_of(match[0]).get("stage", frozenset()) for match in STAGE.finditer(question)]
    return list(dict.fromkeys(stage for names in found for stage in names))


def _stage_of(row: Entitlement) -> frozenset[str]:
    return facets_of(event_text(row)).get("stage", frozenset())


def _beside(row: Entitlement, other: Entitlement) -> bool:
    """Whether two measures differ in nothing but their stage."""
    mine, theirs = facets_of(event_text(row)), facets_of(event_text(other))
    lead = [one.event[0].text for one in (row, other) if len(one.event) > 1]
    groups = (mine.keys() | theirs.keys()) - {"stage"}
    alike = all(mine.get(group) == theirs.get(group) for group in groups)
    return alike and "stage" in mine and len(set(lead)) <= 1
