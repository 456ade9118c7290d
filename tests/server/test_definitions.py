"""Clauses that define a word, and questions that ask what it means."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant
from server.definitions import defined_in


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("本办法所称小微企业，是指年营业收入低于500万元的企业。", ["小微企业"]),
        ("本办法所称项目包括团队、企业。其中，创业团队是指三人以上的团队；", ["项目", "创业团队"]),
        ("“资格分”是指按照分值表计算的总分。", ["资格分"]),
        ("前款所称初创企业，是指成立未满三年的企业。", ["初创企业"]),
        ("前项所称开工，以首台设备到场之日认定。", ["开工"]),
        ("支持小微企业发展，给予奖励。", []),
    ],
)
def test_words_that_a_text_defines(text: str, terms: list[str]) -> None:
    assert list(defined_in(text)) == terms


TEXT = """云溪市小微企业扶持办法
第一条 本办法所称企业，是指在本市注册的企业。
第二条 本办法所称小微企业，是指年营业收入低于500万元的企业。
第三条 小微企业租用厂房的，补贴租金的50%，最高10万元。
第四条 设备投资项目备案后一年内开工的，补助比例提高5个百分点。
第五条 前条所称开工，以首台设备到场之日认定。
第六条 申请补贴应当提交下列材料：
（一）申请表；
（二）营业执照复印件；
（三）租赁合同和付款凭证。
第七条 单笔不足5万元的，免交第三项材料。
第八条 本办法自2025年1月1日起施行。
"""


@pytest.fixture(scope="module")
def small(assistant_over) -> Assistant:
    return assistant_over(TEXT)


def cited(assistant: Assistant, question: str) -> set[str]:
    answer = assistant.ask(Query(question, date(2026, 11, 29)))
    assert answer.status == "answered"
    return {str(c.address.path) for c in answer.citations}


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("什么样的才算小微企业？", "art2"),
        ("小微企业是什么意思", "art2"),
        ("小微企业啥标准", "art2"),
        ("怎么才算开了工？就是设备补助提比例那个", "art5"),
    ],
)
def test_the_clause_that_defines_the_word_asked_for(
    small: Assistant, question: str, path: str
) -> None:
    assert cited(small, question) == {path}


def test_a_word_that_only_stands_in_the_question_is_not_asked_for(small: Assistant) -> None:
    assert "art3" in cited(small, "小微企业租厂房的补贴是什么标准")


def test_all_materials_are_said_where_materials_are_asked_for(small: Assistant) -> None:
    items = {f"art6.item{n}" for n in (1, 2, 3)}
    assert items <= cited(small, "申请补贴都要准备啥材料")
