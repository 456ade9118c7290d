"""Measures of clauses that were changed since, with the figures that took the place of theirs.

Only where the words that are put in differ from those that are put out in nothing but figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from corpus.address import Address
from corpus.document import Change
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import find_quantities
from server.case_days import CaseDays, case_days, falls_under, rules_for_before

__all__ = ["AS_CHANGED", "Changes", "moves_figures", "puts_in_whole"]

#: What a calculation says that was made with the figures put in.
AS_CHANGED = "按修改后的条文测算"
_PAIR = re.compile(
    r"“(?P<old>[^“”]{1,400})”[^“”]{0,8}(?:修改|修正|修订|调整|变更|更改|改)为[：:]?“(?P<new>[^“”]{1,400})”"
)
#: 由每人600元提高到每人800元; 分别由130元、100元调整为150元、120元.
_MOVED = re.compile(
    r"由(?P<old>[^，。；“”由]{1,60}?)(?:分别)?(?:提高|调整|上调|增加|降低|下调|调高|放宽)(?:到|至|为)(?P<new>[^，。；“”]{1,60})"
)
_NEW_WORDS = re.compile(r"(?:修改|修正|修订|调整|变更|更改|改)为[：:]?“")
#: As many characters of a clause are no words of another one.
_OWN_WORDS = 20
#: The old figures come back some day.
_FOR_A_WHILE = re.compile(r"恢复(?:原|到)|执行至|执行到|暂按")


@dataclass(frozen=True)
class Changes:
    """The figures of clauses as they are on a day; a question on what was before keeps the old."""

    index: ClauseIndex
    day: date
    question: str
    #: Clauses found beside, which may change one by its very words without the index knowing.
    near: tuple[Address, ...] = ()

    def now(self, row: Entitlement) -> Entitlement:
        """A measure with the figures that hold now; as it is where these are not told for certain."""
        put_in = self._figures(row.address)
        return _replaced(row, put_in) if put_in else row

    def figure(self, quantity: Quantity) -> Quantity:
        """One figure of a clause as it is now."""
        put_in = self._figures(quantity.span.address) or {}
        return put_in.get((quantity.span.address, quantity.span.start), quantity)

    def put_out(self, spans: Sequence[Span]) -> list[Span] | None:
        """The places of the figures that those of some spans took the place of.

        None where nothing was changed, or not all that changed is told for certain.
        """
        known = [figures for figures in self._known.values() if figures]
        old = {q.span: place for figures in known for place, q in figures.items()}
        places = [old[span] for span in spans if span in old]
        changed = {
            span.address for span in spans if self._of(span.address) or self._figures(span.address)
        }
        changed |= {address for address, _ in places}
        if not changed or not all(self._figures(address) for address in changed):
            return None
        return [
            Span(address, start, start + 1, self.index.clause(address)[1].text[start])
            for address, start in places
        ]

    @cached_property
    def _days(self) -> CaseDays:
        return case_days(self.question, self.day)

    @cached_property
    def _known(self) -> dict[Address, dict[tuple[Address, int], Quantity] | None]:
        return {}

    def _figures(self, address: Address) -> dict[tuple[Address, int], Quantity] | None:
        if address not in self._known:
            self._known[address] = self._read(address)
        return self._known[address]

    def _of(self, address: Address) -> list[Change]:
        """The changes of a clause under which the case falls, or may fall.

        One of an earlier time does only by what the text says of those; else nothing is certain.
        """
        found = self.index.document(address.document).changes
        return [
            change
            for change in found
            if change.kind != "added" and change.touches(address.path)
            and not self._keeps_to_what_was(change)
        ]  # fmt: skip

    def _keeps_to_what_was(self, change: Change) -> bool:
        if falls_under(change, self._days, self.index) is not False:
            return False
        now = self._days == CaseDays(self.day, self.day)
        return now or bool(rules_for_before(change, self.index, self._days))

    def _read(self, address: Address) -> dict[tuple[Address, int], Quantity] | None:
        """The figures put in, by the places of those put out; None where any change is not read."""
        found: dict[tuple[Address, int], Quantity] = {}
        text = self.index.clause(address)[1].text
        for change in self._of(address):
            pairs = list(self._pairs(change, text))
            if change.kind != "replaced" or change.since is None:
                return None
            if not falls_under(change, self._days, self.index):
                return None
            if not pairs:
                by = self.index.clause(change.by)[1].text
                unread = not change.until and _FOR_A_WHILE.search(by)
                moved = None if unread else _moved(address, text, change.by, by)
                if not moved:
                    return None
                found |= moved
            for old, new, at in pairs:
                put_in = _aligned(address, text, old, change.by, new, at)
                if put_in is None:
                    return None
                found |= put_in
        return found or self._by_words(address, text)

    def _by_words(self, address: Address, text: str) -> dict[tuple[Address, int], Quantity] | None:
        """The figures that a clause found beside puts in, where it puts out words of this one that
        stand in no other clause."""
        for by in self.near:
            term = self.index.document(by.document).term
            if by.document == address.document or not term.start or term.start > self.day:
                continue
            if self.index.document(by.document).validity(self.day).status != "in_force":
                continue
            for match in _PAIR.finditer(self.index.clause(by)[1].text):
                old = match["old"]
                if len(old) < _OWN_WORDS or old not in text or self._days.last < term.start:
                    continue
                if found := _aligned(address, text, old, by, match["new"], match.start("new")):
                    return found
        return None

    def _pairs(self, change: Change, text: str) -> Iterator[tuple[str, str, int]]:
        """The words put out of a clause and in, and where those put in stand."""
        for match in _PAIR.finditer(self.index.clause(change.by)[1].text):
            if match["old"] in text:
                yield match["old"], match["new"], match.start("new")


def moves_figures(text: str) -> bool:
    """Whether a clause changes another by figures alone, and says nothing else of what is granted.

    >>> moves_figures("补助比例由8%提高为10%"), moves_figures("第七条修改为：“按利息的40%给予贴息。”")
    (True, False)
    """
    return bool(_MOVED.search(text)) and not _NEW_WORDS.search(text)


def puts_in_whole(text: str) -> bool:
    """Whether a clause puts other words in the place of a whole one, and quotes no words put out.

    >>> puts_in_whole("第七条修改为：“按利息的40%给予贴息。”"), puts_in_whole("将“8%”修改为“10%”")
    (True, False)
    """
    return len(_NEW_WORDS.findall(text)) == 1 and not _PAIR.search(text)


def _moved(
    address: Address, text: str, by: Address, words: str
) -> dict[tuple[Address, int], Quantity] | None:
    """The figures that take the place of those of a clause, where the words that say so name only
    figures; None where one of the old ones stands not just once in it."""
    own = find_quantities(text)
    found: dict[tuple[Address, int], Quantity] = {}
    for match in _MOVED.finditer(words):
        out, put = find_quantities(match["old"]), find_quantities(match["new"])
        if not out and not put and _without_digits(match["old"]) == _without_digits(match["new"]):
            # 不少于24课时 to 不少于32课时: none of the figures that are worked with.
            continue
        if not out or [q.unit for q in out] != [q.unit for q in put]:
            return None
        at = match.start("new")
        for left, right in zip(out, put, strict=True):
            places = [q for q in own if (q.value, q.unit) == (left.value, left.unit)]
            if len(places) != 1 or right.low is not None or places[0].low is not None:
                return None
            span = Span(by, at + right.start, at + right.end, match["new"][right.start : right.end])
            found[address, places[0].start] = Quantity(right.value, right.unit, span)
    return found or None


def _without_digits(words: str) -> str:
    return re.sub(r"\d+", "", words)


def _aligned(
    address: Address, text: str, old: str, by: Address, new: str, at: int
) -> dict[tuple[Address, int], Quantity] | None:
    """The figures of new words in the places of those of the old ones; None where anything else
    differs, or the old words stand twice."""
    out, put = find_quantities(old), find_quantities(new)
    same = [q.unit for q in out] == [q.unit for q in put] and text.count(old) == 1
    if not same or _bare(old) != _bare(new) or any(q.low is not None for q in [*out, *put]):
        return None
    start = text.index(old)
    return {
        (address, start + left.start): Quantity(
            right.value, right.unit, Span(by, at + right.start, at + right.end, new[right.start : right.end])
        )
        for left, right in zip(out, put, strict=True)
        if left.value != right.value
    }  # fmt: skip


def _bare(words: str) -> str:
    for q in reversed(find_quantities(words)):
        words = words[: q.start] + "□" + words[q.end :]
    return words


def _replaced(value: Any, put_in: dict[tuple[Address, int], Quantity]) -> Any:
    """A value with the figures put in, in all that it is made of."""
    if isinstance(value, Quantity):
        return put_in.get((value.span.address, value.span.start), value)
    if isinstance(value, tuple):
        return tuple(_replaced(one, put_in) for one in value)
    if not is_dataclass(value) or isinstance(value, type | Span | Address):
        return value
    own = {f.name: getattr(value, f.name) for f in fields(value)}
    new = {name: _replaced(one, put_in) for name, one in own.items()}
    return replace(value, **{n: one for n, one in new.items() if one != own[n]})
