"""Entries that begin alike under several headings: the one whose heading is asked about."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant

TEXT = """江州市青年人才补贴办法
江人社规〔2025〕4号
第一章 生活补贴
第一条 生活补贴标准：
（一）博士研究生每人每月1300元；
（二）硕士研究生每人每月900元。
第二章 购房补贴
第二条 首次购房补贴标准：
（一）博士研究生每人9万元；
（二）硕士研究生每人4万元。
第三章 附则
第三条 本办法自2025年3月1日起施行，有效期3年。
"""


@pytest.fixture(scope="module")
def assistant(assistant_over) -> Assistant:
    found: Assistant = assistant_over(TEXT)
    return found


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("在江州买房，博士补几万", "9万元", "1300元"),
        ("江州的博士生活补贴一个月多少", "1300元", "9万元"),
        ("硕士在江州首次购房补多少", "4万元", "900元"),
    ],
)
def test_only_what_stands_under_it(
    assistant: Assistant, question: str, said: str, other: str
) -> None:
    answer = assistant.ask(Query(question, date(2026, 11, 30)))
    assert said in answer.text and other not in answer.text
