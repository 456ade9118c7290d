"""Rents by the square metre over years that are said to be filled, and by a share of each year said before
what it is of."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """浦头区支持科技企业用房若干措施
第一条 支持办公用房。对新设立的软件企业租赁自用办公用房的，2年内按每平方米每月20元的标准给予租金补贴，补贴面积不超过500平方米。实际租金低于补贴标准的，按实际租金补贴。
第二条 支持实验用房。对入驻生物园区的新设企业，租用实验用房的，按第一年100%、第二年60%、第三年30%的比例给予租金补贴，单个企业补贴面积不超过1500平方米，租金补贴总额不超过60万元。
第三条 支持生产用房。对入驻智造园区的企业，租用生产用房的，按第一年80%、第二年40%的比例给予租金补贴，另给予装修补贴，单个企业最高10万元。
第四条 支持展示用房。对文创企业租赁展示用房自用的，按照实际租金的50%给予补贴，每平方米每月不超过25元，补贴面积最高400平方米，补贴期限为3年。
第五条 支持仓储用房。对商贸企业租赁仓储用房的，按照实际租金的30%给予补贴，每平方米每月不超过20元。
第六条 本措施自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "浦头区新成立的软件企业租了800平方米自用办公用房，月租每平35元，租满两年一共能补多少租金？",
            "24万元", "12万元/年 × 2年 = 24万元", id="filled-years",
        ),
        pytest.param(
            "浦头区新设企业入驻生物园区，租实验用房1000平方米，每平方米每月20元，头三年租金补贴一共多少？",
            "最高45.6万元", "24万元 + 14.4万元 + 7.2万元 = 45.6万元", id="each-year-its-share",
        ),
        pytest.param(
            "浦头区新设企业入驻生物园区，租实验用房2000平方米，每平方米每月30元，头三年租金补贴一共多少？",
            "最高60万元", "102.6万元 超过上限60万元，按60万元", id="limit-of-all-years",
        ),
        pytest.param(
            "浦头区文创企业租了300平方米展示用房自用，每平方米每月70元，补贴拿满期限一共多少？",
            "最高27万元", "9万元/年 × 3年 = 27万元", id="as-long-as-it-is-given",
        ),
        pytest.param(
            "浦头区文创企业租了500平方米展示用房自用，租金每平每月40元，整个补贴期能补多少？",
            "最高28.8万元", "9.6万元/年 × 3年 = 28.8万元", id="the-whole-span",
        ),
        pytest.param(
            "浦头区文创企业租了300平方米展示用房自用，每平方米每月70元，租两年能补多少？",
            "最高18万元", "9万元/年 × 2年 = 18万元", id="no-longer-than-it-is-rented",
        ),
        pytest.param(
            "浦头区文创企业租了300平方米展示用房自用，每平方米每月70元，能补多少？",
            "最高9万元", "300平方米 × 25元 × 12个月/年 = 9万元", id="a-year-where-nothing-is-said",
        ),
    ],
)  # fmt: skip
def test_rents_over_years(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


def test_no_sum_where_a_limit_is_of_something_else(works: Assistant) -> None:
    asked = "浦头区企业入驻智造园区，租生产用房1000平方米，每平方米每月30元，两年租金补贴一共多少？"
    works_out_nothing(works.ask(Query(asked, TODAY)))


def test_no_sum_of_a_whole_span_that_is_not_said(works: Assistant) -> None:
    asked = "浦头区商贸企业租了300平方米仓储用房，每平方米每月50元，补贴拿满期限一共多少？"
    works_out_nothing(works.ask(Query(asked, TODAY)))
