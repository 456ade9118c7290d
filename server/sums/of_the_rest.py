"""Measures by names beside one for all others: 美国、欧盟 and 其他国家, of which a question says neither; and those
that it denies: 不是首次参展."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.sums.fact import Fact
from server.sums.likeness import event_text

__all__ = ["is_not_meant", "is_unnamed", "lacks_its_word"]

_OTHERS = re.compile(r"其[他它余](?:国家|地区|市场)")
#: What many measures are for says no name.
_GENERIC = re.compile(
    r"产品|品种|药品|器械|企业|机构|项目|单位|首次|每[个项件家种]|市场|国家|地区|或者?|获批|上市|[在向到的对为]"
)
_DENIED = re.compile(r"(?:不是|并非|不属于|没有?|未)(?P<what>[\u4e00-\u9fff]{4})")
#: A word that tells a special kind, and so many amounts of which each is of one kind.
_SHORTEST, _LONGEST, _SEVERAL = 2, 6, 2
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


def lacks_its_word(
    row: Entitlement, sisters: Sequence[Entitlement], fact: Fact, facts: Sequence[Fact]
) -> bool:
    """Whether a measure is for a special kind of what one beside it is for (国产EDA beside EDA), and
    an amount beside others does not say that it is of it: 国外EDA 600万、国产EDA 700万."""
    if fact.unit != MONEY or sum(f.unit == MONEY for f in facts) < _SEVERAL:
        return False
    own = event_text(row)
    added = (_added(event_text(other), own) for other in sisters if other is not row)
    return any(word and word not in fact.words for word in added)


def _added(plain: str, special: str) -> str:
    """The word that a special kind has more than the plain one; '' where they differ otherwise.

    >>> _added("购买EDA工具", "购买国产EDA工具"), _added("购买软件", "购买国产设备")
    ('国产', '')
    """
    pairs = zip(plain, special, strict=False)
    before = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    behind = len(plain) - before
    word = special[before : len(special) - behind]
    same = special.endswith(plain[before:]) if behind else True
    return word if same and _SHORTEST <= len(word) <= _LONGEST else ""
