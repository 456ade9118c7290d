"""The arithmetic of workings against a brute force, and the check that reads them again."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from corpus.address import Address
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound, Cap, Quantity, Span, Tier
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.retriever import Retriever
from server.answer import Calculation, Step
from server.assistant import Assistant
from server.sums.check import unfounded_line
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.rows import RowSum
from server.sums.uses import Use
from server.sums.working import Working

ADDRESS = Address.parse("d#art1")

#: Amounts to the 分, up to what no policy gives.
CENTS = st.integers(1, 10**13)
MONIES = CENTS.map(lambda n: Decimal(n) / 100)
WAN = st.integers(1, 10**7).map(lambda n: Decimal(n) * 1000)
AMOUNTS = MONIES | WAN
RATES = st.integers(1, 10_000).map(lambda n: Decimal(n) / 100)
COUNTS = st.integers(1, 500).map(Decimal)


def span(text: str, start: int = 0) -> Span:
    return Span(ADDRESS, start, start + len(text), text)


def money(value: Decimal, per: str = "") -> Quantity:
    return Quantity(value, MONEY + per, span(written(value, MONEY) + per))


def percent(value: Decimal, unit: str = "%") -> Quantity:
    return Quantity(value, unit, span(f"{plain(value)}{unit}"))


def ended(working: Working, result: Decimal) -> Calculation:
    return Calculation(result, MONEY, written(result, MONEY), tuple(working.steps))


def quoted(*quantities: Quantity | None) -> list[str]:
    return [q.span.text for q in quantities if q]


# Money


@given(AMOUNTS)
@example(Decimal("826000"))
@example(Decimal("99999999.99"))
@example(Decimal("100000000"))
@example(Decimal("123456789"))
@example(Decimal("10000"))
@example(Decimal("0.01"))
def test_money_is_written_so_that_it_reads_back(value: Decimal) -> None:
    (found,) = find_quantities(f"奖励{written(value, MONEY)}。")
    assert (found.value, found.unit) == (value, MONEY)


@given(AMOUNTS)
def test_money_is_written_without_useless_zeros(value: Decimal) -> None:
    text = written(value, MONEY)
    assert re.fullmatch(r"(?:0|[1-9]\d*)(?:\.\d*[1-9])?[万亿]?元", text)
    if text.endswith("亿元"):
        assert value >= 100_000_000


@given(COUNTS, st.sampled_from(["平方米", "个", "人", "个月"]))
def test_counts_read_back(value: Decimal, unit: str) -> None:
    (found,) = find_quantities(f"共{written(value, unit)}。")
    assert found.value == value


# The arithmetic against fractions


@given(AMOUNTS, RATES, st.sampled_from(["%", "‰"]))
def test_share(base: Decimal, rate: Decimal, unit: str) -> None:
    working = Working()
    outcome = working.share(base, percent(rate, unit))
    assert Fraction(outcome) == Fraction(base) * Fraction(rate) / (100 if unit == "%" else 1000)
    assert len(working.steps) == 1
    assert working.steps[0].addresses == (ADDRESS,)


@given(st.lists(COUNTS, min_size=1, max_size=3), WAN)
def test_times(counts: list[Decimal], amount: Decimal) -> None:
    working = Working()
    outcome = working.times([(count, "个") for count in counts], money(amount))
    brute = Fraction(amount)
    for count in counts:
        brute *= Fraction(count)
    assert Fraction(outcome) == brute
    assert len(working.steps) == 1


@given(WAN, st.integers(1, 10))
def test_over_years(value: Decimal, years: int) -> None:
    outcome = Working().over(value, Decimal(years), span(f"{years}年"))
    assert Fraction(outcome) == Fraction(value) * years


@given(st.lists(AMOUNTS, max_size=6))
def test_plus(values: list[Decimal]) -> None:
    working = Working()
    assert Fraction(working.plus(values)) == sum(map(Fraction, values))
    assert len(working.steps) == (len(values) > 1)


@given(AMOUNTS, AMOUNTS)
def test_minus_never_goes_below_nothing(value: Decimal, taken: Decimal) -> None:
    working = Working()
    assert Fraction(working.minus(value, taken)) == max(Fraction(value) - Fraction(taken), 0)
    assert working.steps[0].text.endswith("按0元") == (taken >= value)


@given(AMOUNTS, AMOUNTS)
@example(Decimal(10_000), Decimal(10_000))
def test_capped(value: Decimal, cap: Decimal) -> None:
    working = Working()
    assert Fraction(working.capped(value, cap, "上限", span("x"))) == min(
        Fraction(value), Fraction(cap)
    )
    assert ("未超过" in working.steps[0].text) == (value <= cap)
    assert working.caps == [f"上限{written(cap, MONEY)}"]


def tiers_of(edges: list[int], rates: list[Decimal], open_end: bool) -> list[Tier]:
    marks = [money(Decimal(edge) * 10_000) if edge else None for edge in sorted(edges)]
    highs = [*marks[1:], None] if open_end else marks[1:]
    return [
        Tier(low, high, percent(rate)) for low, high, rate in zip(marks, highs, rates, strict=False)
    ]


TIERS = st.builds(
    tiers_of,
    st.lists(st.integers(0, 20_000), min_size=2, max_size=4, unique=True),
    st.lists(RATES, min_size=4, max_size=4),
    st.booleans(),
)


def brute_tiers(base: Decimal, tiers: list[Tier], from_zero: bool) -> Fraction:
    """Every tier pays for the part of the base that lies between its edges."""
    total = Fraction(0)
    for place, tier in enumerate(tiers):
        low = Fraction(tier.low.value) if tier.low else Fraction(0)
        if from_zero and place == 0:
            low = Fraction(0)
        high = Fraction(tier.high.value) if tier.high else Fraction(base)
        part = max(Fraction(0), min(Fraction(base), high) - low)
        total += part * Fraction(tier.rate.value) / 100
    return total


@given(WAN, TIERS, st.booleans())
def test_tiers(base: Decimal, tiers: list[Tier], from_zero: bool) -> None:
    assert Fraction(Working().tiers(base, tiers, from_zero)) == brute_tiers(base, tiers, from_zero)


# One measure: rows.py


@pytest.fixture(scope="module")
def retriever(assistant: Assistant) -> Retriever:
    return assistant.retriever


def fact(value: Decimal, unit: str = MONEY) -> Fact:
    text = written(value, unit)
    return Fact(value, unit, f"投入{text}", text, 0)


def measure(**fields: object) -> Entitlement:
    return Entitlement(ADDRESS, (span("在研创新药"),), base=span("研发投入"), **fields)  # type: ignore[arg-type]


def item_cap(value: Decimal) -> Cap:
    return Cap(money(value), "item", False)


@settings(max_examples=60)
@given(st.lists(WAN, min_size=1, max_size=4), RATES, st.none() | RATES, st.none() | WAN)
def test_a_rate_of_each_base_up_to_the_cap_of_each(retriever, bases, rate, low, cap) -> None:
    quantity = replace(percent(rate), low=low if low and low < rate else None)
    row = measure(rate=quantity, caps=(item_cap(cap),) if cap else ())
    working = Working()
    sums = RowSum(Likeness(retriever), "能补多少", working, [])
    outcome = sums.work(row, [Use(fact(base), row, "base", 1.0) for base in bases])

    def brute(percentage: Decimal) -> list[Fraction]:
        shares = [Fraction(base) * Fraction(percentage) / 100 for base in bases]
        return [min(share, Fraction(cap)) if cap else share for share in shares]

    assert list(map(Fraction, outcome.high)) == brute(rate)
    assert list(map(Fraction, outcome.low)) == brute(quantity.low or rate)
    # What is written there holds by the check that shares no code with it.
    ranged = [f"{plain(quantity.low)}%"] if quantity.low else []
    quotes = [quantity.span.text, *ranged, *([written(cap, MONEY)] if cap else [])]
    question = "，".join(f"投入{written(base, MONEY)}" for base in bases)
    shown = Calculation(None, MONEY, "", tuple(working.steps))
    assert unfounded_line(shown, question, quotes) is None


@settings(max_examples=60)
@given(WAN, TIERS, st.none() | WAN)
@example(
    Decimal(10_000_000), tiers_of([1000, 5000], [Decimal(10), Decimal(20)], True), Decimal(10**7)
)
@example(
    Decimal(50_000_000), tiers_of([1000, 5000], [Decimal(10), Decimal(20)], True), Decimal(10**7)
)
@example(
    Decimal(8_000_000), tiers_of([1000, 5000], [Decimal(10), Decimal(20)], True), Decimal(10**7)
)
def test_tiers_in_both_readings_the_lower_first(retriever, base, tiers, cap) -> None:
    row = measure(tiers=tuple(tiers), caps=(item_cap(cap),) if cap else ())
    working = Working()
    outcome = RowSum(Likeness(retriever), "能补多少", working, []).work(
        row, [Use(fact(base), row, "base", 1.0)]
    )

    def brute(from_zero: bool) -> Fraction:
        # What does not reach the first part gets nothing in either reading.
        if tiers[0].low and base < tiers[0].low.value:
            return Fraction(0)
        # 超过800万元部分的5% has one reading: a first part from zero needs another one.
        value = brute_tiers(base, tiers, from_zero and len(tiers) > 1)
        return min(value, Fraction(cap)) if cap else value

    assert [Fraction(v) for v in outcome.low] == [brute(False)]
    assert [Fraction(v) for v in outcome.high] == [brute(True)]
    assert outcome.low[0] <= outcome.high[0]
    quotes = [text for t in tiers for text in quoted(t.low, t.high, t.rate)]
    quotes += [written(cap, MONEY)] if cap else []
    shown = Calculation(None, MONEY, "", tuple(working.steps))
    assert unfounded_line(shown, f"投入{written(base, MONEY)}", quotes) is None


@settings(max_examples=60)
@given(st.integers(1, 3000), st.integers(1, 5000), st.none() | WAN)
def test_an_amount_by_the_square_metre(retriever, area, price, cap) -> None:
    row = measure(amount=money(Decimal(price), "/平方米"), caps=(item_cap(cap),) if cap else ())
    outcome = RowSum(Likeness(retriever), "能补多少", Working(), []).work(
        row, [Use(fact(Decimal(area), "平方米"), row, "unit", 1.0)]
    )
    brute = Fraction(area * price)
    assert [Fraction(v) for v in outcome.low] == [min(brute, Fraction(cap)) if cap else brute]


RELATIONS = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}


@settings(max_examples=60)
@given(WAN, WAN, st.sampled_from([*RELATIONS]), RATES)
@example(Decimal(2_000_000), Decimal(2_000_000), ">", Decimal(5))
@example(Decimal(2_000_000), Decimal(2_000_000), ">=", Decimal(5))
@example(Decimal(2_000_000), Decimal(2_000_000), "<", Decimal(5))
@example(Decimal(2_000_000), Decimal(2_000_000), "<=", Decimal(5))
def test_a_threshold_bars_all_or_nothing(retriever, value, limit, relation, rate) -> None:
    bound = Bound(span("研发投入"), relation, money(limit))
    row = measure(rate=percent(rate), bounds=(bound,))
    working, stated = Working(), fact(value)
    outcome = RowSum(Likeness(retriever), "能补多少", working, [stated]).work(
        row, [Use(stated, row, "base", 1.0), Use(stated, row, "bound", 1.0)]
    )
    held = RELATIONS[relation](Fraction(value), Fraction(limit))
    assert outcome.failed == (not held)
    brute = Fraction(value) * Fraction(rate) / 100 if held else Fraction(0)
    assert [Fraction(v) for v in outcome.low] == [brute]
    assert outcome.assumptions == []
    shown = Calculation(None, MONEY, "", tuple(working.steps))
    quotes = [f"{plain(rate)}%", written(limit, MONEY)]
    assert unfounded_line(shown, f"投入{written(value, MONEY)}", quotes) is None


def test_a_threshold_of_which_nothing_is_said_is_assumed(retriever) -> None:
    bound = Bound(span("年开票收入"), ">", money(Decimal(5_000_000)))
    row = measure(rate=percent(Decimal(5)), bounds=(bound,))
    outcome = RowSum(Likeness(retriever), "能补多少", Working(), []).work(
        row, [Use(fact(Decimal(20_000)), row, "base", 1.0)]
    )
    assert outcome.assumptions == ["年开票收入超过500万元"]
    assert not outcome.failed


# The check of a working


def worked(base: Decimal, rate: Decimal, cap: Decimal, taken: Decimal, more: Decimal):
    """A working of every kind of line, with the question and quotes that it is founded on."""
    working = Working()
    value = working.share(base, percent(rate), None)
    value = working.capped(value, cap, "上限", span("x"))
    value = working.plus([value, more], [span("x")])
    value = working.minus(value, taken, span("x"))
    question = f"研发花了{written(base, MONEY)}，已领过{written(taken, MONEY)}，能补多少"
    quotes = [f"按{plain(rate)}%补助，最高{written(cap, MONEY)}", f"再奖励{written(more, MONEY)}"]
    return ended(working, value), question, quotes


WORKINGS = st.builds(worked, WAN, RATES, WAN, WAN, WAN)


@given(WORKINGS)
def test_workings_that_follow_pass(case) -> None:
    assert unfounded_line(*case) is None


@given(WAN, TIERS, st.booleans())
def test_workings_by_tiers_pass(base: Decimal, tiers: list[Tier], from_zero: bool) -> None:
    working = Working()
    value = working.tiers(base, tiers, from_zero)
    quotes = [text for t in tiers for text in quoted(t.low, t.high, t.rate)]
    question = f"投资{written(base, MONEY)}"
    assert unfounded_line(ended(working, value), question, quotes) is None


@given(st.integers(2, 400), st.integers(1, 5000), st.integers(1, 9))
def test_workings_of_counts_and_years_pass(area: int, price: int, years: int) -> None:
    working = Working()
    value = working.times([(Decimal(area), "平方米")], money(Decimal(price), "/平方米"))
    value = working.over(value, Decimal(years), span(f"{years}年"))
    quotes = [f"按{price}元/㎡补助，补{years}年"]
    assert unfounded_line(ended(working, value), f"{area}㎡能补多少", quotes) is None


def mutated(calculation: Calculation, place: int, text: str) -> Calculation:
    steps = list(calculation.steps)
    steps[place] = Step(text, steps[place].addresses)
    return replace(calculation, steps=tuple(steps))


@given(WORKINGS, st.data())
def test_a_digit_changed_anywhere_is_found(case, data) -> None:
    calculation, question, quotes = case
    place = data.draw(st.integers(0, len(calculation.steps) - 1))
    text = calculation.steps[place].text
    # What a line says to be kept, 按0元, is no figure of its own.
    spots = [m.start() for m in re.finditer(r"\d", text) if "，按0元" not in text[m.start() - 2 :]]
    spot = data.draw(st.sampled_from(spots))
    digit = data.draw(st.sampled_from([d for d in "123456789" if d != text[spot]]))
    wrong = text[:spot] + digit + text[spot + 1 :]
    before = {(q.value, q.unit) for q in find_quantities(text)}
    after = {(q.value, q.unit) for q in find_quantities(wrong)}
    # A changed operand may happen to be another figure that is known.
    known = "，".join([question, *quotes, *(s.text for s in calculation.steps)])
    assume(not after - before <= {(q.value, q.unit) for q in find_quantities(known)})
    assert unfounded_line(mutated(calculation, place, wrong), question, quotes) == wrong


@given(WORKINGS)
def test_the_wrong_verb_on_a_cap_is_found(case) -> None:
    calculation, question, quotes = case
    text = calculation.steps[1].text
    if "未超过" in text:
        limit = text.split("上限")[1]
        wrong = text.replace("未超过", "超过") + f"，按{limit}"
    else:
        wrong = text.split("，按")[0].replace("超过", "未超过")
    assert unfounded_line(mutated(calculation, 1, wrong), question, quotes) == wrong


@pytest.mark.parametrize(
    "line",
    [
        "1200万元 × 10% = 121万元",
        "1210万元 × 10% = 121万元",
        "1200万元 × 11% = 132万元",
        "1200万元 + 10% = 120万元",
        "1200万元 × 10‰ = 12万元",
        "1200万元 超过上限100万元",
        "1200万元 超过上限100万元，按1200万元",
        "1200万元 未超过上限100万元",
        "100万元 超过上限1200万元，按1200万元",
        "1200万元 超过上限90万元，按90万元",
        "1200万元 − 100万元 = 1000万元",
        "100万元 − 1200万元 = 1100万元，按0元",
        "100万元 − 1200万元 = -1100万元",
        "1200万元 − 100万元 = 1100万元，按0元",
        "1200万元 − 100万元 = -1100万元，按0元",
        "1200万元 × 13个月 = 1.56亿元",
        "研发投入：1200万元 未达到3000万元，不能享受",
        "研发投入：1200万元 未超过100万元，不能享受",
        "研发投入：100万元 超过1200万元，不能享受",
        "777万元",
    ],
)
def test_lines_that_do_not_follow(line: str) -> None:
    question, quotes = "花了1200万元能补多少", ["按10%补助，最高100万元"]
    calculation = Calculation(None, MONEY, "", (Step(line, ()),))
    assert unfounded_line(calculation, question, quotes) == line


@pytest.mark.parametrize(
    "line",
    [
        "1200万元 × 10% = 120万元",
        "1200万元 超过上限100万元，按100万元",
        "100万元 未超过上限1200万元",
        "1200万元 − 100万元 = 1100万元",
        "100万元 − 1200万元 = -1100万元，按0元",
        "研发投入：100万元 未超过1200万元，不能享受",
        "研发投入：1200万元 超过100万元，不能享受",
        "研发投入：100万元 未达到1200万元，不能享受",
        "另一种读法，第一段从零起算：",
    ],
)
def test_lines_that_are_founded_or_state_nothing_new(line: str) -> None:
    question, quotes = "花了1200万元能补多少", ["按10%补助，最高100万元"]
    calculation = Calculation(None, MONEY, "", (Step(line, ()),))
    assert unfounded_line(calculation, question, quotes) is None


def test_what_is_shown_must_be_what_came_out() -> None:
    working = Working()
    value = working.share(Decimal(12_000_000), percent(Decimal(10)))
    right = ended(working, value)
    question, quotes = "花了1200万元能补多少", ["按10%补助"]
    assert unfounded_line(right, question, quotes) is None
    for wrong in ("最高130万元", "120元", "最高120万元至500万元"):
        assert unfounded_line(replace(right, display=wrong), question, quotes) == wrong


@pytest.mark.parametrize("cap", ["200万元/项", "200 万元", "最高分别支持200万元/项、300万元/项"])
def test_a_cap_is_found_however_the_clause_writes_it(cap: str) -> None:
    working = Working()
    working.capped(
        working.share(Decimal(15_000_000), percent(Decimal(20))), Decimal(2_000_000), "上限"
    )
    steps = Calculation(None, MONEY, "200万元", tuple(working.steps))
    assert unfounded_line(steps, "花了1500万元", ["按20%", cap]) is None
    assert unfounded_line(steps, "花了1500万元", ["按20%", "210万元/项"]) is not None
