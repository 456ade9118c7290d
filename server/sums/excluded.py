"""Amounts for what a clause leaves out of what its rate is of: 土地600万元 where 不包括土地、厂房."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.sums.facts import Fact
from server.sums.likeness import Likeness

__all__ = ["shut_out", "spent_on_left_out"]

_LEAVES_OUT = re.compile(r"(?:不包括|不包含|不含|不计)([^（）()，。；]{2,24})")
_JOINTS = re.compile(r"[、和及或与]")
_END = re.compile(r"(?:投入|投资|费用|费|款|成本)$")
_OTHER = re.compile(r"不含|不包|不算|不计|除|刨|扣[除掉]|去掉|剔|撇|抛开|装修|租|建设|改造")
#: Whom a clause leaves out.
_LEFT_OUT = re.compile(r"(?:不含|不包括|不包含)([^（）()。；，]{2,40})")
_RECIPIENT = re.compile(r"企业|机关|单位|机构|人员|公司|个人")


def spent_on_left_out(facts: Sequence[Fact], texts: Iterable[str]) -> list[Fact]:
    """The amounts spent on what the clauses, ``texts``, leave out of the base.

    What is a part of an amount (其中土地600万元) is taken off from that.
    """
    items = (i for t in texts for run in _LEAVES_OUT.findall(t) for i in _JOINTS.split(run))
    names = {name for item in items if len(name := _END.sub("", item.strip())) > 1}
    return [f for f in facts if f.unit == MONEY and not f.part and _is_on(f, names)]


def _is_on(fact: Fact, names: Iterable[str]) -> bool:
    before = fact.before
    ends = (rf"{re.escape(name)}[^，,。；;、]{{0,6}}$" for name in names)
    return not _OTHER.search(before) and any(re.search(end, before) for end in ends)


def shut_out(chosen: Sequence[Entitlement], question: str, likeness: Likeness) -> bool:
    """Whether a clause leaves out a kind of recipient that the question names: 不含国有企业."""
    for row in chosen:
        text = likeness.retriever.index.clause(row.address)[1].text
        items = [i for run in _LEFT_OUT.findall(text) for i in re.split(r"[、和及或]", run)]
        if any(_RECIPIENT.search(item) and item[:4] in question for item in items):
            return True
    return False
