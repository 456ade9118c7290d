"""For what and to whom a row is: from its own words, a shared stem, or what went before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.entitlements.entitlement import Span
from indexer.entitlements.occasion import Occasion, occasion_of, opens
from indexer.entitlements.phrases import Phrase
from indexer.entitlements.recipients import is_generic, part_recipient
from indexer.entitlements.row import Place, Row
from indexer.entitlements.wording import kind_span, object_span

if TYPE_CHECKING:
    from indexer.entitlements.segment import Segment

__all__ = ["whom_and_what"]

_APPROVED = re.compile(
    r"^经(?P<how>[^，]{8,24}?)(?:审[核查批]|评审|评估|认定|批准|备案|验收)[^，]{0,4}的?$"
)
_BODY = re.compile(
    r"(?:局|委|厅|部|办|政府|部门|单位|机构|小组|中心|专家|第三方)(?:会同|组织|联合)?$|会同"
)


def whom_and_what(
    segment: Segment,
    row: Row,
    places: Sequence[Place],
    granting: Place,
    previous: Row | None,
    stems: Sequence[Place] = (),
    inherits: bool = True,
) -> None:
    """Fill in the event and the subject, taken over from what went before where they are silent."""
    clause = segment.clause
    found = _found(segment, places, granting, stems)
    row.event, row.subject = clause.spans(found.event), clause.placed(found.subject)
    if found.unsure:
        row.subject = None
        row.doubt("subject")
        return
    before = previous or segment.led or _before(segment)
    generic = row.subject is None or is_generic(row.subject.text)
    opened = any(opens(clause.text[slice(*place)]) for place in places)
    if before and generic and before.subject and not (opened and row.subject):
        row.subject = before.subject
    if segment.led:
        stem = _stem(segment.led) if segment.kinds < 2 else ()
        row.event = (*stem, *row.event)
    elif _is_step(segment, found, places):
        row.event = (*_inherited(segment, before), *row.event)
        row.frequency = before.frequency if before else None
        row.base = before.base if before else None
    row.event = row.event or _said_after(segment, granting) or _approved(segment)
    if inherits or not row.subject:
        row.event = row.event or _inherited(segment, before)
    if not row.event and row.subject:
        row.event = (row.subject,)
    if not row.event:
        row.doubt("event")


def _found(
    segment: Segment, places: Sequence[Place], granting: Place, stems: Sequence[Place]
) -> Occasion:
    """The occasion of a row: its own words, thresholds where these are all, and a shared stem."""
    text = segment.clause.text
    if places and places[-1] in segment.labels:
        label = places[-1]
        named = part_recipient(text[slice(*label)], False)
        who = label if named and not named.event else None
        stem = occasion_of(text, stems, (0, 0))
        found = _joined(stem, Occasion((label,), None))
        return replace(found, subject=who or stem.subject)
    found = occasion_of(text, places, granting)
    measured = all("元" in b.quantity.unit for b in segment.bounds)
    if segment.bounded and (found.weak or (measured and _all_bounds(segment, found))):
        found = occasion_of(text, sorted({*places, *segment.bounded}), granting)
    return _joined(occasion_of(text, stems, (0, 0)), found) if stems else found


def _joined(stem: Occasion, own: Occasion) -> Occasion:
    """A stem that several occasions share, and one of them."""
    event = (*stem.event, *(p for p in own.event if p not in stem.event))
    if own.subject and not own.event:
        return Occasion((*event, own.subject), own.subject, own.unsure or stem.unsure)
    return Occasion(event, stem.subject or own.subject, own.unsure or stem.unsure, False)


def _all_bounds(segment: Segment, found: Occasion) -> bool:
    """Whether an occasion is nothing but what is measured: 新增固定资产投资额."""
    measured = [bound.of.text for bound in segment.bounds if bound.of]
    return all(segment.clause.text[slice(*place)] in measured for place in found.event)


def _said_after(segment: Segment, granting: Place) -> tuple[Span, ...]:
    """What the words of the grant say it is for: 稳岗 of 给予稳岗补贴, 支持…建设."""
    clause, words = segment.clause, segment.clause.text[slice(*granting)]
    place = object_span(words) or kind_span(words)
    if place is None:
        behind = next((p for p in segment.phrases if p.start > granting[1]), None)
        place = object_span(behind.text) if behind and behind.text.startswith("支持") else None
        return (
            (clause.span(behind.start + place[0], behind.start + place[1]),)
            if place and behind
            else ()
        )
    return (clause.span(granting[0] + place[0], granting[0] + place[1]),)


def _approved(segment: Segment) -> tuple[Span, ...]:
    """The way something was approved, where a part of a sentence names no other occasion:
    ；经国家创新药特别审查程序批准上市的. By whom it was approved is none."""
    if segment.fresh or not segment.conditions:
        return ()
    match = _APPROVED.match(segment.conditions[-1].text)
    by_whom = match and _BODY.search(match["how"])
    if match is None or by_whom:
        return ()
    own = segment.conditions[-1]
    return (segment.clause.span(own.start, own.end - own.text.endswith("的")),)


def _before(segment: Segment) -> Row | None:
    """The row whose subject goes on behind a semicolon."""
    return segment.earlier[-1] if segment.earlier and not segment.fresh else None


def _stem(row: Row) -> tuple[Span, ...]:
    return row.event[:2] if row.event != (row.subject,) else ()


def _is_step(segment: Segment, found: Occasion, places: Sequence[Place]) -> bool:
    """Whether the words are only a further step: 100人以上的 behind 50人以上的…."""
    words = "".join(segment.clause.text[slice(*place)] for place in found.event)
    return bool(places) and bool(
        re.match(
            r"^(?:达到?|超过|在)?\d++(?:[\-—–.]\d*+)?(?:亿元|[百千万]?(?:人次?|元|家|级|亩|项|%|平方米|㎡|吨|标箱|[辆台套架张个户件场间]|班次?|公里))[^的]{0,10}$",
            words,
        )
    )


def _inherited(segment: Segment, before: Row | None) -> tuple[Span, ...]:
    """What the sentence before speaks of, where this one names no occasion."""
    if before and before.event and not segment.fresh:
        return before.event[:1]
    rows = segment.opened or segment.reader.previous
    if rows:
        return rows[-1].event[:1]
    stop = segment.phrases[0].start
    sentence: list[Phrase] = []
    for phrase in reversed([p for p in segment.reader.phrases if p.start < stop]):
        if sentence and phrase.stop in "。；;\n！？":
            break
        sentence.insert(0, phrase)
    places = [(p.start, p.end) for p in sentence]
    return segment.clause.spans(occasion_of(segment.clause.text, places, (stop, stop)).event)
