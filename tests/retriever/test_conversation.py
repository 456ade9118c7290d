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
