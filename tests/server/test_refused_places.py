"""What is refused and what is not for the places, documents and numbers that a question names."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "question",
    [
        "生物城三年计划第16条说的什么？",
        "行动计划第99条说的什么？",
        "巴南那个试行的生物医药若干政策，二期临床补多少万？",
        "成都高新区的创新药获批奖多少",
        "四川省里对投资新建的CRO平台最高给多少支持",
    ],
)
def test_nothing_of_another_document_or_place(ask, question: str) -> None:
    answer = ask(question)
    assert answer["status"] == "refused" and not answer["citations"]


@pytest.mark.parametrize(
    "question",
    [
        "想把厂从渝北搬到高新区，GMP车间装修一平米补多少",
        "我们从四川搬到高新区的，二类证拿下来投产了给多少",
        "市里对中药经典名方每个奖励多少，武汉来的企业行不行",
        "医疗器械企业选址，高新区和国际生物城对这个行业的产业定位有什么差别？",
    ],
)
def test_where_one_comes_from_and_what_is_compared_are_answered(ask, question: str) -> None:
    assert ask(question)["status"] in ("answered", "informational")


def test_how_to_apply_under_what_is_repealed(ask) -> None:
    answer = ask("渝高新发〔2023〕29号的奖励现在怎么申请")
    assert answer["status"] == "answered" and "已废止" in answer["answer"]
    assert [c["address"] for c in answer["citations"]] == ["cqgxq-2024-31#art16"]
    assert ask("渝高新发〔2023〕29号里三类器械注册证奖多少？")["status"] == "refused"
