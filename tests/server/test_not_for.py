"""Whom a text is not for, and all the steps from applying to the money."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.answer import Answer
from server.assistant import Assistant

TALENTS = """嘉兴市人才安居办法
嘉政办发〔2025〕6号
第一章 总则
第一条 本办法所称人才是指在本市企业全职工作的顶尖人才、领军人才、青年人才。公务员和参照公务员法管理的人员不适用本办法第三章的规定。
第二条 劳务派遣、房地产开发企业不适用本办法。
第二章 安家补助
第三条 新引进的领军人才，给予安家补助70万元，其所在企业同时奖励6万元。
第三章 购房补贴
第四条 领军人才购买首套住房的，按购房总额的25%给予购房补贴，最高35万元。享受购房补贴所购住房，自取得不动产权证书之日起5年内不得转让。
第四章 其他
第五条 领军人才每月租房补贴3000元；青年人才每月租房补贴1200元。
第六条 一次性吸纳就业补贴。小微企业新招用毕业年度高校毕业生的，按每人900元给予补贴。
第五章 申请
第七条 企业于每年4月30日前向所在区人社部门提交申请，区人社部门15个工作日内完成初审；市人社局委托第三方审计，审计结果公示5个工作日，公示无异议的，会同市财政局拨付资金。
第六章 附则
第八条 本办法自2025年3月1日起施行，有效期5年。
"""


@pytest.fixture(scope="module")
def assistant(assistant_over) -> Assistant:
    found: Assistant = assistant_over(TALENTS)
    return found


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Query(question, date(2026, 11, 29)))


def cited(answer: Answer) -> list[str]:
    return [str(citation.address).partition("#")[2] for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("我是公务员，买首套房能申请购房补贴吗？", "art1"),
        ("公务员买首套房，购房补贴最高多少？", "art1"),
        ("我们是做劳务派遣的，引进领军人才能拿奖励吗？", "art2"),
        ("房地产开发公司引进领军人才，企业奖励多少？", "art2"),
    ],
)
def test_the_sentence_that_rules_somebody_out_is_the_answer(
    assistant: Assistant, question: str, clause: str
) -> None:
    answer = ask(assistant, question)
    assert cited(answer) == [clause], answer.text
    assert "不适用" in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # Another chapter than the one that is not for them.
        ("公务员里新引进的领军人才，安家补助多少？", "70万元"),
        ("我不是公务员，买首套房购房补贴最高多少？", "35万元"),
        ("企业引进的领军人才买房，购房补贴最高多少？", "35万元"),
    ],
)
def test_others_get_what_they_ask_for(assistant: Assistant, question: str, said: str) -> None:
    assert said in ask(assistant, question).text


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("顶尖人才每月租房补贴多少？", "顶尖人才"),
        ("小微企业招用退役军人，一次性吸纳就业补贴每人多少？", "退役军人"),
    ],
)
def test_a_class_that_an_article_leaves_out(
    assistant: Assistant, question: str, named: str
) -> None:
    answer = ask(assistant, question)
    assert answer.status == "refused" and f"没有写{named}" in answer.text, answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青年人才每月租房补贴多少？", "1200元"),
        ("小微企业招用应届大学生，一次性吸纳就业补贴每人多少？", "900元"),
    ],
)
def test_a_class_that_it_has(assistant: Assistant, question: str, said: str) -> None:
    answer = ask(assistant, question)
    assert answer.status == "answered" and said in answer.text


def test_two_things_in_one_breath_of_which_one_is_when_to_apply(assistant: Assistant) -> None:
    answer = ask(assistant, "拿了购房补贴的房子几年不能卖？另外企业要在每年什么时候之前提交申请？")
    assert {"art4", "art7"} <= set(cited(answer)), answer.text


def test_a_text_named_beside_another_place_is_not_all_that_is_searched(assistant_over) -> None:
    found = assistant_over(
        a="东莞市培育创新型企业实施办法\n第一条 以弄虚作假手段骗取资金的，取消其3年内申报专项资金资格。\n"
        "第二条 高新技术企业认定奖励8万元。\n",
        b="济南市人民政府关于进一步做好稳就业工作的若干措施\n一、对违规骗取补贴资金的，依法追回，五年内"
        "不得享受就业创业扶持政策。\n二、招用毕业生的，每人补贴1100元。\n",
    )
    answer = ask(found, "骗补被查到，济南稳就业政策和东莞创新型企业办法各禁止申报几年？")
    assert "3年内" in answer.text and "五年内" in answer.text, answer.text


def test_all_steps_are_said_where_they_are_asked_for(assistant: Assistant) -> None:
    answer = ask(assistant, "企业什么时候、向哪里申请人才补助？后面流程怎么走？")
    assert "4月30日" in answer.text and "第三方审计" in answer.text and "拨付" in answer.text
