"""A share of what another level leaves: 在扣除市级补助后，按企业自付部分的50%给予补助."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from indexer.clause_index import ClauseIndex
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.facts import Fact
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["Alone", "is_of_own_part", "of_what_is_left", "on_what_is_left"]

#: Works out one level from its clauses with some figures.
Alone = Callable[[Retrieval, Sequence[Fact]], Sum | None]

_LEFT = re.compile(
    r"扣除(?:国家|中央|省|市|上)[^，。；]{0,12}(?:补[助贴]|奖励|资助|支持)[^，。；]{0,6}后"
)
_OWN_PART = re.compile(r"自付|自负|自担|自行承担")
_SAID = re.compile(r"自付|自负|自己|自掏|自担|自行承担|扣除|扣掉|剩")


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
