"""Persons counted month by month, of one measure of several, and what is paid for them at a floor."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """关于帮助企业稳定用工
各镇人民政府、街道办事处，区级各部门，各企业： 为帮助企业稳定用工，现将有关事项通知如下：
一、吸纳就业补贴。对春节期间开工的企业给予一次性吸纳就业补贴，补贴金额根据1月、2月社保增员人数，按照1200元/人标准确定。
二、输送用工奖励。人力资源机构向本区企业输送员工30人及以上并就业超过3个月的，按每人600元标准补助，每家机构补助总额最高不超过20万元。企业接收技工院校学生顶岗实习3个月以上的，按每人最高900元奖励企业。
三、降低缴存比例。对生产经营出现困难的企业，可阶段性降低住房公积金缴存比例，下限至国家规定的5%。
四、职业介绍补助。人力资源机构为重点企业推荐上岗，人数为40人（含）以上的，补助2万元；80人（含）以上的，补助5万元。为多家企业推荐的，人数可累加计算。
五、留工补贴。春节期间留在本区过节的职工，按每人每月300元给予补贴。
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "春节期间一直开工，1月社保增员17人、2月增员29人，吸纳就业补贴能拿多少？",
            "5.52万元", "17人 + 29人 = 46人", id="months-added",
        ),
        pytest.param(
            "我们是人力资源机构，往区里企业输送了128个工人，都干满三个月以上了，补助总共多少？",
            "最高7.68万元", "128人 × 600元 = 7.68万元", id="of-one-measure",
        ),
        pytest.param(
            "经营困难，40个职工，每人公积金缴存基数6000元，单位降到最低比例，每个月单位缴多少？",
            "1.2万元", "24万元 × 5% = 1.2万元", id="at-the-floor",
        ),
        pytest.param(
            "人力资源机构给三家重点企业分别推荐了22人、31人、38人上岗，补助多少？",
            "5万元", "22人 + 31人 + 38人 = 91人", id="as-many-numbers-as-companies",
        ),
    ],
)  # fmt: skip
def test_persons_are_counted(works: Assistant, question: str, display: str, line: str) -> None:
    answer = works.ask(Query(question, TODAY))
    works_out(answer, display, line)
    # A notice to the offices below is no news, though its title was cut off.
    assert answer.status == "answered"


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("春节期间开工，1月社保增员17人、2月减员9人，吸纳就业补贴能拿多少？", id="some-left"),
        pytest.param("春节留在区里过节的职工，1月留岗20人、2月留岗30人，留工补贴多少？", id="paid-by-month"),
        pytest.param("经营困难，40个职工，每人公积金缴存基数6000元，降到最低比例每月少缴多少？", id="the-share-before"),
        pytest.param("经营困难，公积金每人缴存基数6000元，降到最低比例，单位要缴多少？", id="persons-not-stated"),
    ],
)  # fmt: skip
def test_persons_that_are_not_told_get_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


chosen = works_over("""枫浦市关于阶段性支持企业的通知
枫住金〔2025〕4号
一、支持企业
1．发文之日起，允许企业在10%以内自主确定住房公积金缴存比例，但月缴额不得低于中心公布的最低缴存额（目前最低缴存额为单方150元/月）。
2．本通知自2025年1月1日起施行，有效期5年。
""")


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "枫浦的公司，公积金比例降到4%，30个人基数都是3500，公司每个月交多少？",
            "4500元", "140元 低于最低150元，按150元", id="below-the-least",
        ),
        pytest.param(
            "枫浦的公司，公积金比例定6%，30个人缴存基数3500元，公司每个月交多少？",
            "6300元", "30人 × 210元/人 = 6300元", id="above-it",
        ),
    ],
)  # fmt: skip
def test_a_share_that_is_chosen(chosen: Assistant, question: str, display: str, line: str) -> None:
    works_out(chosen.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("枫浦的公司，公积金比例定12%，30个人缴存基数3500元，公司每月交多少？", id="above-the-limit"),
        pytest.param("枫浦的公司，公积金比例定6%，30个人缴存基数3500元，公司一年交多少？", id="a-year"),
        pytest.param("枫浦，公积金比例定6%，30个人缴存基数3500元，公司和个人一共缴多少？", id="both-sides"),
    ],
)  # fmt: skip
def test_a_share_that_is_chosen_gets_no_sum(chosen: Assistant, question: str) -> None:
    works_out_nothing(chosen.ask(Query(question, TODAY)))
