"""First hits that are there for something else give way; what must not be is not what may be."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.address import Address
from indexer.passages import Passage
from retriever.giving_way import only_leads
from retriever.query import Hit, Query
from retriever.retriever import Retriever
from server.assistant import Assistant

DAY = date(2026, 11, 29)
RULES = """\
南山市用工管理办法
第一条 为规范用工和劳动合同解除，保护劳动者和用人单位，制定本办法。
第二条 用人单位有下列情形之一的，劳动者可以解除劳动合同：
（一）未按约定提供劳动条件的；
（二）未足额支付报酬的；
（三）未缴纳社会保险费的。
第三条 劳动者有下列情形之一的，用人单位不得解除劳动合同：
（一）因工负伤丧失劳动能力的；
（二）患病在医疗期内的；
（三）女职工在孕期的。
第四条 劳动者有下列情形之一的，用人单位可以解除劳动合同：
（一）严重失职的；
（二）在试用期内不符合录用条件的。
第五条 本办法自2026年1月1日起施行。
"""


@pytest.fixture(scope="module")
def rules(assistant_over) -> Retriever:
    return assistant_over(a=RULES).retriever


def articles(retriever: Retriever, question: str) -> list[str]:
    hits = retriever.retrieve(Query(question, DAY)).hits
    return [str(hit.passage.address.path).split(".")[0] for hit in hits]


@pytest.mark.parametrize("question", ["哪些情况不能辞退员工", "什么情形用人单位不得解除劳动合同"])
def test_what_must_not_be(rules: Retriever, question: str) -> None:
    assert articles(rules, question)[:3] == ["art3"] * 3


def test_what_may_be(rules: Retriever) -> None:
    assert articles(rules, "用人单位在哪些情形可以解除劳动合同")[0] != "art3"


def test_what_only_leads_to_a_text_is_no_answer(rules: Retriever) -> None:
    found = articles(rules, "怎样规范用工和劳动合同的解除，保护劳动者")
    assert found[0] != "art1" and found[-1] == "art1"
    assert articles(rules, "为了什么目的规范用工和劳动合同的解除")[0] == "art1"


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("《某某行动计划》已经市政府同意，现印发给你们，请认真贯彻执行。", True),
        ("现将《某某办法》印发给你们，请遵照执行。", True),
        ("现将申报指南印发如下：", True),
        ("现印发的目录每年更新一次，由市经信委负责。", False),
        ("补贴名单印发后十日内拨付资金。", False),
        ("特此通告。", True),
        ("财政部 税务总局2020年2月6日", True),
        ("本办法有效期至2026年2月6日", False),
        ("由市财政局、市经济和信息化局负责解释", False),
    ],
)
def test_what_only_sends_a_text_out(text: str, leads: bool) -> None:
    hit = Hit(Passage(Address.parse("a#notice"), text, ()), 0.7, ())
    assert only_leads(hit) is leads


def first(assistant: Assistant, question: str) -> str:
    return str(assistant.retriever.retrieve(Query(question, DAY)).hits[0].passage.address)


def test_a_clause_that_leaves_out_who_got_a_support_is_not_on_that_support(
    assistant: Assistant,
) -> None:
    asked = "专业技术服务平台固定资产投资6000万，高新区支持多少"
    assert first(assistant, asked) == "cqgxq-2024-31#art11.item1"
    both = "已享受专业技术服务平台固定资产投资支持，还能拿设备补贴吗"
    assert first(assistant, both) == "cqgxq-2024-31#art12.item1"


def test_a_level_above_that_is_on_the_matter_comes_before_the_place_alone(
    assistant: Assistant,
) -> None:
    assert first(assistant, "疫苗新佐剂在高新区获批奖多少").startswith("cqzfb-2025-56#")
    assert first(assistant, "改良型新药在高新区获批奖多少").startswith("cqgxq-2024-31#")


POLICY = """\
南山市支持充电设施建设若干措施
南府规〔2025〕6号
第一条 对新建对外开放的充电站，按充电桩额定功率给予每千瓦150元补助，单个企业每年不超过200万元。
第二条 单位内部专用的充电桩不享受补助。
第三条 本措施自2025年7月1日起施行。
"""
EXPLAINED = """\
《南山市支持充电设施建设若干措施》政策解读
2025年7月5日
一、起草背景
近年来我市充电设施数量增长较快。
二、主要内容
《措施》明确，新建的充电站对外开放的，补助标准为每千瓦150元，一年不超过200万元，力度较大。
三、联系方式
政策咨询电话：市发展改革委0700-6618。
"""


@pytest.fixture(scope="module")
def explained(assistant_over) -> Retriever:
    return assistant_over(policy=POLICY, explained=EXPLAINED).retriever


def test_the_policy_comes_before_its_interpretation(explained: Retriever) -> None:
    asked = "充电站补助标准每千瓦多少"
    hits = explained.retrieve(Query(asked, DAY)).hits
    assert str(hits[0].passage.address) == "policy#art1"
    # By its words alone the interpretation is nearer.
    assert hits[1].score > hits[0].score


def test_what_only_the_interpretation_says_is_found_in_it(explained: Retriever) -> None:
    hits = explained.retrieve(Query("充电设施政策咨询打哪个电话", DAY)).hits
    assert hits[0].passage.address.document == "explained"
