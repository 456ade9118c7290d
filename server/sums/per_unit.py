"""Things of several kinds, each at its own amount: 乳儿班10人、托小班20人, raised and held to a cap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import prod

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.counted_as import counted_as
from server.sums.exclusions import says_left_out
from server.sums.facts import Fact
from server.sums.instalments import stages_beside
from server.sums.likeness import Likeness
from server.sums.listing import Piece
from server.sums.money import written
from server.sums.monthly import over_months
from server.sums.per_unit_on_top import (
    cases_left,
    on_top,
    said_on_top,
    thresholds_left,
    without_met,
)
from server.sums.result import STOPPED, Sum, unique
from server.sums.staged import asks_for_part, paid_parts
from server.sums.unit_amounts import UnitAmount, caps_in, unit_amounts, uplifts_in
from server.sums.unit_kinds import (
    MEASURED,
    Scaled,
    amount_of,
    is_said,
    says_another,
    scaled_for,
    scaled_in,
    several_kinds,
    too_many,
    units_of_amount,
)
from server.sums.which_count import above_in
from server.sums.working import Working

__all__ = ["per_unit", "unread_pieces"]

_PIECES = re.compile(
    r"(?:\d{1,4}|[两二三四五六七八九十])\s*(?:桩|根|枪|座|把|支|口|块(?![钱\d]))(?:的|，)?"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """So many of something at an amount; ``pieces`` are the factors of the number."""

    pieces: tuple[tuple[Decimal, str], ...]
    amount: UnitAmount
    fact: Fact
    case: Scaled | None = None

    @property
    def number(self) -> Decimal:
        return prod((value for value, _ in self.pieces), start=Decimal(1))


def per_unit(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What several kinds come to at the amounts of one clause, with what is added for some.

    None where single measures do: nothing is added or raised, and no unit of measure is counted.
    """
    if not retrieval.hits or not any(fact.value > 1 and not fact.past for fact in facts):
        # 一个托位和一张床分别补多少 compares; nothing is multiplied.
        return None
    address, question = retrieval.hits[0].passage.address, retrieval.understanding.text
    index = likeness.retriever.index
    text = index.clause(address)[1].text
    amounts = unit_amounts(address, text)
    facts = counted_as(facts, {one.unit for one in amounts}, address.document, index)
    stated, facts = facts, without_met(facts, amounts, index.measures(address), likeness)
    above = any(above_in(one.amount, one.unit, text) for one in amounts)
    if above or any(fact.unit == MONEY for fact in facts):
        # Each above a number is what a measure by itself is worked out by.
        return None
    cases = list(scaled_in([Piece(address, text)]))
    cased = any(isinstance(scaled_for(question, a, cases, likeness), Scaled) for a in amounts)
    if amounts and _more_than_allowed(amounts, facts, text):
        return STOPPED
    if not (cased or _takes_several(amounts, facts, address, question, index)):
        return None
    lines = _lines(amounts, facts, question)
    if lines and len(lines) > len(amounts) and _beside(address, amounts, index):
        return STOPPED
    if lines is None:
        return STOPPED if _counts_any(amounts, facts) else None
    if any(says_left_out(one.fact.words, address, likeness.retriever) for one in lines):
        return STOPPED
    lines = _with_cases(lines, cases, question, likeness)
    things = [line.number for line in lines or () if not line.amount.added]
    if lines is None or too_many(sum(things, Decimal(0)), text, amounts[0].unit):
        return STOPPED
    if says_another(question, text, {case.case for case in cases}):
        return STOPPED
    return _worked(lines, question, stated, address, index)


def _more_than_allowed(amounts: Sequence[UnitAmount], facts: Sequence[Fact], text: str) -> bool:
    """Whether more is counted than the clause gives anything for: 每年补助不超过10辆."""
    unit = amounts[0].unit
    counted = [fact.value for fact in facts if fact.unit == unit and not fact.past]
    return too_many(sum(counted, Decimal(0)), text, unit)


def _takes_several(
    amounts: Sequence[UnitAmount],
    facts: Sequence[Fact],
    address: Address,
    question: str,
    index: ClauseIndex,
) -> bool:
    """Whether the amounts of a clause take more than one measure by itself."""
    if not amounts:
        return False
    plain_rows = [row for row in index.measures(address) if row.amount and not row.unread]
    # 每辆另给予2万元 beside no other amount of the clause is no addition to one.
    added = any(a.added and any(b.unit == a.unit and not b.added for b in amounts) for a in amounts)
    text = index.clause(address)[1].text
    raised = [one for one in uplifts_in(address, text) if is_said(one.label, question)]
    measured = any(amount.unit in MEASURED for amount in amounts)
    kinds = several_kinds(amounts, facts)
    return bool(added or raised or measured or kinds or len(plain_rows) < len(amounts))


def _with_cases(
    lines: Sequence[_Line], cases: Sequence[Scaled], question: str, likeness: Likeness
) -> list[_Line] | None:
    """Lines with the case that each is of; None where that is not told."""
    found = []
    for line in lines:
        words = line.fact.words if len(lines) > 1 else question
        case = scaled_for(words, line.amount, cases, likeness) if cases else None
        if case is False:
            return None
        found.append(replace(line, case=case))
    return found


def _beside(address: Address, amounts: Sequence[UnitAmount], index: ClauseIndex) -> bool:
    """Whether items beside a clause have amounts for the same unit: one of two kinds of pile."""
    own = address.path
    for clause in index.readings[address.document].outline.clauses:
        if clause.path.parent == own.parent and clause.path != own and own.parent:
            others = unit_amounts(Address(address.document, clause.path), clause.text)
            if {one.unit for one in others} & {one.unit for one in amounts}:
                return True
    return False


