"""Rent over months: 免收2个月房租，减半收取3个月房租 on a rent of so much a month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, read_number
from retriever.query import Retrieval
from server.sums.facts import Fact
from server.sums.left_to_pay import asks_what_is_left, left_of
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.working import Working

__all__ = ["remission"]

_RENT = re.compile(r"租金|房租|月租")
_BEFORE = re.compile(r"租[^。；？?]{0,20}?每个?月|月租")
_MONTHLY = re.compile(r"每个?月|月租|一个月|按月|月付")
#: A clause that lets rent off by months, however it counts them.
_LET_OFF = re.compile(r"免[收除租缴交]?|减半|减免")
_MONTHS = re.compile(r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})个月")
#: Months by their names, spans of them, and cases of their own: no plain number of months.
_OPEN = re.compile(
    r"月份|\d\s*[-—–至到~]\s*\d|最[长多高]|不超过|以内|以上|以下|鼓励|协商|适当|酌情|的，(?=.*的，)"
)
#: 减半征收1-3个月: as many months as the asker says, where they are among these.
_RANGE = re.compile(r"(?P<low>\d)\s?[-—–至到~]\s?(?P<high>\d{1,2})个月")
#: Months by their names: 2月份租金, the rent of 2月.
_NAMED = re.compile(r"(?<![\d年])(?P<n>\d{1,2})月(?:份|(?=[的应]?[房租]))")
_LONGEST = re.compile(r"最[长多高]|顶格|上限")
_SHORTEST = re.compile(r"最[短少低]|至少|起码|下限")
_HALVED = ("减半", "一半")
_HALF = re.compile(r"减半|减免一半|减免50[%％]")
_PARTS = re.compile(r"[^，、；]+[，、；]?")
_SENTENCE = re.compile(r"[^。；\n]+")


def remission(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is let off of a monthly rent, where the clause that fits best counts the months.

    No sum where it lets off rent in any other way: a share of one month is not what is asked for.
    """
    question = retrieval.understanding.text
    money = [f for f in facts if f.unit == MONEY]
    rents = [f for f in money if _RENT.search(f.words)]
    # 租的房子，每月6000元 says 租 a phrase before.
    rents = rents or [f for f in money if len(money) == 1 and _BEFORE.search(question)]
    if not retrieval.hits or not rents:
        return None
    address = retrieval.hits[0].passage.address
    text = likeness.retriever.index.clause(address)[1].text
    said = [m for m in _SENTENCE.finditer(text) if _is_of_months(m[0])]
    if not said:
        return None
    months = [f for f in facts if f.unit == "月" and not f.past and f.value != 1]
    # 减半 of the question only says what the clause does.
    stated = [f for f in facts if f.value != 1 and f not in months and f.written not in _HALVED]
    if _is_of_one_month([m[0] for m in said], question) and len(stated) == 1 and not months:
        # A share of the rent of that month, as of any amount.
        return None
    if len(said) > 1 or len(stated) > 1 or len(months) > 1 or not _MONTHLY.search(question):
        return STOPPED
    rent, many = rents[0].value, months[0].value if months else None
    if of_range := _RANGE.search(said[0][0]):
        many = many or _asked_for(question, of_range)
        found = _in_range(rent, said[0], of_range, many, address) or STOPPED
    else:
        parts = _parts(said[0], address)
        counted = sum((number for _, number, _ in parts), Decimal(0))
        # 前后三个月 of one month free and two halved are all that there are.
        found = _worked(rent, parts) if parts and many in (None, counted) else STOPPED
    if found is STOPPED or not asks_what_is_left(question):
        return found
    return _left(found, rent, many) if many else STOPPED


def _left(found: Sum, rent: Decimal, months: Decimal) -> Sum:
    """What is left to pay of the rent of some months."""
    working = Working()
    span = found.sources[0]
    whole = working.times([(months, "月")], Quantity(rent, f"{MONEY}/月", span))
    return left_of(found, whole, working)


def _is_of_one_month(sentences: Sequence[str], question: str) -> bool:
    """Whether a clause lets off rent of one month that it names, and the question states that one."""
    named = {m["n"] for words in sentences for m in _NAMED.finditer(words)}
    asked = {m["n"] for m in _NAMED.finditer(question)}
    counted = any(_MONTHS.search(words) or _RANGE.search(words) for words in sentences)
    return len(named) == 1 and asked == named and not counted


def _asked_for(question: str, match: re.Match[str]) -> Decimal | None:
    """The months of a range that a question asks for by 最长 or 最短."""
    if _LONGEST.search(question):
        return Decimal(match["high"])
    return Decimal(match["low"]) if _SHORTEST.search(question) else None


def _in_range(
    rent: Decimal,
    sentence: re.Match[str],
    match: re.Match[str],
    many: Decimal | None,
    address: Address,
) -> Sum | None:
    """What is let off over some months, where a clause leaves from so many to so many."""
    words, start = sentence[0], sentence.start()
    phrase = next(p[0] for p in _PARTS.finditer(words) if p.start() <= match.start() < p.end())
    half, off = _HALF.search(phrase), _LET_OFF.search(phrase)
    if many is None:
        return None
    held = Decimal(match["low"]) <= many <= Decimal(match["high"])
    rest = words.replace(phrase, "")
    if not held or not off or (off[0] == "减免" and not half) or _MONTHS.search(rest):
        return None
    begin = start + words.index(phrase)
    span = Span(address, start + match.start(), start + match.end(), match[0])
    place = Span(address, begin + half.start(), begin + half.end(), half[0]) if half else None
    found = _worked(rent, [(span, many, place)])
    assumed = (f"按{plain(many)}个月算",)
    return replace(found, calculation=replace(found.calculation, assumptions=assumed))


def _is_of_months(sentence: str) -> bool:
    """Whether a sentence lets off rent of months."""
    return bool(_RENT.search(sentence) and _LET_OFF.search(sentence) and "月" in sentence)


def _parts(sentence: re.Match[str], address: Address) -> list[tuple[Span, Decimal, Span | None]]:
    """Each number of months with the word that halves their rent, if it does; none where one of
    them cannot be read."""
    if _OPEN.search(sentence[0]):
        return []
    found = []
    for part in _PARTS.finditer(sentence[0]):
        start = sentence.start() + part.start()
        months = list(_MONTHS.finditer(part[0]))
        if not months and not _LET_OFF.search(part[0]):
            continue
        half, off = _HALF.search(part[0]), _LET_OFF.search(part[0])
        if len(months) != 1 or not off or (off[0] == "减免" and not half):
            return []
        spans = [
            Span(address, start + m.start(), start + m.end(), m[0]) for m in (months[0], half) if m
        ]
        found.append((spans[0], read_number(months[0]["n"]), spans[1] if half else None))
    return found


def _worked(rent: Decimal, parts: Sequence[tuple[Span, Decimal, Span | None]]) -> Sum:
    working, values = Working(), []
    for span, months, half in parts:
        if months == 1:
            value = rent
            working.says(f"1个月：{written(rent, MONEY)}", span)
        else:
            value = working.times([(months, "月")], Quantity(rent, f"{MONEY}/月", span))
        if half:
            value = working.share(value, Quantity(Decimal(50), "%", half))
        values.append(value)
    return worked_alone(working.plus(values), MONEY, "", working)
