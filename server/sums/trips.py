"""Amounts for each trip that brings so many guests: 包机单架次100人以上的，每架次奖励2万元; 专列单列300人以上的，每列
奖励3万元; more for some of them: 国际包机上浮50%. Also for each that goes so far: 单程300公里以上的，每车次补贴500元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities, read_number
from retriever.query import Retrieval
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.phrases import SENTENCE
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working
from server.sums.written_out import spelt_out

__all__ = ["trips"]

_UNIT = r"(?:架次?|列次?|航次|艘次?|车次|班次)"
_EACH = re.compile(rf"每(?P<unit>{_UNIT})[^，。；\d]{{0,8}}$")
_KIND = re.compile(r"包机|专列|大巴|邮轮|游轮|游船|包船|航班")
_FROM_ON = re.compile(r"(?:[（(]含[）)])?及?以上")
#: The highest figure of a step still is of it.
_WITH_MOST = re.compile(r"(?:[（(]含[）)]以[内下]|以[内下][（(]含[）)])")
#: What a trip is measured by: its guests, or how far it goes.
_MEASURES = ("人", "公里")
_CAP = re.compile(r"(?:最高|不超过|不得超过|最多|上限)[^，。；\d]{0,8}$")
_MORE = re.compile(
    r"(?P<label>[^，。；\d]{2,20}?)的?，?(?:奖励|补助|补贴)?(?:标准|金额)?再?(?:上浮|提高)(?P<share>\d{1,3}%)"
)
#: Other words for who is meant by a case.
_ALSO = {
    "国际": "国际|境外|国外|外国",
    "境外": "国际|境外|国外|外国",
    "港澳台": "港澳台?|香港|澳门|台湾",
}
_TRIP = re.compile(
    r"(?<![每单第\d.])(?P<n>\d{1,4}|[一二两三四五六七八九十]{1,3})(?P<unit>架次?|列次?|趟|航次|艘次?|车次|班次)"
)
_LOAD = re.compile(
    rf"[每单各都均](?:{_UNIT}|趟|次|个)?[^，,。；;\d]{{0,8}}?(?P<n>\d{{1,5}})[多余来]?[人名位个]"
)
#: 400公里的1000车次: how far each goes stands before their number.
_FAR = re.compile(r"(?P<n>\d{1,5})公里的?(?:[\u4e00-\u9fff]{0,4}(?:跑了?|有))?$")
_DENIED = re.compile(r"(?:不是|并非|非|不属于|没有?)[^，。；]{0,3}$")
_PHRASE = re.compile(r"[^，,。；;、？?]+")


@dataclass(frozen=True, slots=True)
class _Grant:
    """An amount for one trip of a kind, and how many guests it takes, or how far it must go: to
    ``most`` at the highest, where that is said to be of it."""

    kind: str
    unit: str
    least: Quantity
    amount: Quantity
    most: Quantity | None = None


@dataclass(frozen=True, slots=True)
class _Raise:
    """By how much the amounts of a kind are raised, and for which of its trips."""

    label: str
    kind: str
    share: Quantity

    def is_of(self, words: str) -> bool:
        """Whether some words name a case that is raised."""
        cases = re.split("以及|及|、|和|或", self.label.replace(self.kind, ""))
        named = "|".join(_ALSO.get(case, re.escape(case)) for case in cases if case)
        match = re.search(named, words) if named else None
        return bool(match and not _DENIED.search(words[: match.start()]))


@dataclass(frozen=True, slots=True)
class _Trip:
    """So many trips of a kind that a question states, with how many guests each brings, or how
    far it goes."""

    number: Decimal
    unit: str
    kind: str
    words: str
    places: tuple[tuple[int, int], ...]
    load: Decimal | None = None
    of: str = "人"


def trips(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What the trips of a question come to by the clause that fits best.

    None where it has no such amounts or no trips are counted; no sum where it is not told which
    amount a trip gets, or anything else is stated.
    """
    if not retrieval.hits:
        return None
    question, address = spelt_out(retrieval.understanding.text), retrieval.hits[0].passage.address
    text = likeness.retriever.index.clause(address)[1].text
    grants, caps = _grants(address, text)
    made = _made(question) if grants else []
    if not made or (len(made) == 1 and made[0].number == 1):
        return None
    told = [place for trip in made for place in trip.places]
    left = [f for f in facts if not any(start <= f.start < end for start, end in told)]
    if any(f.value != 1 or f.unit == MONEY for f in left):
        return STOPPED
    working, assumed = Working(), list[str]()
    raises = _raises(address, text)
    values = [_one(trip, grants, raises, working, assumed) for trip in made]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or len(caps) > 1:
        return STOPPED
    total = working.plus(known)
    for cap in caps if total else ():
        total = working.capped(total, cap.value, "上限", cap.span)
    return worked_held(total, working, tuple(dict.fromkeys(assumed)))


