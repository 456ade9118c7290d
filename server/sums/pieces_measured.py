"""Things of so much power, length or area each, at an amount for one unit of it: 20个120千瓦的直流桩 at 300元/千瓦,
held to a share of what they cost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from indexer.lexical import terms
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.beside import Limits, held_to, limits_of
from server.sums.bounds import is_money
from server.sums.by_name.changes import case_changed
from server.sums.by_name.offers import SUPPORT_NAME
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text, is_named_in, own_words
from server.sums.listing import Listing, Piece, listings_near
from server.sums.per_unit import unread_pieces
from server.sums.result import STOPPED, Sum, unique, worked_held
from server.sums.unit_kinds import MEASURED
from server.sums.units import units_of
from server.sums.workable import can_be_worked
from server.sums.working import Working
from server.sums.written_out import spelt_out

__all__ = ["pieces_measured"]

_EACH = re.compile(r"(?:[每单]一?[个台套根桩座把枪机体]|各)[^，,。；;\d]{0,8}$")
_IN_ALL = re.compile(r"(?:总|合计|一?共|共计)[^，,。；;\d]{0,8}$")
_BEHIND = re.compile(r"(?:的)?[\u4e00-\u9fff]{1,10}")
#: What comes on top is told with the amounts of one clause.
_ADDED = re.compile(r"[再另](?:行)?(?:增加|给予|补[助贴]|奖励|提高)|额外|上浮")
_WHOSE = re.compile(r"公[共用]|专用|自用|私人")
_NEAR = 3
_COUNTED = ("个", "台", "套")
#: What many kinds are called: 直流充电桩 is 直流.
_END = re.compile(r"(?:充换?电)?(?:桩|设施|设备|站|机组?|系统|项目|装置|枪)$")


@dataclass(frozen=True, slots=True)
class _Rates:
    """The amounts for one unit of a list, or of one clause, with what limits them together."""

    rows: tuple[Entitlement, ...]
    head: str
    text: str
    limits: Limits
    address: Address

    def keys(self, row: Entitlement) -> list[str]:
        """By what a question calls the kinds that an amount is for."""
        names = re.split(
            "、|和|以?及", own_words(row, self.rows) if self.rows[1:] else event_text(row)
        )
        keys = [_END.sub("", name.strip()) for name in names]
        return [key for key in keys if len(key) > 1]

    def of(self, words: str) -> list[Entitlement]:
        """The measures whose kind some words name; 交直流 is no 直流 where it is a kind of its own."""
        keys = [(key, row) for row in self.rows for key in self.keys(row)]
        found = []
        for key, row in keys:
            for match in re.finditer(re.escape(key), words):
                longer = [
                    other
                    for name, other in keys
                    if (at := name.find(key)) > 0 and words[: match.start()].endswith(name[:at])
                ]
                found += longer or [row]
        return [row for row in self.rows if any(row is one for one in found)]


@dataclass(frozen=True, slots=True)
class _Line:
    """So much of something, with the number of things that have so much each."""

    fact: Fact
    count: Fact | None
    row: Entitlement


def pieces_measured(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What things come to by the unit that is measured of each; None where no list of such amounts is
    asked for, or only one figure is stated.

    Which kind is meant is asked back; no sum where a figure is taken by nothing, or a sentence changes
    the amounts in the case told.
    """
    index, question = likeness.retriever.index, spelt_out(retrieval.understanding.text)
    measured = [f for f in facts if f.unit in MEASURED and not f.past]
    counts = [f for f in facts if f.unit in _COUNTED and f.value > 1]
    money = [f for f in facts if f.unit == MONEY]
    if not measured or not (counts or money):
        return None
    rates = _meant(retrieval, likeness, question, measured[0].unit)
    if rates is None or len({f.unit for f in measured}) > 1:
        return None
    if rates is False or rates.limits.unread or rates.limits.least or rates.limits.counts:
        return STOPPED
    lines = [_line(fact, counts, question, rates, len(measured) == 1) for fact in measured]
    known = [line for line in lines if isinstance(line, _Line)]
    if len(known) < len(lines):
        return _asked(rates) if len(lines) == 1 and lines[0] is None else STOPPED
    costs = [one.cost(facts) for one in rates.limits.shares]
    used = [f for line in known for f in (line.fact, line.count)]
    rest = [f for f in facts if f.value != 1 and not f.past and f not in costs]
    total = [f for f in measured if _IN_ALL.search(question[: f.start])]
    rest = [f for f in rest if f not in used and not (total and f in counts)]
    if rest or any(f.part or f.vague for f in measured) or case_changed(rates.text, rates.address, question, index):  # fmt: skip
        return STOPPED
    if any(line.count is None for line in known) and unread_pieces(question, measured):
        return STOPPED
    return _worked(known, rates, facts)


