"""Support for a rent at so much for a square metre and time, no more than the rent where the clause says so."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """云岭市人民政府关于印发《云岭市支持创业若干措施》的通知
云岭政发〔2025〕11号
云岭市支持创业若干措施
第一条 支持租用厂房。对入驻先进材料产业园的初创企业，前2年按照每平方米每天0.8元给予租金补助，补助面积不超过600平方米；租金低于每平方米每天0.8元的，按照实际租金补助。每年按照365天计算。
第二条 支持租用办公用房。对租用办公用房的软件企业，按照每平方米每月20元给予房租补贴，补贴面积最高500平方米，实际租金低于该标准的，按实际租金给予补贴，期限不超过3年。
第三条 支持租用仓库。对租用仓库的物流企业，按每平方米每月10元给予租金补贴，面积不超过2000平方米，每家企业每年最高15万元，期限不超过2年。
第四条 支持租用店铺。对老字号企业租用店铺的，按照2元/平方米/天给予租金补贴，补贴面积不超过200平方米，每年最高12万元。
第五条 支持设计企业租房。对注册成立不满三年的设计企业，给予不超过300平方米、每平方米每月25元的房租补贴，补贴期限最长2年。
第六条 本措施自2025年2月1日起施行，有效期5年。
云岭市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们是刚入驻先进材料产业园的初创公司，租了500平方米，租金每平每天0.6元，前两年总共能补多少？",
            "21.9万元", "500平方米 × 0.6元 × 365天/年 = 10.95万元", id="rent-is-lower",
        ),
        pytest.param(
            "刚入驻先进材料产业园的初创公司，租了800平方米厂房，租金每平每天1元，两年一共能补多少？",
            "35.04万元", "600平方米 × 0.8元 × 365天/年 = 17.52万元", id="rent-is-higher",
        ),
        pytest.param(
            "刚入驻先进材料产业园的初创公司，租了500平方米厂房，租金每平每月20元，一年能补多少？",
            "12万元", "240元 未超过标准292元", id="rent-by-the-month",
        ),
        pytest.param(
            "刚入驻先进材料产业园的初创公司，租了500平方米厂房，一年房租20万，能补多少？",
            "14.6万元", "20万元 超过标准14.6万元，按14.6万元", id="rent-of-a-year",
        ),
        pytest.param(
            "刚入驻先进材料产业园的初创公司，租了500平方米厂房，租金每平每天1元，三年一共能补多少？",
            "29.2万元", "3年 超过期限2年，按2年", id="more-years-than-given",
        ),
        pytest.param(
            "软件企业租办公用房400平方米，每平每月15元，三年一共补多少？",
            "21.6万元", "400平方米 × 15元 × 12个月/年 = 7.2万元", id="by-the-month",
        ),
        pytest.param(
            "物流企业租了1500平方米仓库，租金每平每月12元，两年补多少？",
            "最高30万元", "18万元 超过每年上限15万元，按15万元", id="limit-of-a-year",
        ),
        pytest.param(
            "老字号企业租了150平方米店铺，一年补贴多少？",
            "最高10.95万元", "150平方米 × 2元 × 365天/年 = 10.95万元", id="by-the-day-no-rent",
        ),
        pytest.param(
            "刚成立一年的设计企业，租了400平方米，一年房租补贴能拿多少？",
            "9万元", "300平方米 × 25元 × 12个月/年 = 9万元", id="age-is-no-span",
        ),
        pytest.param(
            "我们设计企业成立了2年，租了200平方米，房租补贴领满一共多少？",
            "12万元", "6万元/年 × 2年 = 12万元", id="age-and-all-of-it",
        ),
    ],
)  # fmt: skip
def test_rent_at_so_much_for_a_square_metre(
    works: Assistant, question: str, display: str, line: str
) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "物流企业租了1500平方米仓库，租金每平每月8元，两年补多少？", id="lower-and-not-said"
        ),
        pytest.param(
            "老字号企业租了150平方米店铺，租金每平每天1.5元，一年补贴多少？", id="lower-by-the-day"
        ),
        pytest.param(
            "刚入驻先进材料产业园的初创公司，租了800平方米厂房，一年房租20万，能补多少？",
            id="rent-of-more-than-counts",
        ),
        pytest.param(
            "刚入驻先进材料产业园的初创公司，租了500平方米厂房，房租20万，装修花了30万，能补多少？",
            id="another-amount",
        ),
        pytest.param("成立4年的设计企业，租了200平方米，一年房租补贴多少？", id="too-old"),
    ],
)
def test_no_sum_where_the_rent_may_be_lower(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_the_rent_is_assumed_to_be_no_lower(works: Assistant) -> None:
    answer = works.ask(
        Query("刚入驻先进材料产业园的初创公司，租了500平方米厂房，一年能补多少？", TODAY)
    )
    assert answer.calculation is not None
    assert answer.calculation.display == "14.6万元"
    assert "实际租金不低于条文的标准" in answer.calculation.assumptions
