"""Amounts for what a clause leaves out of what its rate is of: 土地600万元 where 不包括土地、厂房."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.entitlements.quantities import MONEY
from server.sums.facts import Fact

__all__ = ["spent_on_left_out"]

_LEAVES_OUT = re.compile(r"(?:不包括|不包含|不含|不计)([^（）()，。；]{2,24})")
_JOINTS = re.compile(r"[、和及或与]")
_END = re.compile(r"(?:投入|投资|费用|费|款|成本)$")
_OTHER = re.compile(r"不含|不包|不算|不计|除|刨|扣[除掉]|去掉|剔|撇|抛开|装修|租|建设|改造")


def spent_on_left_out(facts: Sequence[Fact], texts: Iterable[str]) -> list[Fact]:
    """The amounts spent on what the clauses, ``texts``, leave out of the base.

    What is a part of an amount (其中土地600万元) is taken off from that.
    """
    items = (i for t in texts for run in _LEAVES_OUT.findall(t) for i in _JOINTS.split(run))
    names = {name for item in items if len(name := _END.sub("", item.strip())) > 1}
    return [f for f in facts if f.unit == MONEY and not f.part and _is_on(f, names)]


def _is_on(fact: Fact, names: Iterable[str]) -> bool:
    before = fact.words.split(fact.written)[0]
    ends = (rf"{re.escape(name)}[^，,。；;、]{{0,6}}$" for name in names)
    return not _OTHER.search(before) and any(re.search(end, before) for end in ends)
