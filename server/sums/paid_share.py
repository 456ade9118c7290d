"""What was paid of an amount so far: 设备合同2800万，目前付了八成 is 2240万 really paid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.entitlements.quantities import MONEY
from server.sums.facts import Fact
from server.sums.money import plain, written

__all__ = ["really_paid"]

_PAID = re.compile(r"(?:付了|已付|付到|付掉了?|到账了?|到位了?|已?支付了)$")


def really_paid(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts with each amount of which a share was paid as what was paid, with its line."""
    paid: dict[int, Fact] = {}
    for place, share in enumerate(facts):
        before = [f for f in facts[:place] if f.unit == MONEY]
        said = share.words.split(share.written)[0]
        if share.unit != "%" or not before or not _PAID.search(said):
            continue
        whole = before[-1]
        value = whole.value * share.value / 100
        line = f"{written(whole.value, MONEY)} × {plain(share.value)}% = {written(value, MONEY)}"
        words = f"{whole.words}，实际付款"
        paid[id(whole)] = replace(
            whole, value=value, written=written(value, MONEY), words=words, derived=line
        )
    return tuple(paid.get(id(fact), fact) for fact in facts)
