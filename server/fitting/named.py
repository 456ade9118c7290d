"""Whether an amount of a company is the very one that a measure speaks of."""

from __future__ import annotations

import re
from typing import Literal

from indexer.entitlements.entitlement import Span
from server.fitting.company import Amount
from server.fitting.wordlist import plain_text
from server.sums.facets import kinds_of_base

__all__ = ["Named", "named"]

#: ``same``: it is called so; ``part``: what is meant is at most as much (in one year, without
#: land); ``more``: it is at least as much; ``near``: both are of one kind of money.
Named = Literal["same", "part", "more", "near"]

_QUALIFIED = re.compile(r"[（(](?:[^（）()]*)[）)]")
_WEIGHTLESS = re.compile(r"实际|完成|发生|该阶段|总额|金额|费用|经费|投入|支出|资金|的|总|额")


def named(amount: Amount, asked: Span | None, stage: frozenset[str]) -> Named | None:
    """How an amount is to what a measure calls its base or threshold; None: something else.

    ``stage`` is that of the measure: an amount of another one is something else.
    """
    if asked is None or (stage and amount.stage and amount.stage not in stage):
        return None
    own, called = _core(asked.text), _core(amount.name)
    if not own or not called:
        return None
    if own == called:
        whole = _qualifiers(asked.text) <= _qualifiers(amount.name)
        return "same" if whole and bool(stage) == bool(amount.stage) else "part"
    if called in own:
        return "part"
    if own in called:
        return "more"
    return "near" if kinds_of_base(amount.name) & kinds_of_base(asked.text) else None


def _core(text: str) -> str:
    """What an amount is of, without words that leave it the same.

    >>> _core("该阶段实际研发投入费用"), _core("固定资产投资额（不含土地、厂房投入）")
    ('研发', '固定资产投资')
    """
    core = _WEIGHTLESS.sub("", _QUALIFIED.sub("", plain_text(text)))
    return re.sub(r"(?<=研发)费$", "", re.sub(r"[当本上]年度", "年度", core))


def _qualifiers(text: str) -> set[str]:
    """What is left out of it or held to: （不含土地、厂房投入）."""
    return {
        re.sub(r"不包[括含]", "不含", q.strip("（）()"))
        for q in _QUALIFIED.findall(plain_text(text))
    }
