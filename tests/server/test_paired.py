"""Of a 分别 list the figure that is asked for is said first, and none where two may be meant."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.answer import Answer
from server.assistant import Assistant

DAY = date(2026, 11, 29)


def ask(assistant: Assistant, *questions: str) -> Answer:
    return assistant.ask(Query(questions[-1], DAY), questions[:-1])


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("一期临床市里支持多少", "Ⅰ期临床试验：20%，最高200万元/项。"),
        ("生物类似药三期临床市里最高支持多少", "Ⅲ期临床试验：20%，最高1000万元/项。"),
        (
            "改良型新药III期临床高新区补多少",
            "在研改良型新药和已上市生物制品，完成III期临床试验研究并提交上市申请获得受理：30%，最高350万元。",
        ),
        ("经典名方市里奖多少", "中药经典名方产品：每个100万元。"),
        ("区级峰会补多少", "区级：50%，最高20万元。"),
        ("海外临床试验保险补多少", "海外临床试验和产品责任保险：50%，最高100万元。"),
    ],
)
def test_the_case_that_is_named(assistant: Assistant, question: str, first: str) -> None:
    answer = ask(assistant, question)
    assert answer.text.startswith(first)
    assert first.rstrip("。").split("：")[0].split("，")[0] in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("III期临床高新区补多少", id="of two drugs"),
        pytest.param("峰会论坛补多少", id="no level"),
        pytest.param("三类证一年最多奖多少", id="what all of it comes to"),
        pytest.param("经典名方市里和高新区分别奖多少", id="compared"),
        pytest.param("国采单品种奖多少", id="no list"),
    ],
)
def test_nothing_is_said_first(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    said, _ = answer.claims[0]
    said = said.removeprefix("重庆高新区：").removeprefix("重庆市：")
    assert said.startswith(answer.citations[0].quote[:4])


def test_what_all_of_a_recipients_support_comes_to(assistant: Assistant) -> None:
    answer = ask(assistant, "三类证一年最多奖多少")
    assert "单个医疗器械企业每年奖励最高不超过500万元" in answer.text
