"""Rates that a later notice changed, for the year that it names; rent with limits that it changed."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

POLICY = """云溪市人民政府关于印发《云溪市支持检测产业若干措施》的通知
云溪政规〔2024〕4号
云溪市支持检测产业若干措施
（一）支持对外检测服务。对第三方检测机构向与其无投资关系的企业提供检测服务，上年度实际到账服务金额达到300万元（含）以上的，按到账金额的4%给予奖励，每家机构每年最高200万元。
（二）减轻用房成本。新引进企业租用国有标准厂房自用的，第一年租金全额补助，第二年、第三年各补助40%。补助面积不超过1500平方米，月租金高于每平方米25元的按25元计算。
（三）降低融资成本。企业用于本措施支持项目的银行贷款，按实际支付利息的30%给予贴息，每家企业每年最高100万元。逾期利息、罚息不予补贴。
（四）支持国际认证。产品在欧盟、日本获准上市的，每个品种奖励90万元；在其他国家或者地区获准上市的，每个品种奖励10万元。取得国际实验室认可证书的，按认可费用的50%给予补助，单张证书不超过30万元。
（五）企业应当承诺自资金到账之日起4年内不迁出本市。违反承诺的，按未履行年限占承诺年限的比例退还资金。
（六）本措施自2024年3月1日起施行，有效期3年。
云溪市人民政府
2024年2月1日
"""
NOTICE = """云溪市人民政府关于调整云溪市支持检测产业若干措施部分条款的通知
云溪政规〔2025〕9号
各县（市、区）人民政府：
《云溪市支持检测产业若干措施》（云溪政规〔2024〕4号，以下简称《若干措施》）施行以来，成效明显。现作如下调整：
一、调整对外检测服务奖励比例。将《若干措施》第（一）条中“按到账金额的4%给予奖励”，调整为“按到账金额的6%给予奖励”。
二、调整标准厂房租金补助面积。将《若干措施》第（二）条中“补助面积不超过1500平方米”，调整为“补助面积不超过2200平方米”。
三、做好政策衔接。对外检测服务奖励按自然年度核算。2025年度到账的服务金额，全年统一按调整后的比例计算；2024年度及以前到账的服务金额，按调整前的比例计算。
四、本通知自2025年9月1日起施行。
云溪市人民政府
2025年8月20日
"""
TODAY = date(2026, 11, 29)


works = works_over(措施=POLICY, 通知=NOTICE)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们检测机构2025年给没有投资关系的企业做检测服务，实际到账1500万元，对外检测服务奖励多少？",
            "最高90万元", "1500万元 × 6% = 90万元", id="the-whole-year",
        ),
        pytest.param(
            "我们检测机构2025年3月给没有投资关系的企业做检测服务，实际到账1500万元，对外检测服务奖励多少？",
            "最高90万元", "1500万元 × 6% = 90万元", id="before-the-change-in-its-year",
        ),
        pytest.param(
            "我们检测机构2024年给没有投资关系的企业做检测服务，实际到账1500万元，对外检测服务奖励多少？",
            "最高60万元", "1500万元 × 4% = 60万元", id="the-year-before",
        ),
        pytest.param(
            "新引进企业租国有标准厂房2000平方米自用，月租金每平米28块，第一年租金补多少？",
            "最高60万元", "28元 超过租金单价上限25元，按25元", id="dearer-than-counts",
        ),
        pytest.param(
            "新引进企业租国有标准厂房3000平方米自用，月租金每平米20块，第三年租金补多少？",
            "最高21.12万元", "3000平方米 超过上限2200平方米，按2200平方米", id="larger-than-counts",
        ),
        pytest.param(
            "新引进企业租国有标准厂房1000平方米自用，月租金每平米20块，三年一共补多少租金？",
            "最高43.2万元", "24万元 + 9.6万元 + 9.6万元 = 43.2万元", id="all-three-years",
        ),
        pytest.param(
            "我们项目贷款今年实际付利息200万元，其中没有逾期利息，贴息多少？",
            "最高60万元", "200万元 × 30% = 60万元", id="none-of-what-does-not-count",
        ),
        pytest.param(
            "我们项目贷款今年实际支付利息200万元，其中逾期利息30万元，贴息多少？",
            "最高51万元", "200万元 − 30万元 = 170万元", id="some-of-what-does-not-count",
        ),
        pytest.param(
            "我们项目贷款今年实际支付利息200万元，没有罚息，贴息多少？",
            "最高60万元", "200万元 × 30% = 60万元", id="none-of-what-is-denied",
        ),
        pytest.param(
            "我们两个产品在欧盟获准上市，一共奖多少？",
            "180万元", "2个 × 90万元 = 180万元", id="a-place-named",
        ),
        pytest.param(
            "公司拿了160万元资金，到账后只待满3年就要迁走，按规定要退多少？",
            "40万元", "160万元 × 1年 ÷ 4年 = 40万元", id="years-left",
        ),
        pytest.param(
            "公司拿了160万元资金，承诺期4年还剩2年就迁走，按规定要退多少？",
            "80万元", "160万元 × 2年 ÷ 4年 = 80万元", id="years-left-said",
        ),
    ],
)  # fmt: skip
def test_works_out(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "新引进企业租国有标准厂房1000平方米自用，每年租金48万元，第一年租金补多少？",
            id="a-whole-rent-too-dear",
        ),
        pytest.param(
            "新引进企业租国有标准厂房800平方米自用，月租金2.4万元，第一年租金补多少？",
            id="a-months-rent-too-dear",
        ),
        pytest.param("我们项目贷款支付利息200万元，都是罚息，贴息多少？", id="all-of-it"),
        pytest.param("我们两个产品在越南获准上市，一共奖多少？", id="a-country-of-neither"),
        pytest.param("公司拿了160万元资金，待了6年才迁走，要退多少？", id="longer-than-bound"),
        pytest.param("公司拿了160万元资金，第3年就要迁走，要退多少？", id="in-the-third-year"),
        pytest.param("公司拿了160万元资金，待了一年半就迁走，要退多少？", id="no-whole-years"),
    ],
)
def test_works_out_nothing(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_asks_for_no_fee_of_another_sentence(works: Assistant) -> None:
    answer = works.ask(Query("我们的产品在南美一个国家获准上市了，奖励多少？", TODAY))
    assert answer.calculation is None
    assert "10万元" in answer.text
    answer = works.ask(Query("我们拿到国际实验室认可证书了，能补多少？", TODAY))
    assert answer.calculation is not None
    assert answer.calculation.missing == ("认可费用是多少？",)
