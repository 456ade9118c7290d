"""What is new of an amount of two years, where a measure is of what is new: 去年3000万元，今年5000万元，按新增的部分."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.sums.chapters.years_compared import in_order
from server.sums.facts import Fact
from server.sums.money import written

__all__ = ["new_part"]

#: The asker says that the difference of both is meant: a whole new amount may be new as well.
_SAID = re.compile(
    r"(?:新增|增量|增加|增长|净增|多出来?|多的|涨)的?(?:那|这)?(?:一?[部块]分?|部分|额)|(?:按|照|以|就)[^，。；]{0,4}(?:新增|增量|净增)|新增了?多少"
)
_NEW = re.compile(r"新增|增量|净增")


def new_part(
    facts: Sequence[Fact], rows: Sequence[tuple[Entitlement, float]], question: str
) -> tuple[Fact, ...]:
    """The figures with what is new in the place of the amounts of two years."""
    money = [fact for fact in facts if fact.unit == MONEY]
    best = [row for row, prior in rows if prior == 1 and row.rate]
    pair = in_order(money)
    of_new = best and all(row.base and _NEW.search(row.base.text) for row in best)
    if pair is None or not of_new or not _SAID.search(question):
        return tuple(facts)
    last, this = pair
    value = this.value - last.value
    if value <= 0 or last.part or this.part:
        return tuple(facts)
    said = written(value, MONEY)
    line = f"{written(this.value, MONEY)} − {written(last.value, MONEY)} = {said}"
    words = this.words.replace(this.written, said)
    new = replace(this, value=value, written=said, words=words, derived=(line,))
    return tuple(new if fact is this else fact for fact in facts if fact is not last)
