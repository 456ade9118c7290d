"""Follow-ups: when a question goes on with the one before, and what is asked then."""

from __future__ import annotations

import pytest

from retriever.followup import is_marked, joined
from server.assistant import Assistant

PLACES = ("重庆市", "高新区", "璧山", "市里")
FIRST = "高新区三类医疗器械注册证奖励多少？"

JOINED = [
    ("高新区三类器械证奖励是多少？", "二类呢？", "高新区二类器械证奖励是多少？"),
    ("31号办法第十条第一项规定了什么？", "第二项呢", "31号办法第十条第二项规定了什么？"),
    ("31号办法第十条规定了什么？", "第二项呢", "31号办法第十条第二项规定了什么？"),
    ("31号办法第十条第一项规定了什么？", "那第十一条呢", "31号办法第十一条第一项规定了什么？"),
    ("市里对经典名方奖多少？", "高新区的呢？", "高新区对经典名方奖多少？"),
    ("1类新药一期最高支持多少？", "到了二期又是多少", "1类新药二期最高支持多少？"),
    ("推进小组谁当组长？", "那副组长呢？", "推进小组谁当副组长？"),
    # Another figure of the same unit takes the place of the one before.
    ("自己装1500平GMP车间补多少？", "2000平呢", "自己装2000平GMP车间补多少？"),
    ("自己装1500平GMP车间补多少？", "那2000㎡呢？", "自己装2000㎡GMP车间补多少？"),
    ("I期花了1000万元，补多少？", "花了2500万", "I期花了2500万，补多少？"),
    ("全年集采金额1.2亿元奖多少？", "如果是8000万元呢？", "全年集采金额8000万元奖多少？"),
    ("领证3个奖多少？", "5个呢？", "领证5个奖多少？"),
    # Two of one unit: which is meant is not known, so that it is asked in addition.
    (
        "一期花了800万元，二期花了2000万元，补多少？",
        "花了2500万呢？",
        "一期花了800万元，二期花了2000万元，补多少？花了2500万呢？",
    ),
    # Another unit takes the place of nothing.
    ("自己装1500平GMP车间补多少？", "固投2500万元", "自己装1500平GMP车间补多少？固投2500万元"),
    # A figure in a sentence of its own is no bare figure.
    (
        "I期花了1000万元，补多少？",
        "如果当年从别处领过65万元补助呢？",
        "I期花了1000万元，补多少？如果当年从别处领过65万元补助呢？",
    ),
    ("创新药获批奖多少？", "改良型新药呢", "创新药获批奖多少？改良型新药呢"),
    # What takes the place of nothing is asked in addition.
    ("创新药获批奖励多少？", "那改良型呢？", "创新药获批奖励多少？那改良型呢？"),
    ("创新药获批奖励多少？那改良型呢？", "类似药呢？", "创新药获批奖励多少？类似药呢？"),
    ("56号文怎么支持CRO？", "最高封顶多少？", "56号文怎么支持CRO？最高封顶多少？"),
    ("租厂房补多少？", "要是放在璧山呢？", "租厂房补多少？要是放在璧山呢？"),
]


@pytest.mark.parametrize(("before", "question", "whole"), JOINED)
def test_a_follow_up_and_the_question_before_it(before: str, question: str, whole: str):
    assert joined(before, question, PLACES) == whole


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("那改良型呢", True),
        ("要是生物类似药呢？", True),
        ("它废止了哪个文件？", True),
        ("第二项呢", True),
        ("封顶又是多少", True),
        ("这个月能报吗", False),
        ("创新药奖励多少？", False),
        ("", False),
        # A figure without a question tells what was left out.
        ("花了2500万", True),
        ("2000平", True),
        ("实际到账8000万元。", True),
        ("80个人", True),
        ("花了2500万能补多少", False),
        ("集采金额8000万元，奖励几个点", False),
        # No figure of a case.
        ("56号文", False),
        ("2025年12月1日", False),
        ("创新药", False),
    ],
)
def test_words_that_mark_a_follow_up(question: str, marked: bool):
    assert is_marked(question) is marked


@pytest.mark.parametrize(
    "question",
    [
        "高新区租厂房，租金最多补几年？",
        "医疗机构购买首台（套）医疗器械，奖励比例是多少呢？",
        "明天会下雨吗？",
        "帮我写一首诗",
        " ",
    ],
)
def test_a_question_that_stands_alone_or_is_of_something_else(assistant: Assistant, question: str):
    assert assistant.read(question, [FIRST]) == question


@pytest.mark.parametrize("question", ["能管几年？", "有效期多长"])
def test_a_question_that_nothing_answers_alone_goes_on(assistant: Assistant, question: str):
    first = "56号文什么时候开始施行？"
    assert assistant.read(question, [first]) == first + question
    assert assistant.read(question, []) == question


def test_the_first_question_still_counts_after_several(assistant: Assistant):
    asked = ["重庆市对产业化落地的创新药一个奖多少？", "中药经典名方呢？"]
    read = assistant.read("要是生物类似药呢？", asked)
    assert read == "重庆市对产业化落地的创新药一个奖多少？要是生物类似药呢？"


def test_a_figure_told_after_a_question_stands_in_it(assistant: Assistant):
    first = "高新区创新药完成I期进入II期，I期花了1000万元，补多少？"
    read = assistant.read("花了2500万", [first])
    assert read == "高新区创新药完成I期进入II期，I期花了2500万，补多少？"
    assert assistant.read("花了2500万", []) == "花了2500万"


def test_a_figure_told_where_none_was_is_added(assistant: Assistant):
    first = "我司的创新药做完II期进入III期，高新区能给我们补多少？"
    assert assistant.read("花了900万元", [first]) == f"{first}花了900万元"


def test_a_question_that_names_a_place_alone_goes_on(assistant: Assistant):
    first = "我们创新药二期花了1800万，进入三期"
    assert assistant.read("高新区能补多少？", [first]) == f"{first}，高新区能补多少？"
    assert assistant.read("高新区三类证奖多少？", [first]) == "高新区三类证奖多少？"


def test_a_follow_up_goes_on_with_the_earlier_question_that_names_its_tier(assistant: Assistant):
    asked = ["我们创新药二期花了1800万，进入三期，能补多少？", "市里对国内临床责任险怎么补？"]
    assert assistant.read("那一期的呢", asked) == f"{asked[0]}那一期的呢"
    assert assistant.read("那海外的呢", asked) == "市里对海外临床责任险怎么补？"


def test_what_was_taken_back_is_not_read(assistant: Assistant):
    asked = ["我们创新药二期花了1800万", "忘掉前面说的"]
    assert assistant.read("能补多少？", asked) == "能补多少？"


def test_a_question_of_no_matter_goes_on(assistant: Assistant) -> None:
    before = ["高新区租厂房有补贴吗", "我们一年开票800万，租了1000平"]
    for asked in ("最长能领几年？一年封顶多少", "每个月能有多少钱"):
        assert "厂房" in assistant.read(asked, before)
    assert assistant.read("中药经典名方一年封顶多少", before) == "中药经典名方一年封顶多少"


def test_a_question_whose_first_part_leaves_out_all(assistant: Assistant) -> None:
    asked = "三期的呢？都在本区做的"
    assert assistant.read(asked, ["创新药二期临床最高补多少？"]) != asked
