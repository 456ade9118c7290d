"""Clauses to measures of support: the sentences of grants, read phrase by phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.address import Address
from indexer.entitlements.entitlement import (
    Bound,
    Cap,
    Entitlement,
    Increment,
    Quantity,
    Relation,
    Span,
    Tier,
)
from indexer.entitlements.parallel import parallel_items
from indexer.entitlements.phrases import Phrase, phrases_of, segments_of
from indexer.entitlements.quantities import Measured
from indexer.entitlements.roles import FORMS, GRANT, Figures, figures_in, scope_of, yearly
from indexer.entitlements.tiers import tiers_of
from indexer.entitlements.wording import (
    base_span,
    each_span,
    form_span,
    frequency_span,
    given_to,
    own_span,
    recipient_in,
    subject_span,
)

__all__ = ["ClauseReader", "Row"]

_EXCLUDES = re.compile(
    r"不(?:再)?重复|不再(?:享受|给予|补)|不予(?:重复|叠加)|不叠加|只能?(?:享受|申请|补贴)一次|仅(?:可|能)?(?:享受|申请|支持)一次|只(?:配套)?(?:支持|奖励|补助)一次|就高不重复"
)
_DEDUCTS = re.compile(r"应?扣除")
_PASSES = re.compile(
    r"^(?:经[^，]{1,24}(?:后|的|同意)?$|按(?:有关|相关)?规定|依法依规|符合[^，]{0,20}(?:的|条件的?)$|且)"
)
#: A grant of money of which no figure is said; 全过程支持 is none.
_GIVES = re.compile(
    r"(?:给予|予以|享受)(?:[^，；。]{0,30}?(?:奖励|奖补|奖金|补助|补贴|资助|贴息|补偿|(?:资金|经费|财政|专项|装修)支持)|(?:倾斜)?支持$)"
)
#: A piece that is left of a phrase and names no occasion.
_EMPTY = re.compile(
    r"(?:通过|根据|依据|按照|获得|取得|经|被|或者|并|实现|给予|对于|开展)$|^(?:根据|结合|围绕|按照?)"
    r"|^(?:由|各|中央|省级?|市级?|区级?|县级?|各级|地方|自治区|所需资金)*(?:财政|部门).{0,6}$|^各[区地市县]$|^(?:继续|可|均|所需资金|每年安排|在职期间可?|补贴|人)$"
)
_AT_MOST = re.compile(r"不超过|最高|上限|至多|最多|不高于|以内")
_RELATION: tuple[tuple[str, Relation], ...] = (
    (r"(?:（含[^）]*）)?(?:以下|以内|及以下)", "<="), (r"不含", ">"),
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """A measure while it is being read."""

    address: Address
    event: tuple[Span, ...]
    phrase: int
    subject: Span | None = None
    conditions: tuple[Span, ...] = ()
    bounds: tuple[Bound, ...] = ()
    form: Span | None = None
    base: Span | None = None
    rate: Quantity | None = None
    amount: Quantity | None = None
    each: Span | None = None
    at_most: bool = False
    tiers: tuple[Tier, ...] = ()
    caps: list[Cap] = field(default_factory=list)
    increments: list[Increment] = field(default_factory=list)
    frequency: Span | None = None
    years: Quantity | None = None
    deductions: list[Span] = field(default_factory=list)
    exclusions: list[Span] = field(default_factory=list)
    unread: tuple[str, ...] = ()
    name: Span | None = None

    def frozen(self) -> Entitlement:
        """The row as it is kept."""
        return Entitlement(
            self.address, self.event, self.subject, self.conditions, self.bounds, self.form,
            self.base, self.rate, self.amount, self.each, self.at_most, self.tiers,
            tuple(dict.fromkeys(self.caps)), tuple(self.increments), self.frequency, self.years,
            tuple(self.deductions), tuple(self.exclusions), self.unread, self.name,
        )  # fmt: skip


class ClauseReader:
    """Reads one clause; ``rows`` are its measures, ``limits`` its caps on measures elsewhere."""

    def __init__(self, address: Address, text: str) -> None:
        self.address, self.text = address, text
        self.rows: list[Row] = []
        self.limits: list[tuple[Cap, str]] = []
        self.deductions: list[Span] = []
        self.phrases = phrases_of(text)
        self._read()

    def _read(self) -> None:
        number = 0
        fresh = True
        for segment in segments_of(self.phrases):
            reader = _Segment(self, number, segment, fresh)
            reader.read()
            number += len(segment)
            fresh = segment[-1].ends_sentence
        self._frames()

    def _frames(self) -> None:
        """A grant without a figure whose caps hold for the figures of the lines behind it."""
        framed = [row for row in self.rows if not (row.rate or row.amount or row.tiers)]
        for frame in framed:
            under = [r for r in self.rows if r.phrase > frame.phrase and (r.amount or r.rate)]
            if not under or frame.unread:
                continue
            begun = self.phrases[under[0].phrase].start
            caps = [cap for cap in frame.caps if cap.quantity.span.start < begun]
            if not caps and not (frame.form and frame.form.text == "支持"):
                continue
            self.rows.remove(frame)
            for row in under if caps else ():
                row.caps += caps
                row.bounds += frame.bounds
                row.conditions += frame.conditions
                row.event = row.event or frame.event
                row.subject = row.subject or frame.subject

    def span(self, start: int, end: int) -> Span:
        """Characters of this clause."""
        return Span(self.address, start, end, self.text[start:end])

    def quantity(self, measured: Measured) -> Quantity:
        """A figure of this clause with its characters."""
        span = self.span(measured.start, measured.end)
        return Quantity(measured.value, measured.unit, span, measured.low)


class _Segment:
    """Reads the phrases up to a semicolon or stop, as one thought."""

    def __init__(
        self, clause: ClauseReader, first: int, phrases: Sequence[Phrase], fresh: bool
    ) -> None:
        self.clause, self.first, self.phrases, self.fresh = clause, first, phrases, fresh
        self.head: list[Phrase] = []
        self.shared: list[Phrase] = []
        self.conditions: list[Span] = []
        self.bounds: list[Bound] = []
        self.used: list[tuple[int, int]] = []
        self.grants = bool(GRANT.search("，".join(p.text for p in phrases)))
        self.open: list[Row] = []
        self.earlier = list(clause.rows)

    def read(self) -> None:
        """Read every phrase; a grant of which no figure is said becomes a row without one."""
        tiers, rest = tiers_of(self.clause, self.phrases)
        if tiers:
            self._tiers(tiers, rest)
            return
        for number, phrase in enumerate(self.phrases):
            self._phrase(number, phrase)
        if not self.open:
            self._without_figure()

    def _phrase(self, number: int, phrase: Phrase) -> None:
        groups = figures_in(phrase.text, phrase.start)
        if self._limits_words(phrase):
            return
        granted = [g for g in groups if g.role in ("rate", "amount", "cap", "increment")]
        granted = granted if self.grants else []
        for group in groups:
            if group.role == "bound":
                self.bounds.append(self._bound(phrase, group))
            elif group.role == "years":
                self._years(group)
        if not granted:
            self._plain(phrase, groups)
            return
        for position, group in enumerate(granted):
            since = granted[position - 1].end if position else phrase.start
            self._figures(number, phrase, group, since)

    def _limits_words(self, phrase: Phrase) -> bool:
        """Exclusions and deductions: words that take away from the rows read so far."""
        span = self.clause.span(phrase.start, phrase.end)
        if _DEDUCTS.search(phrase.text):
            self.clause.deductions.append(span)
            for row in self.clause.rows:
                row.deductions.append(span)
            return True
        if _EXCLUDES.search(phrase.text) and self.clause.rows:
            for row in self.open or self.clause.rows:
                row.exclusions.append(span)
            return True
        return False

    def _plain(self, phrase: Phrase, groups: Sequence[Figures]) -> None:
        """A phrase that grants nothing itself: an occasion, a condition, or the words of a grant."""
        bound = any(group.role in ("bound", "years") for group in groups)
        if _PASSES.match(phrase.text) and not bound and not _GIVES.search(phrase.text):
            self.conditions.append(self.clause.span(phrase.start, phrase.end))
        elif bound and (self.head or self.shared):
            self.conditions.append(self.clause.span(phrase.start, phrase.end))
        elif _GIVES.search(phrase.text) and self.head and not bound:
            self.shared, self.head = [*self.shared, *self.head], []
        elif not (groups and groups[0].role == "years"):
            self.head.append(phrase)

    def _figures(self, number: int, phrase: Phrase, group: Figures, since: int) -> None:
        prefix = self.clause.text[since : group.start]
        start, end = own_span(prefix)
        own = (since + start, since + end) if end - start >= 2 else None
        if group.role == "increment" and self.open:
            self._increment(phrase, group, own)
        elif group.role == "cap" and self._belongs(phrase, group, own):
            self._cap(phrase, group, prefix)
        else:
            self._new(number, phrase, group, own, since)

    def _belongs(self, phrase: Phrase, group: Figures, own: tuple[int, int] | None) -> bool:
        """Whether a cap limits what was granted before it, rather than grant something itself."""
        if own or self.head:
            return False
        if self.shared and not self.open:
            self._without_figure()
        before = phrase.text[: group.start - phrase.start]
        limits = scope_of(before) == "recipient" or yearly(before) or bool(self.earlier)
        return bool(self.open) or (self.fresh and limits)

    def _cap(self, phrase: Phrase, group: Figures, prefix: str) -> None:
        rows = self.open or self.earlier
        for row in self.open:
            self._complete(row, phrase, group, prefix)
        caps = [
            Cap(
                self.clause.quantity(q),
                scope_of(phrase.text[: group.end - phrase.start]),
                yearly(prefix),
            )
            for q in group.quantities
        ]
        if not rows:
            self.clause.limits += [(cap, phrase.text) for cap in caps]
        elif len(caps) == 1:
            for row in rows:
                row.caps.append(caps[0])
        elif len(self.open) == len(caps):
            for row, cap in zip(self.open, caps, strict=True):
                row.caps.append(cap)
        elif len(self.open) == 1:
            self._split(group, caps)

    def _complete(self, row: Row, phrase: Phrase, group: Figures, prefix: str) -> None:
        """What the phrase of a cap says of the grant before it: to whom, in which form."""
        clause = self.clause
        if given := given_to(phrase.text):
            row.subject = self._placed(given, phrase.start)
        if row.form is None:
            after = clause.text[group.end : phrase.end]
            row.form = self._form(prefix, group.start - len(prefix), after, group.end, phrase)
        if row.frequency is None:
            row.frequency = self._placed(frequency_span(phrase.text), phrase.start)
        if scope_of(phrase.text[: group.start - phrase.start]) == "item":
            row.at_most = True

    def _split(self, group: Figures, caps: Sequence[Cap]) -> None:
        """One rate, several caps: one row for each of the parallel occasions named before."""
        row = self.open[0]
        events = self._paired(self.used, len(caps))
        if events is None:
            row.unread = (*row.unread, "caps")
            return
        self.clause.rows.remove(row)
        self.open = []
        for event, cap in zip(events, caps, strict=True):
            self._add(_copy(row, event, cap))

    def _increment(self, phrase: Phrase, group: Figures, own: tuple[int, int] | None) -> None:
        places = [*((p.start, p.end) for p in self.head), *([own] if own else [])]
        events = self._paired(places, len(group.quantities))
        self.head = []
        if events is None:
            for row in self.open:
                row.unread = (*row.unread, "increments")
            return
        for row in self.open:
            row.increments += [
                Increment(event, self.clause.quantity(q))
                for event, q in zip(events, group.quantities, strict=True)
            ]

    def _new(
        self, number: int, phrase: Phrase, group: Figures, own: tuple[int, int] | None, since: int
    ) -> None:
        """Open a row for each figure of a group."""
        who = self._subject(phrase) or (self.open[-1].subject if self.open else None)
        plain_subject = own and who and (who.start, who.end) == own and (self.head or self.shared)
        places = self._occasions() + ([own] if own and not plain_subject else [])
        earlier = [p for p in self.phrases if p.start < phrase.start]
        self.used = [(p.start, p.end) for p in earlier if _is_occasion(p) or "、" in p.text]
        self.used += [own] if own else []
        events = self._paired(places, len(group.quantities)) or self._paired(
            self.used, len(group.quantities)
        )
        if events and not any(events):
            events = [self._before(phrase)] * len(events)
        elif (
            events
            and not self.fresh
            and self.earlier
            and not any(map(_is_occasion, [*self.head, *self.shared]))
            and not own
        ):
            # 100人以上的，补助4.5万元: a further step of what the segment before speaks of.
            events = [(*self.earlier[-1].event[:1], *event) for event in events]
        figures: Sequence[Measured] = group.quantities
        unread: tuple[str, ...] = ()
        if events is None:
            events, figures, unread = [self._spans(places)], (), ("amount",)
        self.open = [] if (own or self.head or group.role != "cap") else self.open
        for index, event in enumerate(events):
            row = Row(self.clause.address, event, self.first + number, who, unread=unread)
            self._part_subject(row)
            self._fill(row, phrase, group, figures[index] if figures else None, since)
            self._add(row)
        self.head = []

    def _part_subject(self, row: Row) -> None:
        """Who receives is no part of the occasion: …认定的港澳青年企业, 企业自行装修厂房."""
        parted = []
        for span in row.event:
            who, start, end = recipient_in(span.text)
            if who and row.subject is None:
                row.subject = self._placed(who, span.start)
            kept = self.clause.span(span.start + start, span.start + end)
            parted.append(kept if len(kept.text) >= 2 else span)
        row.event = tuple(parted)

    def _fill(
        self, row: Row, phrase: Phrase, group: Figures, figure: Measured | None, since: int
    ) -> None:
        clause, prefix = self.clause, self.clause.text[since : group.start]
        after = clause.text[group.end : phrase.end]
        if figure and group.role == "rate":
            row.rate = clause.quantity(figure)
            row.base = self._placed(base_span(prefix), since)
        elif figure:
            row.amount = clause.quantity(figure)
            row.each = self._placed(each_span(prefix), since) or self._unit(figure)
        row.at_most = bool(_AT_MOST.search(prefix[-16:]))
        row.conditions, row.bounds = tuple(self.conditions), tuple(self.bounds)
        row.form = self._form(prefix, since, after, group.end, phrase)
        row.frequency = self._placed(frequency_span(phrase.text), phrase.start)
        for said in () if row.frequency else (p for p in self.phrases if p.start < phrase.start):
            row.frequency = row.frequency or self._placed(frequency_span(said.text), said.start)
        row.name = self._name(after, group.end)

    def _unit(self, figure: Measured) -> Span | None:
        """㎡ of 300元/㎡, 项 of 200万元/项."""
        text = self.clause.text[figure.start : figure.end]
        place = text.find("/")
        return self.clause.span(figure.start + place + 1, figure.end) if place > 0 else None

    def _form(self, prefix: str, since: int, after: str, end: int, phrase: Phrase) -> Span | None:
        if found := form_span(prefix, after):
            side, place = found
            return self._placed(place, end if side == "after" else since)
        following = next((p for p in self.phrases if p.start > phrase.start), None)
        if following and (found := form_span("", following.text)):
            return self._placed(found[1], following.start)
        return None

    def _before(self, phrase: Phrase) -> tuple[Span, ...]:
        """The occasion where the sentence names none: what the sentence before it speaks of."""
        stop = self.phrases[0].start
        earlier = [p for p in self.clause.phrases if p.start < stop]
        sentence: list[Phrase] = []
        for before in reversed(earlier):
            if sentence and before.stop in "。；;\n！？":
                break
            sentence.insert(0, before)
        return self._spans([(p.start, p.end) for p in sentence])

    def _name(self, after: str, end: int) -> Span | None:
        """What the support is called: 住房补贴 behind 每人每月1500元."""
        match = re.match(rf"(?:的)?(?P<name>[^，；。、\d的]{{1,10}}?(?:{FORMS}))", after)
        return self._placed(match.span("name"), end) if match else None

    def _subject(self, phrase: Phrase) -> Span | None:
        before = [phrase, *reversed([*self.shared, *self.head])]
        found = subject_span([p.text for p in before])
        return self._placed(found[1], before[found[0]].start) if found else None

    def _occasions(self) -> list[tuple[int, int]]:
        return [(p.start, p.end) for p in (*self.shared, *self.head)]

    def _paired(
        self, places: Sequence[tuple[int, int]], count: int
    ) -> list[tuple[Span, ...]] | None:
        """The occasion of each of ``count`` figures, None where their list is not clear."""
        if count == 1:
            return [self._spans(places)]
        for index in range(len(places) - 1, -1, -1):
            start, end = places[index]
            found = parallel_items(self.clause.text[start:end], count)
            if not found:
                continue
            shared = [found.head, found.tail]
            return [
                self._spans(
                    [
                        *places[:index],
                        *((start + a, start + b) for a, b in (shared[0], item, shared[1])),
                        *places[index + 1 :],
                    ]
                )
                for item in found.items
            ]
        return None

    def _spans(self, places: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
        text = self.clause.text
        spans = []
        for start, end in places:
            lead, length = own_lead(text[start:end])
            if length >= 2 and not _EMPTY.search(text[start + lead : start + lead + length]):
                spans.append(self.clause.span(start + lead, start + lead + length))
        return tuple(spans)

    def _without_figure(self) -> None:
        """给予奖励 without an amount: a measure all the same, its amount left open."""
        for number, phrase in enumerate(self.phrases):
            match = _GIVES.search(phrase.text)
            if not match or _DEDUCTS.search(phrase.text) or _EXCLUDES.search(phrase.text):
                continue
            start, end = own_span(phrase.text[: match.start()] + "给予")
            own = [(phrase.start + start, phrase.start + end)] if end - start >= 2 else []
            before = [(p.start, p.end) for p in self.phrases[:number] if _is_occasion(p)]
            row = Row(self.clause.address, self._spans([*before, *own]), self.first + number)
            row.subject = self._subject(phrase)
            form = re.search(rf"(?:{FORMS})$", match[0])
            row.form = self._placed(form.span(), phrase.start + match.start()) if form else None
            row.conditions, row.bounds = tuple(self.conditions), tuple(self.bounds)
            self._add(row)
            return

    def _tiers(self, tiers: Sequence[Tier], rest: Sequence[Phrase]) -> None:
        """Parts of a base, each with its rate: one row, which may go on behind a semicolon."""
        previous = self.clause.rows[-1] if self.clause.rows else None
        if previous and previous.tiers and not rest:
            previous.tiers += tuple(tiers)
            self.open = [previous]
            return
        occasions = [(p.start, p.end) for p in rest]
        row = Row(self.clause.address, self._spans(occasions), self.first, tiers=tuple(tiers))
        phrase = next(p for p in self.phrases if p.end >= tiers[0].rate.span.end)
        prefix = self.clause.text[phrase.start : tiers[0].rate.span.start]
        row.base = self._placed(base_span(prefix), phrase.start)
        row.form = self._form(
            prefix,
            phrase.start,
            self.clause.text[tiers[0].rate.span.end : phrase.end],
            tiers[0].rate.span.end,
            phrase,
        )
        self.head = list(rest)
        row.subject = self._subject(phrase)
        self._add(row)

    def _bound(self, phrase: Phrase, group: Figures) -> Bound:
        text, q = self.clause.text, group.quantities[-1]
        before, after = text[phrase.start : group.start], text[group.end : group.end + 8]
        relation: Relation = ">="
        for pattern, sign in _RELATION:
            if re.match(rf"\s*{pattern}" if sign == "<=" else rf"\s*（{pattern}", after):
                relation = sign
        if (
            re.search(r"(?<!不)超过\s*$|高于\s*$|大于\s*$|突破\s*$", before)
            and "含" not in after[:3]
        ):
            relation = ">"
        of = re.sub(r"(?:超过|达到|达|不低于|不少于|高于|大于|低于|满|在|为|突破)+\s*$", "", before)
        lead = len(of) - len(re.sub(r"^(?:对于?|且|并|其中|凡)+", "", of))
        span = self.clause.span(phrase.start + lead, phrase.start + len(of)) if of[lead:] else None
        return Bound(span, relation, self.clause.quantity(q))

    def _years(self, group: Figures) -> None:
        for row in self.open or self.clause.rows:
            row.years = row.years or self.clause.quantity(group.quantities[0])

    def _placed(self, place: tuple[int, int] | None, offset: int) -> Span | None:
        return self.clause.span(offset + place[0], offset + place[1]) if place else None

    def _add(self, row: Row) -> None:
        self.clause.rows.append(row)
        self.open.append(row)


def _is_occasion(phrase: Phrase) -> bool:
    """Whether a phrase says what a grant is for: no condition that is passed, no threshold."""
    bound = any(group.role == "bound" for group in figures_in(phrase.text, 0))
    return not (bound or _PASSES.match(phrase.text))


def own_lead(text: str) -> tuple[int, int]:
    """Where the words of an occasion begin and how long they are, without 对 … 的."""
    start, end = own_span(text + "给予") if text.strip() else (0, 0)
    return start, max(0, min(end, len(text)) - start)


def _copy(row: Row, event: tuple[Span, ...], cap: Cap) -> Row:
    return Row(
        row.address, event, row.phrase, row.subject, row.conditions, row.bounds, row.form, row.base,
        row.rate, row.amount, row.each, row.at_most, row.tiers, [*row.caps, cap], [],
        row.frequency, row.years,
    )  # fmt: skip
