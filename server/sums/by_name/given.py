"""What a list, or one clause, gives to each class: a rate with its limit, or an amount and how often."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.address import Address, ClausePath
from corpus.outline import Clause
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from server.sums.beside import Limits, limits_of
from server.sums.bounds import is_money
from server.sums.clause_figures import quantity_at
from server.sums.likeness import own_words
from server.sums.listing import Listing, Piece
from server.sums.units import units_of
from server.sums.workable import can_be_worked

__all__ = ["Offer", "Offers", "given"]

#: A line of a list that was read as no measure: 高级人才每月2000元.
_PLAIN = re.compile(
    r"(?P<label>[^，,。；;：:\d]{2,20}?)[，,：:]?(?:每人)?(?P<each>每人?每?个?月)?(?:给予|发放|补助|补贴|奖励|按)?(?=\d)"
)
_AT_MOST = re.compile(r"(?:不超过|最长|累计|最多|不得超过)[^，。；\d]{0,6}$")
#: 签订5年以上合同 is a condition on who gets it.
_TIME = ("年", "月", "日")
#: How often an amount is paid, where it is not paid once.
_PERIOD = re.compile(r"(?:按|每个?|/)(?:月|年|季|周|天|日|晚|学期)")
_PERIODS = {
    "月": "月",
    "年": "年",
    "季": "季",
    "周": "周",
    "天": "日",
    "日": "日",
    "晚": "晚",
    "期": "学期",
}
_EACH = re.compile(r"(?:每[人名位亩月年天日]|每个月){1,6}$")
_LOOSE = re.compile(
    r"^(?:年度)?(?:考核|评定|评审|验收|认定)?(?:结果)?(?:被?[评认]?定?为)?|等次$|的$"
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one class gets: a rate of a base, or an amount for each of some units."""

    label: str
    address: Address
    rate: Quantity | None
    amount: Quantity | None
    units: tuple[str, ...] = ()
    base: str = ""
    caps: tuple[tuple[Quantity, bool], ...] = ()
    row: Entitlement | None = None

    @property
    def figure(self) -> Quantity:
        """The rate, or the amount."""
        figure = self.rate or self.amount
        assert figure is not None
        return figure


@dataclass(frozen=True, slots=True)
class Offers:
    """What each class gets of a support, by the name that the question has for it. ``address`` and
    ``text``: of the clause that is called so, with its items; ``listed``: a line for each class;
    ``longest``: for how many months at most."""

    name: str
    address: Address
    each: tuple[Offer, ...]
    listed: bool
    limits: Limits
    longest: Quantity | None
    text: str = ""


def given(address: Address, clauses: Sequence[Clause], index: ClauseIndex) -> Offers | None:
    """What the items under a clause give, else the clause itself, with what limits it; None where an
    amount beside them is not read as a limit."""
    article = [c for c in clauses if c.text and c.path.article == address.path.article]
    pieces = {c.path: Piece(Address(address.document, c.path), c.text) for c in article}
    if address.path not in pieces:
        # A heading without words of its own.
        return None
    items = [p for p in pieces.values() if _is_item(p.address.path, address.path, pieces)]
    if not items:
        rows = tuple(_of_rows(address, index))
        return Offers(
            "",
            address,
            rows,
            False,
            Limits(),
            _longest([pieces[address.path]]),
            pieces[address.path].words,
        )
    listing = _listing(pieces, address, items)
    limits = limits_of(listing, index)
    least = [one for one in limits.least if one.quantity.unit not in _TIME]
    if limits.unread or limits.counts or least:
        return None
    each = tuple(_of_items(listing, index))
    text = listing.lead.words + "".join(p.words for p in items)
    return Offers("", address, each, True, limits, _longest(listing.beside), text)


def _is_item(path: ClausePath, lead: ClausePath, pieces: Mapping[ClausePath, Piece]) -> bool:
    """Whether a clause is a line of a list, or the first paragraph of one that has no words of its own."""
    parent = path.parent
    if path.steps[-1].rank != "para":
        return parent == lead
    first = path.steps[-1].number == 1 and parent is not None and parent not in pieces
    return first and parent is not None and parent.parent == lead


def _listing(
    pieces: Mapping[ClausePath, Piece], address: Address, items: Sequence[Piece]
) -> Listing:
    own = {address, *(p.address for p in items)}
    beside = tuple(p for p in pieces.values() if p.address not in own)
    return Listing(pieces[address.path], tuple(items), beside, True)


def _of_items(listing: Listing, index: ClauseIndex) -> Iterator[Offer]:
    """What each item gives; how often may be said in the line that they hang on."""
    last = re.split("[。；;]", listing.lead.words.strip().rstrip("。；："))[-1]
    for piece in listing.items:
        for one in list(_of_rows(piece.address, index)) or _plain(piece):
            yield replace(one, units=_with_period(one.units, last if one.amount else ""))


def _longest(pieces: Sequence[Piece]) -> Quantity | None:
    """For how many months a support is paid at most."""
    for piece in pieces:
        for q in find_quantities(piece.words):
            if q.unit == "月" and _AT_MOST.search(piece.words[: q.start]):
                return quantity_at(piece.address, piece.words, q, piece.at)
    return None


def _of_rows(address: Address, index: ClauseIndex) -> Iterator[Offer]:
    rows = [
        row
        for row in index.measures(address)
        if row.address == address and (row.rate or row.amount)
    ]
    if not all(map(can_be_worked, rows)) or any(map(_takes_more, rows)):
        return
    text = index.clause(address)[1].text
    for row in rows:
        called = own_words(row, rows) if len(rows) > 1 else row.subject.text if row.subject else ""
        caps = tuple((cap.quantity, cap.yearly) for cap in row.caps if is_money(cap))
        figure = row.rate or row.amount
        if figure is None or figure.low is not None:
            continue
        said = re.split("[。；;]", text[: figure.span.start])[-1]
        units = _with_period(units_of(row), said if row.amount else "")
        base = row.base.text if row.base else ""
        label = _LOOSE.sub("", _EACH.sub("", called))
        yield Offer(label, address, row.rate, row.amount, units, base, caps, row)


def _with_period(units: tuple[str, ...], said: str) -> tuple[str, ...]:
    """The units of an amount, with the time that some words say it is for: 按月发放, 每年."""
    found = dict.fromkeys(_PERIODS[m[0][-1]] for m in _PERIOD.finditer(said))
    return tuple(dict.fromkeys([*units, *found]))


def _takes_more(row: Entitlement) -> bool:
    """Whether more than a class and a figure is needed to work with a measure."""
    more = row.tiers or row.increments or row.bounds or row.deductions or row.ceilings
    return bool(more or (row.rate and row.amount))


def _plain(piece: Piece) -> list[Offer]:
    """A line that gives one amount to one class; 每月2000元 is one for each month."""
    address, text = piece.address, piece.words
    match, figures = _PLAIN.match(text), find_quantities(text)
    if match is None or len(figures) != 1 or figures[0].start != match.end():
        return []
    q = figures[0]
    if q.unit.split("/")[0] != MONEY or q.low is not None:
        return []
    units = ("月",) if match["each"] or q.unit == f"{MONEY}/月" else tuple(q.unit.split("/")[1:])
    return [Offer(match["label"], address, None, quantity_at(address, text, q, 0), units)]
