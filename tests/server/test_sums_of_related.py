"""Sums over business with related parties, where a clause counts that with others only."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.related import counts_others_only, is_related, is_unrelated

TEXT = """云岭市人民政府关于印发《云岭市支持服务外包若干措施》的通知
云岭政发〔2025〕7号
云岭市支持服务外包若干措施
第一条 对检测服务机构为与其无投资关系的本市企业提供检测服务的，按上年度合同实际执行额的6%给予奖励，每家机构每年最高300万元。
第二条 对加工企业承接无股权关联关系的企业委托加工业务的，按加工合同金额的3%给予补助，最高200万元。
第三条 对物流平台服务非关联企业的，按年度服务收入的2%给予奖励，最高100万元。
第四条 对软件企业向本市企业销售软件的，按年度销售收入的5%给予奖励，最高200万元。关联交易部分不计入销售收入。
第五条 对中试基地服务本市企业（关联企业除外）的，按年度服务收入的8%给予补助，最高150万元。
第六条 对广告企业，按年度广告收入的4%给予奖励，最高100万元。
第七条 本措施自2025年2月1日起施行，有效期5年。
云岭市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "检测服务机构上年度合同实际执行额2000万元，其中500万元是给自己参股的公司做的，能奖多少？",
            "最高90万元", "2000万元 − 500万元 = 1500万元", id="holds-a-share",
        ),
        pytest.param(
            "检测服务机构上年度合同实际执行额2000万元，其中500万元客户是我们投资的企业，能奖多少？",
            "最高90万元", "2000万元 − 500万元 = 1500万元", id="invested-in",
        ),
        pytest.param(
            "检测服务机构上年度合同实际执行额2000万元，其中500万元是给国有控股企业做的，能奖多少？",
            "最高120万元", "2000万元 × 6% = 120万元", id="held-by-the-state",
        ),
        pytest.param(
            "检测服务机构上年度合同实际执行额2000万元，其中1500万元是给没有投资关系的本市企业做的，能奖多少？",
            "最高90万元", "1500万元 × 6% = 90万元", id="what-alone-counts",
        ),
        pytest.param(
            "某集团子公司是检测服务机构，上年度合同实际执行额2000万元，都是给无投资关系的本市企业做的，能奖多少？",
            "最高120万元", "2000万元 × 6% = 120万元", id="who-does-it",
        ),
        pytest.param(
            "加工企业加工合同金额3000万，里面1000万是给全资子公司加工的，补助多少？",
            "最高60万元", "3000万元 − 1000万元 = 2000万元", id="a-subsidiary",
        ),
        pytest.param(
            "物流平台服务收入3000万，有1000万来自关联企业，奖多少？",
            "最高40万元", "3000万元 − 1000万元 = 2000万元", id="comes-from",
        ),
        pytest.param(
            "软件企业销售收入2000万，其中500万是卖给自家控股公司的，奖励多少？",
            "最高75万元", "2000万元 − 500万元 = 1500万元", id="does-not-count",
        ),
        pytest.param(
            "中试基地年度服务收入1000万，其中200万是给我们持股的企业做的，补助多少？",
            "最高64万元", "1000万元 − 200万元 = 800万元", id="but-for",
        ),
        pytest.param(
            "广告企业广告收入1000万，其中200万是给参股公司投的，奖励多少？",
            "最高40万元", "1000万元 × 4% = 40万元", id="a-clause-that-counts-all",
        ),
        pytest.param(
            "广告企业广告收入1000万，其中200万是给没有关联的客户投的，奖励多少？",
            "最高40万元", "1000万元 × 4% = 40万元", id="no-ties-are-no-lack",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    answer = works.ask(Query(question, TODAY))
    works_out(answer, display, line)
    assert answer.calculation is not None
    assert not any("没有用到" in text for text in answer.calculation.assumptions)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "检测服务机构上年度合同实际执行额2000万元，全都是给自己参股的公司做的，能奖多少？", id="all"
        ),
        pytest.param(
            "检测服务机构上年度给子公司做的合同实际执行额2000万元，能奖多少？", id="said-before"
        ),
        pytest.param(
            "检测服务机构上年度合同实际执行额2000万元，其中500万元是给没有投资关系的外地企业做的，能奖多少？",
            id="elsewhere",
        ),
        pytest.param(
            "检测服务机构上年度合同实际执行额2000万元，有一部分是给子公司做的，能奖多少？", id="how-much"
        ),
    ],
)  # fmt: skip
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


@pytest.mark.parametrize(
    "text",
    [
        "对承接非关联市场主体业务的",
        "企业与其关联方之间转让的设备不予支持",
        "委托双方存在控股关系的，不予补助",
        "采购关联企业产品的除外",
    ],
)
def test_clauses_that_count_others_only(text: str) -> None:
    assert counts_others_only(text)


def test_ties() -> None:
    assert not counts_others_only("加强监管信息归集共享和关联整合")
    assert is_related("没有控股，但有参股") and not is_unrelated("没有控股，但有参股")
    assert not is_unrelated("核心技术没自己的知识产权") and not is_unrelated("还没有投资")
    assert is_unrelated("跟客户没有股权关系") and not is_related("跟客户没有股权关系")
