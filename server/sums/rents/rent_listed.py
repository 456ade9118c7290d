"""Support for a rent that the document itself states: 东区一层每月每平方米14元, of each year its share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from corpus.numerals import read_numeral
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.beside import Limits, limits_of
from server.sums.bounds import holds
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text
from server.sums.listing import Listing, Piece, listings_near
from server.sums.money import plain, written
from server.sums.ratios import AREA
from server.sums.rents.rent_limits import held_area, is_most_area
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["rent_listed"]

_OF_RENT = re.compile(r"租金|房租")
_EACH = re.compile(r"每个?月每平方?米|每平方?米每个?月")
_ORDER = re.compile(r"第([一二三四五六])年")
_FIRST = re.compile(r"前([两二三四五])年")
_NONE = re.compile(r"(?P<case>未[^，。；]{4,30}?)[，,](?:当年)?不予[补享]")
_NEAR = 8


@dataclass(frozen=True, slots=True)
class _Shares:
    """The share of the rent in each year, by the list it stands in; ``own_caps``: it has limits of
    its own."""

    of: Mapping[int, Quantity]
    listing: Listing
    own_caps: bool


def rent_listed(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is given for the rent of an area over years, by the rent that the document states for it.

    None where it states none; no sum where the place or the case is not told.
    """
    question, index = retrieval.understanding.text, likeness.retriever.index
    areas = [f for f in facts if f.unit == AREA and f.value > 1]
    years = [f for f in facts if f.unit == "年" and not f.past]
    money = [f for f in facts if f.unit == MONEY]
    others = [f for f in facts if f not in (*areas, *years, *money) and f.value != 1]
    if (
        not _OF_RENT.search(question)
        or len(areas) != 1
        or len(years) != 1
        or others
        or len(money) > 1
    ):
        return None  # fmt: skip
    listings = listings_near(retrieval, index, near=_NEAR)
    prices = [price for one in listings for price in _prices(one)]
    shares = [found for one in listings for found in _shares(one, money, index)]
    if not prices or not shares or _EACH.search(question):
        return None
    named = [price for labels, price in prices if all(_is_said(x, question) for x in labels)]
    wanted = range(1, int(years[0].value) + 1)
    if len(named) != 1 or len(shares) != 1 or not set(wanted) <= shares[0].of.keys():
        return STOPPED
    limits = limits_of(shares[0].listing, index)
    if limits.unread or limits.shares or shares[0].own_caps:
        return STOPPED
    rates = [shares[0].of[n] for n in wanted]
    return _worked(named[0], areas[0], rates, shares[0].listing, limits)


def _prices(listing: Listing) -> list[tuple[tuple[str, ...], Quantity]]:
    """The rents of a list, each with the names of its place: 东区 and 一层."""
    found = []
    for item in listing.items:
        if not _EACH.search(listing.lead.words + item.words):
            return []
        place, _, rest = item.words.rpartition("：")
        at = len(item.words) - len(rest)
        end = 0
        for q in find_quantities(rest):
            if q.unit != MONEY or q.low is not None:
                return []
            label = re.sub(r"[，,、]|为$", "", _EACH.sub("", rest[end : q.start]))
            end = q.end
            names = tuple(name for name in (place, label) if name)
            found.append((names, quantity_at(item.address, rest, q, item.at + at)))
    return found if all(names for names, _ in found) else []


def _is_said(name: str, question: str) -> bool:
    """Whether a question names a place; 一楼 is 一层."""
    core = re.sub(r"及?以[上下]$", "", name)
    return core in question.replace("楼", "层")


def _shares(listing: Listing, money: Sequence[Fact], index: ClauseIndex) -> list[_Shares]:
    """The shares by year of the items whose thresholds the amount stated reaches."""
    found = []
    for item in listing.items:
        rows = [row for row in index.measures(item.address) if row.rate and not row.unread]
        by_year = _by_year(rows)
        of_rent = any(row.base and _OF_RENT.search(row.base.text) for row in rows)
        bounds = [b for row in rows for b in row.bounds if b.quantity.unit == MONEY]
        if bool(bounds) != bool(money):
            continue
        if by_year and of_rent and all(holds(money[0].value, b) for b in bounds):
            own = any(c.quantity.span.address == item.address for row in rows for c in row.caps)
            found.append(_Shares(by_year, listing, own))
    return found


def _by_year(rows: Sequence[Entitlement]) -> dict[int, Quantity]:
    found: dict[int, Quantity] = {}
    for row in rows:
        said = event_text(row)
        numbers = [read_numeral(match[1]) for match in _ORDER.finditer(said)]
        first = _FIRST.search(said)
        numbers += range(1, read_numeral(first[1]) + 1) if first else []
        if row.rate is None or not numbers or any(number in found for number in numbers):
            return {}
        found |= dict.fromkeys(numbers, row.rate)
    return found if sorted(found) == list(range(1, len(found) + 1)) else {}


def _worked(
    price: Quantity, area: Fact, rates: Sequence[Quantity], listing: Listing, limits: Limits
) -> Sum:
    working, assumed = Working(), ["实缴租金等于条文的租金标准"]
    size = area.value
    for piece in listing.beside:
        for most in _most_area(piece):
            size = held_area(size, most, working)
        assumed += [f"没有“{m['case']}”的情形" for m in _NONE.finditer(piece.words)]
    yearly = price.value * size * 12
    working.says(
        f"{plain(size)}平方米 × {written(price.value, MONEY)} × 12个月/年 = {written(yearly, MONEY)}",
        price.span,
    )
    values = []
    for rate in rates:
        value = working.share(yearly, rate)
        for cap, _ in (pair for pair in limits.caps if pair[1]):
            value = working.capped(value, cap.value, "每年上限", cap.span)
        values.append(value)
    total: Decimal = working.plus(values)
    for cap, _ in (pair for pair in limits.caps if not pair[1]):
        total = working.capped(total, cap.value, "上限", cap.span)
    return Sum(
        Calculation(
            total, MONEY, f"最高{written(total, MONEY)}", tuple(working.steps),
            tuple(dict.fromkeys(working.caps)), tuple(assumed),
        ),
        unique([*working.sources, price.span]),
    )  # fmt: skip


def _most_area(piece: Piece) -> list[Quantity]:
    address: Address = piece.address
    return [
        quantity_at(address, piece.words, q, piece.at)
        for q in find_quantities(piece.words)
        if is_most_area(piece.words, q)
    ]
