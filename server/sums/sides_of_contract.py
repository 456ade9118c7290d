"""On which side of a contract for making somebody's product an amount is: 委托外面生产, 承接了别家的代工单."""

from __future__ import annotations

import re

from indexer.entitlements.entitlement import Entitlement
from server.sums.facets import Facets
from server.sums.likeness import event_text

__all__ = ["SIDE", "on_other_side", "said_side", "sides_of"]

SIDE = "side of a contract"
_SIDES = {
    "委托": re.compile(
        r"委托[^，,。；;、]{0,12}(?:生产|加工|代工|制造)(?!总?(?:任务|收入|服务|业务|订?单|合同))|[交包]给[^，,。；;]{0,8}代(?:工|生产)"
    ),
    "受托": re.compile(
        r"(?:承接|承担|受托|接[了到下]|[帮替给](?:别|人|其他|外))[^，,。；;]{0,14}"
        r"(?:代工|[委受]托(?:生产|加工)|C[DM]{1,2}O)"
    ),
}


def sides_of(text: str) -> Facets:
    """The sides that a text names, as a group of values; nothing where it names none.

    >>> sides_of("委托外面的厂生产"), sides_of("接了别家的代工单"), sides_of("合同9000万")
    ({'side of a contract': frozenset({'委托'})}, {'side of a contract': frozenset({'受托'})}, {})
    """
    found = frozenset(side for side, pattern in _SIDES.items() if pattern.search(text))
    return {SIDE: found} if found else {}


def said_side(text: str, side: str) -> str:
    """The words by which a text names a side."""
    match = _SIDES[side].search(text)
    return match[0] if match else ""


def on_other_side(words: str, row: Entitlement) -> bool:
    """Whether an amount is on the other side than a measure is for."""
    asked, own = sides_of(words).get(SIDE), sides_of(event_text(row)).get(SIDE)
    return asked is not None and own is not None and asked.isdisjoint(own)
