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
第四条 本措施自2025年1月1日起施行，有效期5年。
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
    ],
)  # fmt: skip
def test_rents_over_years(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


def test_no_sum_where_a_limit_is_of_something_else(works: Assistant) -> None:
    asked = "浦头区企业入驻智造园区，租生产用房1000平方米，每平方米每月30元，两年租金补贴一共多少？"
    works_out_nothing(works.ask(Query(asked, TODAY)))
