"""What a question takes for granted is corrected with the clause, and only where it is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant
from server.premise import asks_a_condition

DAY = date(2026, 1, 2)
TEXT = """云岭市支持社区书屋建设办法
云府发〔2025〕6号
各区人民政府：
现将《云岭市支持社区书屋建设办法》印发给你们。
云岭市人民政府
2025年1月3日
云岭市支持社区书屋建设办法
第一条 为方便居民阅读，制定本办法。
第二条 对新建的社区书屋，按装修费用的30%给予补贴，单个书屋最高不超过8万元。
第三条 社区书屋购买图书的，每年给予5000元补贴，最多享受3年。（牵头单位：市文化局；责任单位：市财政局）
第四条 社区书屋的申请材料，区文化部门应当在15个工作日内审核完毕。
第五条 本办法自2025年2月1日起施行，有效期5年。
"""


@pytest.fixture(scope="module")
def books(assistant_over) -> Assistant:
    return assistant_over(TEXT)


def corrected(assistant: Assistant, question: str) -> list[str]:
    answer = assistant.ask(Query(question, as_of=DAY))
    assert answer.status == "answered"
    return [note for note in answer.notes if note.startswith(("您说的", "与您说的不同"))]


@pytest.mark.parametrize(
    ("question", "said", "written", "place"),
    [
        ("新建社区书屋按装修费用的50%补贴，最高能补多少", "50%", "30%", "第二条"),
        ("新建社区书屋最高补贴20万元，对吧", "20万元", "8万元", "第二条"),
        ("社区书屋购买图书的补贴可以享受5年吧", "5年", "3年", "第三条"),
        ("社区书屋的申请材料30个工作日内审核完，对吗", "30个工作日", "15个工作日", "第四条"),
        ("社区书屋购买图书的补贴是市教育局牵头吧", "市教育局", "市文化局", "第三条"),
    ],
)
def test_what_is_wrong_is_named_with_the_clause(
    books: Assistant, question: str, said: str, written: str, place: str
):
    (note,) = corrected(books, question)
    assert f"您说的“{said}”与条文不同" in note
    assert written in note and f"云府发〔2025〕6号）{place}" in note


@pytest.mark.parametrize(
    "question",
    [
        "新建社区书屋最高补贴8万元，对吧",
        "社区书屋购买图书的补贴是市文化局牵头吧",
        "社区书屋的申请材料15个工作日内审核完，对吗",
        "我们新建社区书屋装修花了10万元，能补多少",
    ],
)
def test_what_is_right_or_a_case_is_not_corrected(books: Assistant, question: str):
    assert corrected(books, question) == []


def test_wrong_day_of_a_term_is_corrected(books: Assistant):
    (note,) = corrected(books, "云府发〔2025〕6号是2025年6月施行的吧")
    assert "2025-02-01" in note
    assert corrected(books, "云府发〔2025〕6号是2025年2月施行的吧") == []


def test_condition_is_no_case():
    assert asks_a_condition("装修费用超过10万元才能拿补贴吗")
    assert not asks_a_condition("我们装修花了10万元才完工，能补多少")


def test_a_rate_of_another_clause_is_no_excuse(assistant: Assistant):
    asked = "高新区III期补助比例是50%对吧"
    (note,) = [n for n in assistant.ask(Query(asked, DAY)).notes if "与条文不同" in n]
    assert "10%、20%、30%" in note and "第四条" in note
