"""What was paid of an amount so far: 设备合同2800万，目前付了八成 is 2240万 really paid; and what one thing was paid
in parts: 首付款上半年到了7000万，年底又到了5000万 is 1.2亿."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.entitlements.quantities import MONEY
from server.sums.facts import Fact
from server.sums.money import plain, written

__all__ = ["paid_in_all", "really_paid"]

_PAID = re.compile(r"(?:付了|已付|付到|付掉了?|到账了?|到位了?|已?支付了)$")
#: One more part of what was paid before, unless it is of another thing.
_PAID_BEFORE = re.compile(r"(?P<verb>到|付|收|交|缴|拨|进)(?:账|位|款|来|齐)?了?$")
_PAID_MORE = re.compile(
    r"(?:又|再)[^，,。；\d]{0,4}?(?P<verb>到|付|收|交|缴|拨|进)(?:账|位|款|来|齐)?了?$"
)
_ANOTHER = re.compile(r"另一|另外|还有|第[二三]|其他|别的")


def paid_in_all(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts with the parts of one amount, paid one behind the other, as one, with its line.

    Not where several things are counted: nobody knows of which each is.
    """
    if any(fact.is_count and fact.value > 1 for fact in facts):
        return tuple(facts)
    kept: list[Fact] = []
    for fact in facts:
        last = kept[-1] if kept else None
        if last is None or not _goes_on(last, fact):
            kept.append(fact)
            continue
        value, before = last.value + fact.value, "".join(last.derived[-1:])
        said, parts = written(value, MONEY), before.split(" = ")[0] or written(last.value, MONEY)
        line = f"{parts} + {written(fact.value, MONEY)} = {said}"
        words = last.words.replace(last.written, said)
        kept[-1] = replace(last, value=value, written=said, words=words, derived=(line,))
    return tuple(kept)


def _goes_on(last: Fact, fact: Fact) -> bool:
    before, more = (last.before, _PAID_BEFORE), (fact.before, _PAID_MORE)
    first, second = (pattern.search(words) for words, pattern in (before, more))
    plain = last.unit == fact.unit == MONEY and not (last.part or fact.part)
    alike = first and second and first["verb"] == second["verb"]
    return bool(plain and alike and not _ANOTHER.search(fact.words))


def really_paid(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts with each amount of which a share was paid as what was paid, with its line."""
    paid: dict[int, Fact] = {}
    for place, share in enumerate(facts):
        before = [f for f in facts[:place] if f.unit == MONEY]
        said = share.before
        if share.unit != "%" or not before or not _PAID.search(said):
            continue
        whole = before[-1]
        value = whole.value * share.value / 100
        line = f"{written(whole.value, MONEY)} × {plain(share.value)}% = {written(value, MONEY)}"
        words = f"{whole.words}，实际付款"
        paid[id(whole)] = replace(
            whole, value=value, written=written(value, MONEY), words=words, derived=(line,)
        )
    return tuple(paid.get(id(fact), fact) for fact in facts)
