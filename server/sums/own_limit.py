"""A limit that stands behind its rate like an amount of its own: 增量部分的5%，增量补助最高80万元; one for each case:
按费用的40%给予补贴，境内、境外的最高分别补贴20万元、60万元, also in the sentence behind: 不超过投入40%的支持。其中，完成Ⅰ期、
Ⅱ期的，分别给予最高1000万元、2000万元支持."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap
from indexer.entitlements.quantities import MONEY
from server.sums.facets import facets_of
from server.sums.likeness import event_text

__all__ = ["limited_by_case", "with_own_limit"]

#: What comes behind is of another sentence, or comes on top.
_NEW = re.compile(r"[。；;\n]|另|[再加]|额外|基础上|同时|一次性")
#: The next sentence goes on with what this one is for: 其中，完成Ⅰ期的; stages are always of it.
_BEHIND = re.compile(r"^[^。；;\n]*+[。；;]\s{0,4}(?P<of_which>其中[，,：:]?)?")
_OWN_LIMIT = re.compile(r"[，,]增[量长][^，。；\d]{0,6}(?:最高|不超过)(?:不超过)?$")


def with_own_limit(rows: Sequence[Entitlement], text: str) -> list[Entitlement]:
    """Measures with the limit that was read as an amount of its own: 增量补助最高80万元."""
    found: list[Entitlement] = []
    for row in rows:
        before = text[: row.amount.span.start] if row.amount else ""
        if row.amount and found and _OWN_LIMIT.search(before):
            caps = (*found[-1].caps, Cap(row.amount, "item", False))
            found[-1] = replace(found[-1], caps=caps)
        else:
            found.append(row)
    return found


def limited_by_case(
    rows: Sequence[tuple[Entitlement, float]], index: ClauseIndex
) -> list[tuple[Entitlement, float]]:
    """Measures with a rate for each case that its sentence sets a limit for, in the place of the
    rate and of limits that were read as amounts."""
    found: list[tuple[Entitlement, float]] = []
    taken: list[Entitlement] = []
    for row, prior in rows:
        limits = [other for other, _ in rows if _is_limit(other, row, index)]
        taken += limits
        found += [(_of_case(row, other), prior) for other in limits]
        # One case alone leaves the others as they are.
        found += [(row, prior)] if len(limits) < 2 else []
    return [(row, prior) for row, prior in found if all(row is not other for other in taken)]


def _is_limit(limit: Entitlement, row: Entitlement, index: ClauseIndex) -> bool:
    """Whether a most that stands behind a rate in its sentence is the limit of one of its cases."""
    amount, rate = limit.amount, row.rate
    if amount is None or rate is None or limit.address != row.address or limit.rate:
        return False
    plain = limit.at_most and limit.event and not limit.bounds and amount.unit == MONEY
    text = index.clause(row.address)[1].text[rate.span.end : amount.span.start]
    behind = _BEHIND.match(text) if _said(row) == _said(limit) != "" else None
    if behind and not behind["of_which"] and "stage" not in facets_of(event_text(limit)):
        behind = None
    text = text[behind.end() :] if behind else text
    # What one recipient gets at most (每个单位每年) stays a limit of the share.
    open_ = not row.caps or (behind and all(cap.scope == "recipient" for cap in row.caps))
    return bool(plain and open_ and text and not _NEW.search(text))


def _said(row: Entitlement) -> str:
    """What a measure gives: 补助, 奖励."""
    return row.form.text if row.form else ""


def _of_case(row: Entitlement, limit: Entitlement) -> Entitlement:
    assert limit.amount is not None
    event = (*row.event, *(span for span in limit.event if span not in row.event))
    return replace(row, event=event, caps=(Cap(limit.amount, "item", False), *row.caps))
