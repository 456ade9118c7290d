"""Sums paid in parts, for what grows in money of another country, and for things named behind their numbers."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """蓝湾市先进制造和开放发展若干规定
第一条 对固定资产投资2000万元以上的新建厂房项目，按厂房投资额分段累加给予奖励：3000万元（含）以下部分按5%，超过3000万元部分按7%，单个项目最高600万元。奖励资金分三期拨付：项目开工建设后拨付30%；年纳税首次达到奖励金额50%的，拨付30%；年纳税首次达到奖励金额100%的，拨付剩余40%。
第二条 对新迁入的总部企业，按实缴注册资本的3%给予迁入奖励，最高400万元。奖励分三年拨付，首年50%、次年30%、第三年20%。
第三条 新认定为市级数字贸易基地的，给予运营单位一次性奖励40万元，分两期拨付：认定当年拨付70%，次年复核合格后拨付30%。
第四条 机器人应用项目软硬件投入200万元（含）以上的，分档补助：200万元（含）至800万元的部分，按6%补助；超过800万元的部分，按9%补助。不足200万元的部分按6%一并计算。单个项目最高300万元。
第五条 补助资金超过50万元的，分两次拨付，首次拨付60%，次年绩效评价合格后拨付40%。
第六条 上一年度服务出口额200万美元以上、当年度增长10%以上的企业，每净增服务出口额50万美元奖励2万元，不足50万美元的部分不予计算，单个企业年度奖励最高40万元。
第七条 规模以上纺织企业年度产值同比增长12%以上的，产值较上年每增加500万元奖励3万元，不足500万元的部分不计，单个企业每年最高21万元。
第八条 对在企业全职工作的人才发放岗位补贴：工艺师每人每月900元，检验员每人每月400元，发放期限最长24个月。
第九条 对首次取得甲类检测证书的，每个产品奖励9万元；经国家特殊食品快速审查程序批准上市的，每个产品奖励30万元；首次取得乙类检测证书的，每个产品奖励2万元。单个企业每年最高80万元。
第十条 企业参加国外行业年会的，按会务费的40%给予补助，每次最高5万元，每家企业每年不超过2次。
第十一条 企业厂区屋顶改造年度改造投入100万元（含）以上、300万元以下的，按改造投入的4%补助；300万元（含）以上的，按改造投入的6%补助。单个项目最高90万元。
第十二条 车队组织外地学员在本市研学的，按每人每晚15元奖励，单个车队年度最高10万元。
第十三条 对企业用于扩产项目的新增银行贷款，按贷款合同签订日一年期贷款市场报价利率（LPR）的40%给予贴息，单个企业每年最高100万元，同一笔贷款贴息期限不超过2年。
第二十条 本规定自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "新建厂房项目厂房投资额5000万，刚开工建设，第一笔能到手多少？",
            "87万元（按期拨付，全部为290万元）", "290万元 × 30% = 87万元", id="parts-told-by-semicolons",
        ),
        pytest.param(
            "总部企业新迁入，实缴6000万，第一年能拿多少迁入奖励，后两年呢？",
            "最高90万元，其后次年54万元、第三年36万元（按期拨付，全部为最高180万元）", "180万元 × 50% = 90万元",
            id="years-by-name-and-what-follows",
        ),
        pytest.param(
            "我们刚认定市级数字贸易基地，先到账多少奖励，剩下的呢？",
            "28万元，其后次年复核合格后12万元（按期拨付，全部为40万元）", "40万元 × 70% = 28万元",
            id="an-amount-only-named",
        ),
        pytest.param(
            "机器人应用项目软硬件投入1800万（不含税），首笔补助先给多少？",
            "最高82.8万元（按期拨付，全部为最高138万元）", "138万元 × 60% = 82.8万元",
            id="a-rule-for-all-large-amounts",
        ),
        pytest.param(
            "机器人应用项目软硬件投入1800万，能补多少？",
            "最高138万元", "200万元 × 6% = 12万元", id="what-lies-below-counts-too",
        ),
        pytest.param(
            "服务出口去年400万美金，今年做到570万美金，能奖多少？",
            "最高6万元", "170万美元 ÷ 50万美元 ≈ 3个", id="growth-in-dollars",
        ),
        pytest.param(
            "我们的服务出口额从400万美元涨到500万美元，奖励多少？",
            "最高4万元", "500万美元 − 400万美元 = 100万美元", id="from-one-to-another",
        ),
        pytest.param(
            "规上纺织厂去年产值1亿，今年产值1.62亿，能奖多少？",
            "最高21万元", "36万元 超过每年上限21万元，按21万元", id="each-more-with-its-limit",
        ),
        pytest.param(
            "我们有3个工艺师5个检验员，岗位补贴发满两年一共多少？",
            "11.28万元", "5个 × 24个月 × 400元 = 4.8万元", id="names-behind-both-numbers",
        ),
        pytest.param(
            "今年头一回拿了两张甲类检测证书四张乙类检测证书，能奖多少？",
            "最高26万元", "4张 × 2万元 = 8万元", id="names-behind-papers",
        ),
        pytest.param(
            "今年有两个产品走国家特殊食品快速审查，两个全给是多少？",
            "最高60万元", "2个 × 30万元 = 60万元", id="how-something-was-approved-tells-it",
        ),
        pytest.param(
            "今年去了3场国外行业年会，每场会务费10万，一共补多少？",
            "最高8万元", "3场 超过上限2次，按2次", id="no-more-times-than-allowed",
        ),
        pytest.param(
            "厂区屋顶改造投入400万，能补多少？",
            "最高24万元", "400万元 × 6% = 24万元", id="the-rate-from-where-on-it-holds",
        ),
        pytest.param(
            "扩产项目新增贷款2000万，签合同那天一年期LPR是3%，一年贴息多少？",
            "最高24万元", "60万元 × 40% = 24万元", id="the-name-of-a-rate-is-no-time",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    answer = works.ask(Query(question, TODAY))
    assert answer.calculation is not None
    assert answer.calculation.display == display
    assert any(step.text == line for step in answer.calculation.steps)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("我们有5个质检专员，岗位补贴发满两年一共多少？", id="a-number-of-nobody-known"),
        pytest.param("车队带了500个外地学员住了三晚研学，奖励多少？", id="nights-are-not-counted"),
        pytest.param("车队有200人，另外还带了300个外地学员研学，奖励多少？", id="two-numbers-of-persons"),
    ],
)  # fmt: skip
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
