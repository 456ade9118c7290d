"""Rows of figures: what is given, for what and to whom, from the phrases around the figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.entitlements.entitlement import Span
from indexer.entitlements.occasion import Occasion, occasion_of, opens
from indexer.entitlements.parallel import parallel_items
from indexer.entitlements.phrases import Phrase
from indexer.entitlements.quantities import Measured
from indexer.entitlements.recipients import is_generic, part_recipient
from indexer.entitlements.roles import Figures
from indexer.entitlements.row import Place, Row
from indexer.entitlements.wording import (
    bare_base,
    base_span,
    each_span,
    form_span,
    frequency_span,
    kind_span,
    name_span,
    object_span,
)

if TYPE_CHECKING:
    from indexer.entitlements.segment import Segment

__all__ = ["form_of", "open_rows", "paired", "whom_and_what"]

_AT_MOST = re.compile(r"不得?超过|最高|上限|至多|最多|不高于|以内")


def open_rows(
    segment: Segment, number: int, phrase: Phrase, group: Figures, own: Place | None, since: int
) -> None:
    """Open a row for each figure of a group; several figures need a list of as many events."""
    head = [(p.start, p.end) for p in segment.head]
    places = _places(segment, head, own)
    earlier = [p for p in segment.phrases if p.start < phrase.start]
    segment.used = [
        (p.start, p.end) for p in earlier if segment.is_occasion(p) or "、" in p.text
    ] + ([own] if own else [])
    count = len(group.quantities)
    events = paired(segment, places, count) or paired(segment, segment.used, count)
    mine = head[0][0] if head else own[0] if own else phrase.start
    figures: Sequence[Measured | None] = group.quantities
    unread: tuple[str, ...] = ()
    if events is None:
        events, figures, unread = [places], [None], (_main(group),)
    segment.open = [] if (own or head or group.role != "cap") else segment.open
    previous: Row | None = None
    opened: list[Row] = []
    for index, (event, figure) in enumerate(zip(events, figures, strict=True)):
        previous = segment.opened[-1] if segment.opened else previous
        row = Row(segment.clause.address, (), segment.first + number, unread=unread)
        granting = (since, phrase.end)
        stems = [p for p in event if p[1] <= mine]
        whom_and_what(segment, row, [p for p in event if p not in stems], granting, previous, stems)
        _fill(segment, row, phrase, group, figure, since)
        _own_bounds(segment, row, index, len(events))
        segment.add(row)
        opened.append(row)
    _told_apart(opened)
    segment.head = []


def _places(segment: Segment, head: list[Place], own: Place | None) -> list[Place]:
    """The occasion: what was said before, what this phrase says, and a stem that both share."""
    text = segment.clause.text
    mine = [*head, *([own] if own else [])]
    if own and not head and segment.stem and not opens(text[slice(*own)]):
        return [*segment.shared, *segment.stem, own]
    if own and head and (opens(text[slice(*head[0])]) or own[1] - own[0] <= 6):
        segment.stem = head
    elif head:
        segment.stem = []
    return [*segment.shared, *mine]


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
        row.event = (*_stem(segment.led), *row.event)
    elif _is_step(segment, found, places):
        row.event = (*_inherited(segment, before), *row.event)
        row.frequency = before.frequency if before else None
        row.base = before.base if before else None
    row.event = row.event or _said_after(segment, granting)
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
            r"^(?:达到?|超过|在)?\d+[\-—–.]?\d*(?:人|亿元|万元|元|家|级|亩|项|%)[^的]{0,10}$", words
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


def _fill(
    segment: Segment,
    row: Row,
    phrase: Phrase,
    group: Figures,
    figure: Measured | None,
    since: int,
) -> None:
    clause = segment.clause
    prefix, after = clause.text[since : group.start], clause.text[group.end : phrase.end]
    if figure and figure.unit in ("%", "‰", "倍"):
        row.rate = clause.quantity(figure)
        row.base = clause.placed(base_span(prefix), since) or row.base
        if row.base is None and "减半" in row.rate.span.text:
            row.base = clause.placed(
                bare_base(clause.text[group.start : phrase.end], True), group.start
            )
    elif figure:
        row.base = None
        row.amount = clause.quantity(figure)
        row.each = clause.placed(each_span(prefix), since) or _unit(segment, figure)
        row.each = row.each or _counted(segment, phrase)
    if row.rate and "每人每次" in prefix:
        row.each = clause.placed(each_span(prefix[: prefix.index("每人每次") + 4]), since)
    row.at_most = bool(_AT_MOST.search(prefix[-16:]))
    row.conditions, row.bounds = tuple(segment.conditions), tuple(segment.bounds)
    row.form = form_of(segment, prefix, since, after, group.end, phrase)
    if row.rate and "减半" in row.rate.span.text and not form_span("", after):
        row.form = row.rate.span
    row.frequency = clause.placed(frequency_span(phrase.text), phrase.start) or row.frequency
    begun = segment.opened[-1].phrase - segment.first if segment.opened else -1
    led_up = [p for n, p in enumerate(segment.phrases) if begun < n and p.start < phrase.start]
    for said in () if row.frequency else led_up:
        row.frequency = row.frequency or clause.placed(frequency_span(said.text), said.start)
    if segment.shared and segment.opened:
        row.frequency = row.frequency or segment.opened[-1].frequency
    row.name = clause.placed(name_span(after), group.end)
    if segment.years:
        row.years, segment.years = clause.quantity(segment.years.quantities[0]), None
    if led := segment.led:
        row.frequency, row.form = row.frequency or led.frequency, row.form or led.form
        row.bounds = (*led.bounds, *row.bounds)
        row.name = row.name or led.name


def _unit(segment: Segment, figure: Measured) -> Span | None:
    """㎡ of 300元/㎡, 项 of 200万元/项."""
    text = segment.clause.text[figure.start : figure.end]
    place = text.find("/")
    return segment.clause.span(figure.start + place + 1, figure.end) if place > 0 else None


def form_of(
    segment: Segment, prefix: str, since: int, after: str, end: int, phrase: Phrase
) -> Span | None:
    """The noun of support around a figure, or in the next phrase or the one before."""
    clause = segment.clause
    if found := form_span(prefix, after):
        side, place = found
        return clause.placed(place, end if side == "after" else since)
    following = next((p for p in segment.phrases if p.start > phrase.start), None)
    if following and (found := form_span("", following.text)):
        return clause.placed(found[1], following.start)
    if found := form_span("", re.split(r"[\d%％]", clause.text[end : phrase.end])[-1]):
        return clause.placed(_shifted(found[1], phrase.end, clause.text[end : phrase.end]))
    if found := form_span(clause.text[phrase.start : since], ""):
        return clause.placed(found[1], phrase.start)
    if segment.opened:
        return segment.opened[-1].form
    for said in reversed([p for p in segment.phrases if p.end <= phrase.start]):
        if found := form_span(said.text, ""):
            return clause.placed(found[1], said.start)
    return None


def paired(segment: Segment, places: Sequence[Place], count: int) -> list[list[Place]] | None:
    """The occasion of each of ``count`` figures, None where their list is not clear."""
    if count == 1:
        return [list(places)]
    text = segment.clause.text
    for index in range(len(places) - 1, -1, -1):
        start, end = places[index]
        found = parallel_items(text[start:end], count)
        if not found:
            continue
        return [
            [
                *places[:index],
                *(
                    (start + a, start + b)
                    for a, b in (found.head, item, _uncounted(text[start:end], found.tail))
                    if b > a
                ),
                *places[index + 1 :],
            ]
            for item in found.items
        ]
    return None


def _uncounted(text: str, tail: Place) -> Place:
    """What stands behind a list without what only counts it: 三个梯度发展目标的企业."""
    match = re.match(r"等?[\d一二两三四五六七八九十]+[个项类种]阶?段?[^的]*", text[slice(*tail)])
    return (tail[0] + match.end(), tail[1]) if match else tail


def _counted(segment: Segment, phrase: Phrase) -> Span | None:
    """每新增1个GCP专业学科 in the phrase before an amount: what the amount is for."""
    before = [p for p in segment.phrases if p.start < phrase.start][-2:]
    for said in reversed(before):
        match = re.search(
            r"每[^，；、\d]{1,6}\d+[个家名人项][^，；、]{1,12}?(?=在|且|并|$)", said.text
        )
        if match and not any(row.phrase >= segment.number_of(said) for row in segment.opened):
            return segment.clause.placed(match.span(), said.start)
    return None


def _shifted(place: Place, end: int, words: str) -> Place:
    """A place in the words behind the last figure of a phrase, in the clause."""
    start = end - len(re.split(r"[\d%％]", words)[-1])
    return start + place[0], start + place[1]


def _all_bounds(segment: Segment, found: Occasion) -> bool:
    """Whether an occasion is nothing but what is measured: 新增固定资产投资额."""
    measured = [bound.of.text for bound in segment.bounds if bound.of]
    return all(segment.clause.text[slice(*place)] in measured for place in found.event)


def _own_bounds(segment: Segment, row: Row, index: int, count: int) -> None:
    """突破1亿元、5亿元 pairs thresholds with amounts; where the lists differ, it is not read."""
    for several in segment.steps:
        if count == len(several):
            row.bounds += (several[index],)
        else:
            row.doubt("bounds")


def _told_apart(rows: Sequence[Row]) -> None:
    """Sister rows whose recipients alone differ say so in the event too."""
    if len({row.event for row in rows}) < len(rows):
        for row in rows:
            if row.subject and row.subject not in row.event:
                row.event = (*row.event, row.subject)


def _main(group: Figures) -> str:
    """The field that the figures of a group are for."""
    return "rate" if group.quantities[0].unit in ("%", "‰", "倍") else "amount"
