"""What is capped for each of several things, of which one amount is stated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements import Entitlement
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.units import counted
from server.sums.uses import Matched

__all__ = ["of_several"]


def of_several(
    fact: Fact, matched: Matched, chosen: Sequence[Entitlement], likeness: Likeness
) -> bool:
    """Whether what is capped for each is several (两个项目), and one amount is stated.

    It may be that of each or of all: the sums differ.
    """
    if not fact.is_count or fact.value <= 1:
        return False
    things = re.sub(r"[^\u4e00-\u9fff]", "", counted(fact.words))[-2:]
    for row in chosen:
        text = likeness.retriever.index.clause(row.address)[1].text
        each = re.search(rf"[每单][个项家]?[^，。；]{{0,4}}{re.escape(things)}", text)
        item = any(cap.scope == "item" for cap in row.caps)
        if things and each and item and len(matched.of(row, "base")) == 1:
            return True
    return False
