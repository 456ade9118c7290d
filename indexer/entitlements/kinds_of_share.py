"""One share with a limit for each kind: 按投资的30%给予补助：枢纽站最高300万元，普通站最高60万元."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entitlements.entitlement import Cap, Scope
from indexer.entitlements.occasion import occasion_of
from indexer.entitlements.only_limits import is_scope
from indexer.entitlements.pairing import paired
from indexer.entitlements.roles import FORMS, Figures, yearly
from indexer.entitlements.row import Place, Row

if TYPE_CHECKING:
    from indexer.entitlements.segment import Segment

__all__ = ["limits_of_kinds", "split_by_kind"]

#: A limit of one kind is said without a word of granting, and the kind in a few.
_GRANTS = re.compile(rf"给予|予以|享受|发放|另|再|{FORMS}")
_LABEL = 16
_EACH = re.compile(r"(?:[每单]个[\u4e00-\u9fff]{0,4}|每[家台套座项处]|每年|年度|分别){1,3}$")
_RECIPIENT = re.compile(r"(?:企业|公司|机构|单位|医院)$")
_AMONG = re.compile(r"其中[，,：:]?")
_LIMIT = re.compile(
    r"(?P<label>[^，,；;：:。\d]{2,20}?)(?:最高(?:不超过)?|不超过|封顶|上限为?)\d[\d.]{0,9}\s?[万亿]?元"
)


def limits_of_kinds(words: str) -> bool:
    """Whether the words of a sentence begin with several limits, each of a kind of its own.

    >>> limits_of_kinds("其中枢纽站每个最高300万元，普通站每个不超过60万元")
    True
    >>> limits_of_kinds("单个企业每年最高不超过300万元，每家企业累计不超过900万元")
    False
    """
    among = _AMONG.match(words)
    parts = re.split("[，,；;]", words[among.end() :] if among else words)
    limits = [_LIMIT.fullmatch(part.strip()) for part in parts[:2]]
    return len(parts) > 1 and all(one and _kind(one["label"]) for one in limits)


def split_by_kind(segment: Segment, group: Figures, own: Place) -> bool:
    """Give each kind that a limit is said for a row of its own with the share said before.

    False where what stands there grants something itself.
    """
    text = segment.clause.text
    row = segment.shared_rate or (segment.opened[-1] if segment.opened else None)
    start, rest = own[0], text[own[0] :].split("。")[0].split("\n")[0]
    if among := _AMONG.match(rest):
        start += among.end()
    kind = _kind(text[start : own[1]])
    granting = _GRANTS.search(text[start : group.start]) or group.role != "cap"
    if row is None or not kind or granting or (among and not limits_of_kinds(rest)):
        return False
    if not _takes_limits(row):
        return False
    kinds = paired(segment, [(start, start + len(kind))], len(group.quantities))
    if kinds is None:
        return False
    if segment.shared_rate is None:
        segment.opened.remove(row)
    if row in segment.reader.rows:
        segment.reader.rows.remove(row)
        segment.open, segment.shared_rate = [], row
    per_year = yearly(text[start : group.start])
    scope: Scope = "recipient" if per_year or _RECIPIENT.search(kind) else "item"
    for place, q in zip(kinds, group.quantities, strict=True):
        found = occasion_of(text, place, (0, 0))
        copy = row.copied((*row.event, *segment.clause.spans(found.event)))
        copy.subject = segment.clause.placed(found.subject) or row.subject
        copy.caps.append(Cap(segment.clause.quantity(q), scope, per_year))
        segment.add(copy)
    return True


def _takes_limits(row: Row) -> bool:
    """Whether a row is a share of something, and nothing is read of it yet that limits it."""
    other = row.amount or row.caps or row.tiers or {*row.unread} - {"event"}
    return row.rate is not None and not other


def _kind(label: str) -> str:
    """The kind that a limit is said for, without 每个; nothing where it is no kind."""
    kind = _EACH.sub("", label)
    plain = 2 <= len(kind) <= _LABEL and not _GRANTS.search(label) and not is_scope(label)
    return kind if plain else ""
