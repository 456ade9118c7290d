"""A share of what another level leaves (在扣除市级补助后，按企业自付部分的50%给予补助), or of what it
gives (按市级实际拨付金额的50%予以配套)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from indexer.clause_index import ClauseIndex
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.result import STOPPED, Sum, unique, worked_held
from server.sums.working import Working

__all__ = [
    "Alone",
    "is_of_own_part",
    "of_what_is_given",
    "of_what_is_left",
    "on_what_is_left",
]

#: Works out one level from its clauses with some figures.
Alone = Callable[[Retrieval, Sequence[Fact]], Sum | None]

_LEFT = re.compile(
    r"扣除(?:国家|中央|省|市|上)[^，。；]{0,12}(?:补[助贴]|奖励|资助|支持)[^，。；]{0,6}后"
)
_OWN_PART = re.compile(r"自付|自负|自担|自行承担")
_SAID = re.compile(r"自付|自负|自己|自掏|自担|自行承担|扣除|扣掉|剩")
#: What a rate is of where it is what another level pays.
_GIVEN_ABOVE = re.compile(
    r"(?:国家|中央|省|市|上级)级?[^，。；]{0,12}(?:拨付|奖励|补[助贴]|资助|支持|奖补|兑现)"
)
_LEVEL = re.compile(r"国家级?|[省市区县]级|获得?|取得|享受")
#: The clause of the other level holds this much of what is matched.
_SAME_MATTER = 0.3


def is_of_own_part(base: str, words: str) -> bool:
    """Whether a rate is of what somebody bears, where an amount is not called so.

    >>> is_of_own_part("企业自付部分", "交了保费40万"), is_of_own_part("企业自付部分", "自己掏了40万")
    (True, False)
    """
    return bool(_OWN_PART.search(base)) and not _SAID.search(words)


def on_what_is_left(level: Retrieval, index: ClauseIndex) -> bool:
    """Whether the clause that fits best gives a share of what a higher level leaves."""
    return bool(_LEFT.search(index.clause(level.hits[0].passage.address)[1].text))


def of_what_is_left(
    level: Retrieval, above: Sum | None, facts: Sequence[Fact], alone: Alone
) -> Sum | None:
    """What a level gives of the amount that is left of the only one stated."""
    money = [fact for fact in facts if fact.unit == MONEY]
    if above is None or above.calculation.result is None or len(money) != 1:
        return STOPPED
    working = Working()
    left = working.minus(money[0].value, above.calculation.result)
    own = replace(money[0], value=left, words=f"自付{money[0].words}")
    found = alone(level, [own if fact is money[0] else fact for fact in facts])
    if found is None or found is STOPPED or found.calculation.result is None:
        return STOPPED
    steps = (*working.steps, *found.calculation.steps)
    return replace(
        found,
        calculation=replace(found.calculation, steps=steps),
        sources=unique([*found.sources, *working.sources]),
    )


def of_what_is_given(
    level: Retrieval, above: Sum | None, likeness: Likeness, near: int = 1
) -> Sum | None:
    """What a level adds by a share of what a higher one gives for the same; None where no clause of
    those ``near`` gives such a share, or what is given is not known for certain."""
    index = likeness.retriever.index
    rows = [
        row
        for hit in level.hits[:near]
        for row in index.measures(hit.passage.address)
        if row.rate and row.rate.low is None and row.base and _GIVEN_ABOVE.search(row.base.text)
    ]
    if len(rows) != 1 or above is None or above.calculation.result is None or not above.sources:
        return None
    row, given = rows[0], above.calculation.result
    said = [_LEVEL.sub("", span.text) for span in row.event]
    there = index.clause(above.sources[0].address)[1].text
    unread = row.unread or row.bounds or row.increments or row.tiers
    sure = above.high in (None, given) and not above.calculation.display.count("另一种读法")
    if unread or not sure or row.rate is None:
        return None
    if max((likeness.share(words, there) for words in said if words), default=0) < _SAME_MATTER:
        return None
    working = Working()
    value = working.share(given, row.rate)
    for cap in row.caps:
        name = "每年上限" if cap.yearly else "上限"
        value = working.capped(value, cap.quantity.value, name, cap.quantity.span)
    return worked_held(value, working)