def _counts_any(amounts: Sequence[UnitAmount], facts: Sequence[Fact]) -> bool:
    return any(fact.unit in units_of_amount(amount) for amount in amounts for fact in facts)


def _lines(
    amounts: Sequence[UnitAmount], facts: Sequence[Fact], question: str
) -> list[_Line] | None:
    """The lines of a sum; None where a figure has no amount, or an amount is not told apart."""
    counted = [
        f for f in facts if any(f.unit in units_of_amount(a) for a in amounts) and not f.past
    ]
    rest = [f for f in facts if f not in counted and f.unit not in ("年", "月") and f.value != 1]
    numbers = list(_numbers(counted, question))
    base = [a for a in amounts if not a.added]
    lines: list[_Line] = []
    # Of several numbers each is told by its own words: 1个博士、2个硕士.
    said = question if sum(not fact.part for _, fact in numbers) == 1 else ""
    for pieces, fact in numbers:
        if fact.part:
            continue
        amount = amount_of(fact, [a for a in base if fact.unit in units_of_amount(a)], said)
        if amount is None:
            return None
        lines.append(_Line(pieces, amount, fact))
        if amount.least and lines[-1].number < amount.least.value:
            return None
    used = {id(line.fact) for line in lines}
    for amount in said_on_top(amounts, numbers, question):
        own = on_top(amount, [n for n in numbers if n[1].unit in units_of_amount(amount)], question)
        if own is None:
            return None
        lines += [_Line(pieces, amount, fact) for pieces, fact in own]
        used |= {id(fact) for _, fact in own}
    left = [fact for _, fact in numbers if id(fact) not in used]
    things = [f for f in rest if not f.is_count]
    many = _many(rest, numbers) or _unread(question, [fact for _, fact in numbers])
    return None if not lines or left or things or many else lines


def _many(rest: Sequence[Fact], numbers: Sequence[tuple[object, Fact]]) -> bool:
    """Whether things are counted that no line takes: 3座站 beside 720千瓦."""
    starts = {fact.start for _, fact in numbers}
    return any(f.is_count and f.start + len(f.written) not in starts for f in rest)


def _unread(question: str, counted: Sequence[Fact]) -> bool:
    """Whether a number of things that is no figure elsewhere stands before no figure: 3桩单枪480千瓦."""
    starts = {fact.start for fact in counted if fact.unit in MEASURED}
    return bool(starts) and any(m.end() not in starts for m in _PIECES.finditer(question))


def unread_pieces(question: str, facts: Sequence[Fact]) -> bool:
    """Whether a figure is that of each of several things: 10把120千瓦的枪 are not 120千瓦."""
    starts = {fact.start for fact in facts if fact.unit in MEASURED}
    return any(match.end() in starts for match in _PIECES.finditer(question))


def _numbers(
    counted: Sequence[Fact], question: str
) -> list[tuple[tuple[tuple[Decimal, str], ...], Fact]]:
    """Each figure with what it is multiplied by right before it: 10个7千瓦 are 70千瓦."""
    found = []
    for fact in counted:
        times = re.search(r"(\d{1,4})\s*([个台根座])\s*$", question[: fact.start])
        pieces: tuple[tuple[Decimal, str], ...] = ((fact.value, fact.unit),)
        if times and fact.unit in MEASURED:
            pieces = ((Decimal(times[1]), times[2]), *pieces)
        found.append((pieces, fact))
    return found


def _worked(
    lines: Sequence[_Line],
    question: str,
    facts: Sequence[Fact],
    address: Address,
    index: ClauseIndex,
) -> Sum | None:
    working, text = Working(), index.clause(address)[1].text
    for fact in dict.fromkeys(line.fact for line in lines):
        for said in fact.derived:
            working.says(said, *fact.sources)
    total: Decimal | None = working.plus([_line(line, working) for line in lines])
    monthly, rows = [line.amount.monthly for line in lines], index.measures(address)
    total = over_months(total, monthly, facts, question, text, working, rows)
    if total is None:
        return STOPPED
    for one in uplifts_in(address, text):
        if is_said(one.label, question):
            total = working.plus([total, working.share(total, one.share)])
    total = _held(total, lines, address, text, working)
    if total is None:
        return STOPPED
    most = "最高" if working.caps else ""
    display = f"{most}{written(total, MONEY)}"
    if asks_for_part(question):
        paid = paid_parts(total, stages_beside(address, index), question, working)
        if paid is None:
            return STOPPED
        display = f"{most}{written(paid, MONEY)}（按期拨付，全部为{display}）"
        total = paid
    used = [line.amount for line in lines]
    assumed = cases_left(used, unit_amounts(address, text), uplifts_in(address, text), question)
    assumed += thresholds_left(used, rows, facts)
    steps, caps = tuple(working.steps), tuple(working.caps)
    return Sum(Calculation(total, MONEY, display, steps, caps, assumed), unique(working.sources))


def _line(line: _Line, working: Working) -> Decimal:
    value = working.times(line.pieces, line.amount.amount)
    return working.share(value, line.case.share) if line.case else value


def _held(
    total: Decimal, lines: Sequence[_Line], address: Address, text: str, working: Working
) -> Decimal | None:
    """A total held to the limits of its clause; None where one is for some of its lines only."""
    caps = caps_in(address, text, [line.amount for line in lines])
    for cap, yearly in caps or ():
        total = working.capped(total, cap.value, "每年上限" if yearly else "上限", cap.span)
    return None if caps is None else total