def _grants(address: Address, text: str) -> tuple[list[_Grant], list[Quantity]]:
    """The amounts for trips of a clause and its limits; none where an amount is not read."""
    found, caps, kind = list[_Grant](), list[Quantity](), ""
    for segment in SENTENCE.finditer(text):
        words, at = segment[0], segment.start()
        figures = find_quantities(words)
        named = _KIND.findall(words)
        kind = named[0] if named else kind
        for q in (q for q in figures if q.unit.split("/")[0] == MONEY):
            each = _EACH.search(words[: q.start])
            before = [p for p in figures if p.unit in _MEASURES and p.end <= q.start]
            guests = [p for p in before if _FROM_ON.match(words, p.end)]
            most = [p for p in before if _WITH_MOST.match(words, p.end)]
            if _CAP.search(words[: q.start]) and not each:
                caps.append(quantity_at(address, words, q, at))
                continue
            if not each or len(guests) != 1 or not kind or len(set(named)) > 1:
                return [], []
            least, amount = (quantity_at(address, words, p, at) for p in (guests[0], q))
            highest = quantity_at(address, words, most[0], at) if most else None
            found.append(_Grant(kind, each["unit"], least, amount, highest))
    return found, caps


def _raises(address: Address, text: str) -> list[_Raise]:
    """By how much a clause raises the amounts of a kind in further cases."""
    found = []
    for match in _MORE.finditer(text):
        kind = _KIND.search(match["label"])
        q = find_quantities(match["share"])[0]
        share = quantity_at(address, match["share"], q, match.start("share"))
        found.append(_Raise(match["label"], kind[0] if kind else "", share))
    return found


def _made(question: str) -> list[_Trip]:
    """The trips that a question counts, each with the guests that it says of one of them."""
    found: list[_Trip] = []
    for match in _TRIP.finditer(question):
        phrase = next(p for p in _PHRASE.finditer(question) if p.end() > match.start())
        kind = _KIND.search(phrase[0])
        own = _Trip(read_number(match["n"]), match["unit"], kind[0] if kind else "", phrase[0], (match.span(),))  # fmt: skip
        if far := _FAR.search(question[: match.start()]):
            own = replace(own, load=Decimal(far["n"]), of="公里", places=(far.span(), *own.places))
        found.append(own)
    for match in _LOAD.finditer(question):
        before = [n for n, trip in enumerate(found) if trip.places[0][0] < match.start()]
        if not before or found[before[-1]].load or (len(before) > 1 and match[0][0] in "都均各"):
            return []
        own = found[before[-1]]
        found[before[-1]] = replace(own, load=Decimal(match["n"]), places=(*own.places, match.span()))  # fmt: skip
    return found


def _one(
    trip: _Trip,
    grants: Sequence[_Grant],
    raises: Sequence[_Raise],
    working: Working,
    assumed: list[str],
) -> Decimal | None:
    """What the trips of one kind come to; None where it is not told by which amount."""
    same = [g for g in grants if trip.unit[0] in ("趟", g.unit[0])]
    # Of one kind of trips alone the number need not say which.
    alone = len({g.kind for g in grants}) == 1 and not trip.kind
    own = [g for g in same if (alone or g.kind == trip.kind)]
    own = [g for g in own if trip.load is None or g.least.unit == trip.of]
    if not own or (trip.load is None and len(own) > 1):
        return None
    own.sort(key=lambda grant: grant.least.value)
    reached = [g for g in own if trip.load is None or g.least.value <= trip.load]
    if not reached:
        least = own[0].least
        load = written(trip.load or Decimal(0), least.unit)
        short = f"{load} 未达到{written(least.value, least.unit)}，不能享受"
        working.says(short, least.span)
        return Decimal(0)
    inside = [g for g in reached if trip.load and g.most and trip.load <= g.most.value]
    grant = (inside or reached[-1:])[0]
    if trip.load is None:
        said = written(grant.least.value, grant.least.unit)
        assumed.append(f"{trip.kind}每{grant.unit}不少于{said}")
    working.sources.append(grant.least.span)
    value = working.times([(trip.number, trip.unit)], grant.amount)
    for more in (one for one in raises if one.kind in ("", trip.kind)):
        if not more.is_of(trip.words):
            assumed.append(f"没有“{more.label}”的情形")
        elif not more.kind:
            return None
        else:
            value = working.plus([value, working.share(value, more.share)])
    return value
