"""What a question says of things of one class, where it names several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from server.sums.facets import facets_of
from server.sums.likeness import event_text

__all__ = ["is_of_named_sister", "names_other_classes", "of_no_other_class", "said_of_class"]

#: The short name by which a clause tells a measure from the one beside it: 化学药…；中成药….
_SHORT = re.compile(r"[\u4e00-\u9fff]{2,6}")


def said_of_class(row: Entitlement, question: str) -> str:
    """The parts of a question that name the class a measure is of: 那个三类走了优先审批."""
    own = facets_of(event_text(row)).get("class")
    parts = re.split(r"[，,。；;]", question)
    return " ".join(part for part in parts if own and facets_of(part).get("class") == own)


def names_other_classes(row: Entitlement, question: str) -> bool:
    """Whether a question names the class that a measure is of, and others."""
    own = facets_of(event_text(row)).get("class")
    return bool(own) and len(facets_of(question).get("class", ())) > 1


def of_no_other_class(row: Entitlement, text: str) -> str:
    """A text without the parts that name another class only than a measure is of."""
    own = facets_of(event_text(row)).get("class", frozenset())
    parts = re.split(r"[，,。；;]", text)
    kept = [p for p in parts if facets_of(p).get("class", own) & own or not own]
    return "，".join(kept)


def is_of_named_sister(chosen: Sequence[Entitlement], index: ClauseIndex, question: str) -> bool:
    """Whether a question names, word for word, what a measure beside one chosen is for, and not
    what the one chosen is for: 中成药 is not worked out by the rate of 化学药."""
    for row in chosen:
        own = _short_name(row)
        # 没裁员 says 不裁员 too.
        if not own or any(own[i : i + 2] in question for i in range(len(own) - 1)):
            continue
        sisters = [r for r in index.measures(row.address) if r not in chosen]
        names = {_short_name(r) for r in sisters if bool(r.rate) == bool(row.rate)} - {"", own}
        if any(name in question for name in names):
            return True
    return False


def _short_name(row: Entitlement) -> str:
    last = re.split(r"[，；。]", row.event[-1].text)[-1] if row.event else ""
    return last if _SHORT.fullmatch(last) else ""
