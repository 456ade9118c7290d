"""Where somebody asks of their own case and says no amount: which one is needed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.sums.facts import Fact
from server.sums.likeness import event_text, own_words
from server.sums.matching import Matcher

__all__ = ["asked_back"]

_OWN = re.compile(r"我们|我司|我公司|本公司|咱们?|我院|本院|我厂|本厂|我家|我这|俺们?|我们?的")


def asked_back(
    matcher: Matcher, facts: Sequence[Fact]
) -> tuple[list[Entitlement], tuple[str, ...]]:
    """The measures that fit best, and what is asked of the one who asks; nothing where an amount is
    said, or another support of the same clause is more what the question speaks of."""
    if not _OWN.search(matcher.question) or any(f.unit == MONEY for f in facts):
        return [], ()
    rows = [row for row, prior in matcher.rows if prior == 1 and row.rate and row.base]
    rows = [row for row in rows if matcher.fits(row, "") and not _is_of_sister(row, matcher)]
    bases = list(dict.fromkeys(row.base.text for row in rows if row.base))
    if len(bases) != 1:
        return [], ()
    asked = [f"{bases[0]}是多少？"]
    events = list(dict.fromkeys(own_words(r, rows) for r in rows)) if len(rows) > 1 else []
    if len(events) > 1:
        asked.append(f"您说的是哪一种：{'，还是'.join(events)}？")
    return rows, tuple(asked)


def _is_of_sister(row: Entitlement, matcher: Matcher) -> bool:
    """Whether the question speaks more of what an amount of the same clause is for, or of what one
    is left open for (给予一定补贴)."""
    alike, question = matcher.likeness.mutual, matcher.question
    others = (event_text(r) for r in matcher.sisters(row) if not r.rate)
    said = alike(event_text(row), question)
    return any(alike(event, question) > said for event in others)
