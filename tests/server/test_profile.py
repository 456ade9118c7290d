"""What users say of their company: read, replaced, corrected, told apart, forgotten."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.profile import left_out, profile
from server.said import said_in

PLACES = ("重庆高新区", "高新区", "重庆市", "璧山")


def texts(*turns: str) -> list[str]:
    return [said.text for said in profile(turns, PLACES)]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "我们在高新区，创新药二期花了1800万，已进入三期",
            [("place", "高新区"), ("product", "创新药"), ("stage", "已进入三期"),
             ("amount", "二期花了1800万元")],
        ),
        ("我们高新区的企业怎么申报", []),
        ("我们是高新区的企业，有80个员工", [("place", "高新区"), ("count", "有80个员工")]),
        ("装修了1500平GMP车间", [("area", "装修了1500平方米GMP车间")]),
        ("我们今年有3个二类证", [("product", "二类证"), ("count", "今年有3个二类证")]),
        ("今年别处领过65万元研发补助", [("amount", "今年别处领过65万元研发补助")]),
        ("我司保费九万六，能补多少", [("amount", "保费9.6万元")]),
        # What is asked, supposed, said of others, claimed of the policy, or not so.
        ("市里对创新药补多少", []),
        ("那三期如果花3000万、申报上市受理呢", []),
        ("听说隔壁公司二期花了3000万", []),
        ("不是补1000块、封顶500万吗", []),
        ("投资5000万元以上的企业奖多少", []),
        ("我们没有花到2000万", []),
        ("我们二期花了1500万到1800万", []),
        ("我们二期花了1800万美元", []),
        ("我们想了解创新药的政策", []),
    ],
)  # fmt: skip
def test_what_one_question_says(question: str, said: list[tuple[str, str]]):
    assert [(one.kind, one.text) for one in said_in(question, 1, PLACES)] == said


def test_a_figure_keeps_its_stage_kind_and_side():
    (amount,) = [s for s in profile(["我们做创新药，还买了国内责任险，保费60万"], ()) if s.fact]
    assert amount.facets["side"] == {"境内"}
    (amount,) = [s for s in profile(["我们的创新药三期已启动，之前花了900万"], ()) if s.fact]
    assert amount.facets["stage"] == {"II"}
    assert amount.facets["drug"] == {"创新药"}


@pytest.mark.parametrize(
    ("turns", "left"),
    [
        (("我们二期花了1800万", "二期花了2000万"), ["二期花了2000万元"]),
        (("我们二期花了1800万", "II期一共2000万元"), ["II期一共2000万元"]),
        (("我们二期花了1800万", "不对，是2000万"), ["二期花了2000万元"]),
        (("我们二期花了1800万", "不是1800万，是2000万"), ["二期花了2000万元"]),
        (("我们二期花了1800万", "三期花了2000万"), ["二期花了1800万元", "三期花了2000万元"]),
        (("我们装修花了300万", "设备花了500万"), ["装修花了300万元", "设备花了500万元"]),
        (("国内保费60万", "海外保费90万"), ["国内保费60万元", "海外保费90万元"]),
        (("我们在高新区", "我们搬到了璧山"), ["璧山"]),
        (("我们做的是创新药", "我们还有改良型新药"), ["创新药", "改良型新药"]),
        (("我们做的是创新药", "说错了，是改良型新药"), ["改良型新药"]),
        (("我们有3个二类证", "我们有5个二类证"), ["二类证", "有5个二类证"]),
        # A bare figure takes the place of one in the same thread only.
        (("我们保费60万", "高新区三类证奖多少", "花了900万元"), ["保费60万元", "花了900万元"]),
        (("能补多少", "是2000万"), []),
    ],
)
def test_later_words_take_the_place_of_earlier_ones_on_the_same_thing(turns, left):
    assert texts(*turns) == left


def test_what_is_of_the_product_goes_over_to_the_one_it_is_corrected_to():
    said = profile(["我们的创新药二期花了1800万", "不对，是改良型新药"], ())
    (amount,) = [one for one in said if one.fact]
    assert amount.facets["drug"] == {"改良"}
    assert "创新药" not in amount.words


def test_a_figure_that_is_not_all_that_was_said_is_marked():
    turns = [
        "我们两场论坛各花30万元", "我们月租5万，租了3年", "花了800万，其中200万是设备",
        "我们二期准备花1800万", "我们二期预算1800万", "我们二期每年花600万",
    ]  # fmt: skip
    for turn in turns:
        assert not any(said.whole for said in profile([turn], ()) if said.kind == "amount")


def test_forgetting_leaves_out_a_thing_with_what_it_took_the_place_of():
    turns = ["我们在高新区，二期花了1,800万", "二期花了2000万", "保费60万"]
    left = left_out(turns, PLACES, ["二期花了2000万元"])
    assert [said.text for said in profile(left, PLACES)] == ["高新区", "保费60万元"]
    assert left_out(turns, PLACES, [1]) == ("", *turns[1:])
    assert left_out(turns, PLACES, ["没有说过的"]) == tuple(turns)


@given(
    st.lists(
        st.text("我们二三期花了12万元，。？平方米个证不是对创新药其中各3.,年 \n", max_size=40),
        max_size=4,
    )
)
def test_any_words_can_be_read_and_forgotten(turns: list[str]):
    said = profile(turns, PLACES)
    assert all(1 <= one.turn <= len(turns) and one.text for one in said)
    left_out(turns, PLACES, [one.text for one in said])
