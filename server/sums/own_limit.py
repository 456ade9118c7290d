"""A limit that stands behind its rate like an amount of its own: 增量部分的5%，增量补助最高80万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap

__all__ = ["with_own_limit"]

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
