"""Clauses to measures of support: the sentences of grants, read segment by segment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address
from indexer.entitlements.entitlement import Cap, Span
from indexer.entitlements.kinds_of_share import limits_of_kinds
from indexer.entitlements.phrases import Phrase, phrases_of, segments_of
from indexer.entitlements.roles import FORMS
from indexer.entitlements.row import ClauseText, Row
from indexer.entitlements.segment import Segment

__all__ = ["ClauseReader"]

#: A sentence that gives the figures of the grant said before it.
_STANDARD = re.compile(
    r"^(?:其中|具体|(?:具体)?[^，；。、\d]{0,8}(?:标准|金额|额度)(?:为|如下|是|根据|[:：]|$|(?=人均)))"
)

#: 按设备投资额分段给予补助：…: what the parts that follow are of.
_IN_PARTS = re.compile(r"(?:分[段档级]|累进)$")
_ANNOUNCES = re.compile(r"(?:标准|金额|额度)(?:分别)?(?:为|如下|是)?$")
#: 按注册分类给予一次性奖励：1类新药每个品种1000万元，2类…: amounts by what they are for.
_GIVES = re.compile(r"给予[^，；。：]{0,6}(?:奖励|补助|补贴|资助|奖补)$")
_AMOUNT = re.compile(r"[^，；。：%％]{2,20}?\d[\d.]{0,9}\s?[万亿]?元")


class ClauseReader:
    """Reads one clause; ``rows`` are its measures, ``limits`` its caps on measures elsewhere."""

    def __init__(self, address: Address, text: str) -> None:
        self.clause = ClauseText(address, text)
        self.rows: list[Row] = []
        self.limits: list[tuple[Cap, str]] = []
        self.deductions: list[Span] = []
        self.exclusions: list[Span] = []
        #: The rows of the sentence before the one that is read.
        self.previous: list[Row] = []
        #: The rows of the sentence that is read, before its last semicolon.
        self.sentence: list[Row] = []
        self.phrases = phrases_of(text)
        self._read()

    def _read(self) -> None:
        number, fresh = 0, True
        frame: Row | None = None
        led: Row | None = None
        shared: Row | None = None
        frames: list[Row] = []
        for phrases in segments_of(self.phrases):
            led = self._led(phrases, fresh, frame, led)
            segment = Segment(self, number, phrases, fresh, led, len(frames))
            segment.shared_rate = shared = self._shared(phrases, fresh, shared)
            segment.grants = segment.grants or shared is not None
            segment.read()
            if led and any(row.has_figure for row in segment.opened) and led in self.rows:
                for row in frames:
                    self.rows.remove(row)
            bare = [row for row in segment.opened if not row.has_figure and not row.unread]
            frame = bare[-1] if bare else frame if led else None
            frames = bare or frames
            number += len(phrases)
            fresh = phrases[-1].ends_sentence
            self.sentence += segment.opened
            if fresh:
                self.previous, self.sentence = self.sentence, []
        self._frames()

    def _led(
        self, phrases: Sequence[Phrase], fresh: bool, frame: Row | None, led: Row | None
    ) -> Row | None:
        """The grant without a figure that this segment gives figures for, if it does."""
        if frame is None:
            return led if not fresh else None
        words = self.clause.text[phrases[0].start : phrases[-1].end]
        if _STANDARD.match(words) or self._announced(phrases[0]):
            return frame
        if fresh and not re.search(FORMS, words) and "每人" in words:
            return frame
        return led if not fresh else None

    def _shared(self, phrases: Sequence[Phrase], fresh: bool, shared: Row | None) -> Row | None:
        """The share that is said before a list of limits, each of a kind: 给予资助：甲类最高…."""
        if not fresh and shared:
            return shared
        words = self.clause.text[phrases[0].start :].split("。")[0].split("\n")[0]
        before = (self.previous if fresh else self.sentence)[-1:]
        among = words.startswith("其中") or not fresh
        return before[0] if before and among and limits_of_kinds(words) else None

    def _announced(self, phrase: Phrase) -> bool:
        """Whether 标准为： stands right before a phrase, or 给予奖励： before a list of amounts."""
        before = [p for p in self.phrases if p.start < phrase.start][-1:]
        if not before or before[0].stop not in "：:":
            return False
        listed = self.clause.text[phrase.start :].split("。")[0]
        plain = _GIVES.search(before[0].text) and not re.search("[%％]", listed)
        plain = plain and all(_AMOUNT.fullmatch(part) for part in re.split("[，；]", listed))
        return bool(plain or _ANNOUNCES.search(before[0].text))

    def _frames(self) -> None:
        """A grant without a figure whose caps hold for the figures of the lines behind it."""
        for frame in [row for row in self.rows if not row.has_figure]:
            under = [r for r in self.rows if r.phrase > frame.phrase and r.has_figure]
            if not under or frame.unread:
                continue
            begun = self.phrases[under[0].phrase].start
            caps = [cap for cap in frame.caps if cap.quantity.span.start < begun]
            if not caps and not self._leads(frame, under[0]):
                continue
            self.rows.remove(frame)
            for row in under:
                row.form = row.form or frame.form
                row.base = row.base or (_whole(frame.base) if row.rate or row.tiers else None)
                row.bounds += frame.bounds if row.tiers and not caps else ()
            for row in under if caps else ():
                row.caps += caps
                row.bounds += frame.bounds
                row.conditions += frame.conditions
                row.ceilings += frame.ceilings
                row.event = row.event or frame.event
                row.subject = row.subject or frame.subject

    def _leads(self, frame: Row, first: Row) -> bool:
        """Whether a grant leads up to the figures that follow, in its sentence or as the first one."""
        if first.tiers and frame.base and _IN_PARTS.search(frame.base.text):
            return True
        if frame.form and frame.form.text.endswith("支持") and frame is self.rows[0]:
            return True
        behind = self.phrases[frame.phrase : first.phrase]
        return all(phrase.stop in "，,：:" for phrase in behind)


def _whole(base: Span | None) -> Span | None:
    """What is taken in parts, without the words for these."""
    match = _IN_PARTS.search(base.text) if base else None
    if base is None or match is None:
        return base
    return Span(base.address, base.start, base.start + match.start(), base.text[: match.start()])