def _meant(
    retrieval: Retrieval, likeness: Likeness, question: str, unit: str
) -> _Rates | Literal[False] | None:
    """The amounts for one unit, among what was found, that a question asks for; None where there are
    none, False where it is not told which of several."""
    index = likeness.retriever.index
    names = [m[0][-4:] for m in SUPPORT_NAME.finditer(question)]
    found: dict[Address, _Rates] = {}
    for rates in (*_listed(retrieval, index), *_of_clauses(retrieval, index)):
        kinds = [event_text(row) for row in rates.rows]
        called = any(name in rates.text for name in names)
        spoken = rates.of(question) or any(is_named_in(kind, question, 0.3) for kind in kinds)
        if _is_of(rates, unit) and (called or (spoken and not names)):
            found.setdefault(rates.address, rates)
    near = [one for one in found.values() if not _is_another(one.head, question)]
    if len(near) < 2:
        return near[0] if near else None
    shared = set.intersection(*(set(terms(one.head)) for one in near))
    own = [[t for t in terms(one.head) if t not in shared] for one in near]
    worth = [likeness.retriever.coverage(words, question) if words else 0.0 for words in own]
    best = [one for one, value in zip(near, worth, strict=True) if value == max(worth)]
    return best[0] if len(best) == 1 else False


def _is_of(rates: _Rates, unit: str) -> bool:
    return all(units_of(row) == (unit,) and can_be_worked(row) for row in rates.rows)


def _is_another(head: str, question: str) -> bool:
    """Whether amounts are for what is open to all, and the question is on what is not, or the other way."""
    own, asked = ({m[0][0] for m in _WHOSE.finditer(words)} for words in (head, question))
    return bool(own and asked and not own & asked)


def _listed(retrieval: Retrieval, index: ClauseIndex) -> Iterator[_Rates]:
    for listing in listings_near(retrieval, index):
        own = [[r for r in index.measures(p.address) if r.amount] for p in listing.items]
        if all(len(rows) == 1 for rows in own):
            text = "".join(p.words for p in (listing.lead, *listing.items, *listing.beside))
            rows = tuple(rows[0] for rows in own)
            yield _Rates(
                rows, listing.lead.words, text, limits_of(listing, index), listing.lead.address
            )


def _of_clauses(retrieval: Retrieval, index: ClauseIndex) -> Iterator[_Rates]:
    """The amounts of clauses that fit best, with what stands behind them."""
    first = retrieval.hits[0].passage.address
    for address in (hit.passage.address for hit in retrieval.hits[:_NEAR]):
        text = index.clause(address)[1].text
        rows = tuple(r for r in index.measures(address) if r.amount and r.address == address)
        amounts = [row.amount.span for row in rows if row.amount]
        is_item = address.path.steps[-1].rank not in ("art", "para")
        if not rows or address.document != first.document or _ADDED.search(text):
            continue
        if is_item and len(rows) == 1:
            # It is one line of a list.
            continue
        end = max(span.end for span in amounts)
        listing = Listing(Piece(address, ""), (), (Piece(address, text[end:], end),), True)
        head = text[: min(span.start for span in amounts)]
        yield _Rates(rows, head, text, limits_of(listing, index), address)


def _line(
    fact: Fact, counts: Sequence[Fact], question: str, rates: _Rates, alone: bool
) -> _Line | Literal[False] | None:
    """A figure with its number of things and its amount; None where its kind is not named, False where
    that, or its number, is not told for certain."""
    count = _count(fact, counts, question)
    if count is False:
        return False
    words = [f"{fact.words}{fact.region}", count.words if count else "", question if alone else ""]
    for said in filter(None, words):
        if found := rates.of(said):
            return _Line(fact, count, found[0]) if len(found) == 1 else False
    return _Line(fact, count, rates.rows[0]) if len(rates.rows) == 1 else None


def _count(fact: Fact, counts: Sequence[Fact], question: str) -> Fact | Literal[False] | None:
    """How many things have so much each: 20个120千瓦的桩, 120千瓦的桩20个, 桩20个，每个120千瓦; False where it
    is said of each, and nobody says of how many."""
    before, end = question[: fact.start], fact.start + len(fact.written)
    if _IN_ALL.search(before):
        return None
    for one in counts:
        if (
            question[one.start + len(one.written) : fact.start].strip() == ""
            and one.start < fact.start
        ):
            return one
    if _EACH.search(before):
        told = [one for one in counts if one.start < fact.start]
        return told[-1] if told else False
    for one in counts:
        if one.start > end and _BEHIND.fullmatch(question[end : one.start]):
            return one
    return None


def _asked(rates: _Rates) -> Sum | None:
    names = list(dict.fromkeys(own_words(row, rates.rows) for row in rates.rows))
    if len(names) < 2:
        return STOPPED
    spans = unique([row.amount.span for row in rates.rows if row.amount])
    missing = (f"您说的是哪一种：{'，还是'.join(names)}？",)
    return Sum(Calculation(None, MONEY, "", (), missing=missing), spans)


def _worked(lines: Sequence[_Line], rates: _Rates, facts: Sequence[Fact]) -> Sum:
    working, assumed, values = Working(), list[str](), []
    for line in lines:
        factors = [(f.value, f.unit) for f in (line.count, line.fact) if f]
        assert line.row.amount is not None
        value: Decimal = working.times(factors, line.row.amount)
        for cap in line.row.caps:
            if is_money(cap) and cap.quantity.span.address == line.row.address:
                value = working.capped(value, cap.quantity.value, "上限", cap.quantity.span)
        values.append(value)
    total = held_to(working.plus(values), rates.limits, facts, working, assumed)
    return worked_held(total, working, tuple(dict.fromkeys(assumed)))
