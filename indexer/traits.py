"""What a passage holds besides its words: an amount, a number, a day, who acts; where it stands.

Questions ask for these (多少, 什么时候, 哪个部门); a passage without them rarely answers. Two bytes a
passage, read when it is indexed.
"""

from __future__ import annotations

import re
from enum import IntFlag

from corpus.address import Address, ClausePath
from corpus.document import Document
from corpus.outline import ClauseKind, Outline

__all__ = ["Trait", "placed_traits", "traits"]

_CHINESE = "一二三四五六七八九十百千万两"


class Trait(IntFlag):
    """The traits of a passage."""

    AMOUNT = 1
    NUMBER = 2
    ACTOR = 4
    TIME = 8
    EDGE = 16
    ROW = 32
    TERM = 64
    #: Only leads to the clauses beneath it: 有下列情形之一的：
    LEAD = 128
    #: One of those.
    LISTED = 256


_PATTERNS = (
    (
        Trait.AMOUNT,
        re.compile(rf"\d[.,]*+\s*+[万亿]?元|\d\s*[%％‰]|百分之|[{_CHINESE}][万亿]?元"),
    ),
    (
        Trait.NUMBER,
        re.compile(rf"\d|[{_CHINESE}](?:[日天年周次人倍]|个月|小时|分之)"),
    ),
    (Trait.ACTOR, re.compile(r"牵头|责任单位|负责|部门|机关|单位|委员会|法院|局")),
    (
        Trait.TIME,
        re.compile(rf"\d\s*[年月日天周]|[{_CHINESE}](?:日|个月|年)|施行|有效期|期限|小时"),
    ),
)


def traits(text: str, kind: ClauseKind) -> Trait:
    """Return what the own words of a clause hold, and whether it opens or closes or is a row."""
    found = Trait(0)
    for trait, pattern in _PATTERNS:
        if pattern.search(text):
            found |= trait
    if kind in ("opening", "closing"):
        found |= Trait.EDGE
    if kind == "table":
        found |= Trait.ROW
    return found


def placed_traits(address: Address, document: Document, outline: Outline) -> Trait:
    """Return what the place of a clause in its document says of it."""
    found = Trait(0)
    if address in document.term.basis:
        found |= Trait.TERM
    if _leads(address.path, outline):
        found |= Trait.LEAD
    parent = address.path.parent
    if parent is not None and parent in outline and _leads(parent, outline):
        found |= Trait.LISTED
    return found


def _leads(path: ClausePath, outline: Outline) -> bool:
    return outline[path].text.rstrip().endswith(("：", ":")) and len(outline.under(path)) > 1
