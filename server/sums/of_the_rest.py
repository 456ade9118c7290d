"""Measures by names beside one for all others: 美国、欧盟 and 其他国家, of which a question says neither; and those
that it denies: 不是首次参展."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements import Entitlement
from server.sums.likeness import event_text

__all__ = ["is_not_meant", "is_unnamed"]

_OTHERS = re.compile(r"其[他它余](?:国家|地区|市场)")
#: What many measures are for says no name.
_GENERIC = re.compile(
    r"产品|品种|药品|器械|企业|机构|项目|单位|首次|每[个项件家种]|市场|国家|地区|或者?|获批|上市|[在向到的对为]"
)
_DENIED = re.compile(r"(?:不是|并非|不属于|没有?|未)(?P<what>[\u4e00-\u9fff]{4})")
_JOINED = re.compile(r"[、，,\s和及与]+")


def is_unnamed(row: Entitlement, sisters: Sequence[Entitlement], question: str) -> bool:
    """Whether a measure of a clause is by names of which a question says none, where another one is
    for all others: whether 越南 is one of the names nobody knows."""
    own = event_text(row)
    rest = [event_text(r) for r in sisters if r is not row and r.amount]
    rest = [event for event in rest if _OTHERS.search(event)]
    if not rest or _OTHERS.search(own):
        return False
    names = _names(own, rest[0])
    return bool(names) and not any(name in question for name in names)


def is_not_meant(row: Entitlement, sisters: Sequence[Entitlement], question: str) -> bool:
    """Whether a question says that it is on the others (在其他国家获批), or denies what is a measure's
    own: 不是首次参展."""
    if bool(_OTHERS.search(question)) and is_unnamed(row, sisters, question):
        return True
    own, others = event_text(row), " ".join(event_text(r) for r in sisters if r is not row)
    denied = [m["what"] for m in _DENIED.finditer(question) if m["what"] in own]
    # 没有关联关系 is what 无关联关系 asks for.
    denied = [what for what in denied if not re.search(rf"[无非未没不有是在]{what}", own)]
    return bool(others) and any(what not in others for what in denied)


def _names(own: str, rest: str) -> list[str]:
    """What an occasion says and the other one does not, name by name.

    >>> _names("药品在美国、欧盟获批上市", "在其他国家获批上市")
    ['美国', '欧盟']
    """
    shared = {
        place for at in range(len(own) - 1) if own[at : at + 2] in rest for place in (at, at + 1)
    }
    left = "".join(" " if place in shared else one for place, one in enumerate(own))
    return [name for name in _JOINED.split(_GENERIC.sub(" ", left)) if len(name) > 1]
