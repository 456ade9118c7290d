"""Which of several numbers of persons a measure is for, by what they are called."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.entitlements import Entitlement
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text

__all__ = ["named_persons"]

#: 5个检验员 are persons where the measure calls them so.
_SAME = 0.5


def named_persons(
    row: Entitlement, facts: Sequence[Fact], likeness: Likeness, unit: str = "人"
) -> Fact | None:
    """Of several numbers of persons, or of visits, the one that is called what a measure is for."""
    event = event_text(row)
    persons = [
        f
        for f in facts
        if f.unit == unit
        or (unit == "人" and f.unit == "个" and likeness.share(event, f.words) >= _SAME)
    ]
    sisters = likeness.retriever.index.measures(row.address)
    own = [f for f in persons if len(sisters) > 1 and likeness.told(row, sisters, f.words) == 1]
    if len(own) == 1:
        return own[0]
    # 技师 is said of 高级技师 too, which says more.
    worth = [(likeness.share(event, f.words), likeness.mutual(event, f.written)) for f in persons]
    best = max(worth, default=(0.0, 0.0))
    named = [f for f, value in zip(persons, worth, strict=True) if value == best and value[0]]
    if not best[0]:
        named = own
    return named[0] if len(named) == 1 else None
