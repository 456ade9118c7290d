"""A share of what each person costs, held to a limit for each and a time."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """江州市企业引才补贴办法
江人社规〔2025〕9号
第一条 为支持企业引才，制定本办法。
第二条 岗位补贴。对新引进博士的企业，按其月工资的50%给予补贴，每人每月最高2000元，补贴期限12个月。
第三条 租房补贴。对在本市租房的新引进人才，按实际租金的60%给予补贴，每人每月最高800元，最长24个月。
第四条 社保补贴。对招用毕业生的企业，按企业缴纳社会保险费的100%给予补贴，每人每年最高6000元，单个企业每年最高30万元。
第五条 培训补贴。对组织培训的企业，按培训费用的80%给予补助，每人次最高500元。
第六条 本办法自2025年5月1日起施行，有效期3年。
"""
TODAY = date(2026, 3, 1)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "新引进4个博士，每个人月工资3万元，岗位补贴一个月一共多少？",
            "最高8000元", "4人 × 2000元 = 8000元", id="persons",
        ),
        pytest.param(
            "公司3个人在江州租房，每人每月租金2000元，租房补贴一年一共多少？",
            "最高2.88万元", "2400元 × 12个月/年 = 2.88万元", id="persons-and-a-year",
        ),
        pytest.param(
            "我一个月租金1000元，租了30个月，租房补贴总共多少？",
            "最高1.44万元", "30个月 超过期限24个月，按24个月", id="longer-than-it-is-given",
        ),
        pytest.param(
            "在江州租房每月房租900元，租房补贴一个月能拿多少",
            "最高540元", "540元 未超过每人每月上限800元", id="below-the-limit",
        ),
        pytest.param(
            "招用60名毕业生，每人每年企业交社保8000元，社保补贴一年多少？",
            "最高30万元", "36万元 超过每年上限30万元，按30万元", id="limit-of-the-firm",
        ),
        pytest.param(
            "培训了100人次，每人次花800元，能补多少？",
            "最高5万元", "100人次 × 500元 = 5万元", id="each-time",
        ),
    ],
)  # fmt: skip
def test_worked_out(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "招用20名毕业生，企业一年一共交社保20万元，社保补贴多少？", id="of-all-of-them"
        ),
        pytest.param("公司3个人在江州租房，房租2万元，租房补贴多少？", id="for-what-time"),
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
