"""Parts of sums by themselves: supposed cases, steps, unit amounts, what does not count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.address import Address
from server.answer import Calculation, Step
from server.sums.facts import stated_facts
from server.sums.staged import asks_for_part
from server.sums.steps_up import steps_in
from server.sums.supposed import cases_of
from server.sums.unit_amounts import caps_in, unit_amounts, uplifts_in
from server.sums.whole import is_a_part

OWN = Address.parse("x#art1")


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("到位1.3亿，奖多少？要是只到位9000万呢？", ["1.3亿"], ["9000万"]),
        ("买设备花了800万，补多少？如果是1200万，又补多少？", ["800万"], ["1200万"]),
    ],
)
def test_a_supposed_case_takes_the_place_of_the_first(question, first, second) -> None:
    cases = cases_of(question, stated_facts(question))
    assert cases is not None
    assert [fact.written for fact in cases.first] == first
    assert [fact.written for fact in cases.second] == second


@pytest.mark.parametrize(
    "question",
    [
        "如果我们买设备花了800万，补多少？",
        "买设备花了800万。如果能补，补多少？",
        "假如一家企业有3个品种，能拿多少？",
    ],
)
def test_what_is_supposed_at_first_is_the_case_itself(question) -> None:
    assert cases_of(question, stated_facts(question)) is None


def test_claimed_and_vague_figures() -> None:
    (fact,) = [f for f in stated_facts("一年收入2000万是不是能得140万") if f.unit == "元"]
    assert fact.written == "2000万"
    (price,) = stated_facts("还有一批每台二三十万的小设备")
    assert price.vague and price.of_one
    assert not stated_facts("二次报销能拿多少")


def test_steps_must_meet() -> None:
    whole = "分段支付：1万元以上至5万元支付60%，5万元以上至8万元支付70%，8万元以上支付80%"
    assert [int(tier.rate.value) for tier in steps_in(OWN, whole, 0)] == [60, 70, 80]
    assert not steps_in(OWN, whole.replace("5万元以上至8万元", "6万元以上至8万元"), 0)
    assert not steps_in(OWN, whole.replace("分段", ""), 0)


def test_amounts_for_one_of_something() -> None:
    text = "直流桩按每千瓦200元、交流桩按每千瓦50元给予补贴，最高9万元；单站不低于480千瓦的超充站，每千瓦再增加100元。"
    found = unit_amounts(OWN, text)
    assert [(a.label, int(a.amount.value), a.added) for a in found] == [
        ("直流桩", 200, False),
        ("交流桩", 50, False),
        ("超充站", 100, True),
    ]
    assert found[2].least is not None and int(found[2].least.value) == 480
    # The limit is one for the first part of the sentence only.
    assert caps_in(OWN, text, found) is None
    assert [int(cap.value) for cap, _ in caps_in(OWN, text, found[:2]) or []] == [90000]
    assert caps_in(OWN, text, found[2:]) == []


def test_what_raises_all() -> None:
    (one,) = uplifts_in(OWN, "评为市级示范机构的，上浮20%。")
    assert (one.label, int(one.share.value)) == ("评为市级示范机构", 20)


def test_a_part_is_asked_for() -> None:
    assert asks_for_part("验收后第一笔能拿多少")
    assert not asks_for_part("一共能补多少")


@pytest.mark.parametrize(
    ("question", "lines", "part"),
    [
        (
            "又加备了4个专业，合起来能申请多少",
            ("4个 × 8万元 = 32万元", "32万元 未超过每年上限40万元"),
            True,
        ),
        ("备案了，又新增3个专业，加起来多少", ("100万元", "3个 × 50万元 = 150万元"), False),
        ("新增4个专业能申请多少", ("4个 × 8万元 = 32万元",), False),
    ],
)
def test_a_total_of_several_parts_is_not_one_of_them(
    question: str, lines: tuple[str, ...], part: bool
) -> None:
    steps = tuple(Step(line, ()) for line in lines)
    assert is_a_part(question, Calculation(Decimal(1), "元", "1元", steps)) is part
