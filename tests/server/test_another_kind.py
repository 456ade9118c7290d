"""What is said of one class or stage answers nothing on another."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("question", "asked"),
    [("一类医疗器械备案高新区奖多少", "一类"), ("IV期临床高新区补多少", "IV期")],
)
def test_refused_with_what_the_clause_is_on(
    assistant: Assistant, question: str, asked: str
) -> None:
    answer = assistant.ask(Query(question, DAY))
    assert answer.status == "refused" and not answer.citations
    assert f"没有写{asked}" in answer.text and "〔2024〕31号" in answer.text


def test_the_fourth_stage_is_not_four_stages(assistant: Assistant) -> None:
    question = "药已经上市了，还得做四期临床，市里科技专项给四期的支持每项最高多少"
    answer = assistant.ask(Query(question, DAY))
    assert answer.status == "refused" and "1700" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "二类证高新区奖多少",
        "II期临床高新区补多少",
        "仿制药企业在高新区租房补多少",
        "创新药企业在高新区办展会补多少",
    ],
)
def test_answered_where_the_clause_is_on_it_or_on_no_kind(
    assistant: Assistant, question: str
) -> None:
    assert assistant.ask(Query(question, DAY)).status == "answered"
