"""Documents asked for by their validity are listed with what they say of their term."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.answer import Answer
from server.assistant import Assistant

DAY = date(2026, 11, 29)
PLAN, ZONE, CITY = "cqzfb-2021-17", "cqgxq-2024-31", "cqzfb-2025-56"


def cited(answer: Answer) -> set[str]:
    return {citation.address.document for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("哪些政策已经过期了", {PLAN}),
        ("库里失效的文件有哪些", {PLAN}),
        ("现在有哪些有效的政策", {ZONE, CITY}),
        ("哪些文件还有效", {ZONE, CITY}),
    ],
)
def test_each_with_its_status(assistant: Assistant, question: str, documents: set[str]) -> None:
    answer = assistant.ask(Query(question, DAY))
    assert cited(answer) == documents
    assert any("没有写明施行期限" in note and "〔2019〕52号" in note for note in answer.notes)


def test_on_another_day(assistant: Assistant) -> None:
    assert cited(assistant.ask(Query("哪些文件还有效", date(2024, 6, 1)))) == {PLAN}
    assert CITY in cited(assistant.ask(Query("哪些政策过期了", date(2029, 6, 1))))


def test_within_the_limits_that_were_set(assistant: Assistant) -> None:
    query = Query("哪些文件还有效", DAY, documents=frozenset({CITY}))
    assert cited(assistant.ask(query)) == {CITY}
    none = assistant.ask(Query("哪些文件失效了", DAY, documents=frozenset({CITY})))
    assert none.status == "not_stated" and not none.citations


@pytest.mark.parametrize(
    ("question", "status"),
    [
        pytest.param("到2029年3月56号文还有效吗", "已过有效期", id="a number behind the month"),
        pytest.param("高新区办法跟2023年的旧办法比有什么变化", "现行有效", id="the year of a text"),
    ],
)
def test_the_day_that_is_judged_on(assistant: Assistant, question: str, status: str) -> None:
    assert assistant.ask(Query(question, DAY)).text.startswith(status)
