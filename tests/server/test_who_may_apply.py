"""Whom one measure is for, and from where on: the clause tells it, no rule on applying."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out

from retriever.query import Query
from server.assistant import Assistant

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "question",
    [
        "高新区租金补贴门槛多高",
        "哪些企业能报高新区的租金补贴",
        "高新区的租金补贴哪些企业能享受",
        "高新区租金补贴要什么门槛",
    ],
)
def test_the_measure_itself_says_it(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(Query(question, DAY))
    assert answer.status == "answered" and "年开票收入超过500万元" in answer.text
    assert str(answer.citations[0].address) == "cqgxq-2024-31#art12.item2"


def test_who_gets_anything_is_a_list(assistant: Assistant) -> None:
    answer = assistant.ask(Query("高新区办法里哪些企业能拿到奖励", DAY))
    assert len({citation.address for citation in answer.citations}) > 3


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        (
            "高新区一家CRO，合同到账2600万，跟自己集团的300万也算在里头，服务收入奖多少？",
            "最高100万元", "2600万元 − 300万元 = 2300万元",
        ),
        (
            "高新区检测平台今年服务合同收入1200万，给自己集团的400万也包含在里面，奖多少？",
            "最高56万元", "800万元 × 7% = 56万元",
        ),
    ],
)  # fmt: skip
def test_business_within_one_group_is_taken_off(
    assistant: Assistant, question: str, display: str, line: str
) -> None:
    works_out(assistant.ask(Query(question, DAY)), display, line)
