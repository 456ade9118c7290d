"""Figures of what counts for a share only, by what the document says of a term."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """松原港市会展和物流业发展资金管理办法
松原港商〔2025〕9号
第一条 本办法下列用语的含义：
（一）展示面积，是指展会租用的馆内面积与露天面积之和，其中露天面积按40%折算；
（二）仓储面积，是指仓库建筑面积，其中雨棚面积减半计入。
第二条 办展补助。对在本市举办、展示面积5000平方米（含）以上的展会，按展示面积每平方米15元给予补助，单个展会最高不超过50万元。
第三条 仓储补助。对新建仓储面积3000平方米以上的仓库，按仓储面积每平方米10元给予补助，单个企业最高不超过30万元。
第四条 租房补贴。对租用办公用房的物流企业，按租用面积每平方米60元给予补贴，单个企业最高不超过12万元。
第五条 年度预算不足的，按同一比例折算兑现。
第六条 本办法自2025年2月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "松原港市办展会，租了馆内12000平方米，露天5000平方米，办展补助多少？",
            "最高21万元", "12000平方米 + 2000平方米 = 14000平方米", id="beside",
        ),
        pytest.param(
            "松原港市办展会，展示面积一共17000平方米，其中露天5000平方米，办展补助多少？",
            "最高21万元", "17000平方米 − 5000平方米 = 12000平方米", id="part-of-it",
        ),
        pytest.param(
            "松原港市办展会，全在露天，露天租了20000平方米，办展补助多少？",
            "最高12万元", "20000平方米 × 40% = 8000平方米", id="alone",
        ),
        pytest.param(
            "松原港市新建仓库，仓储面积20000平方米，其中雨棚4000平方米，仓储补助多少？",
            "最高18万元", "4000平方米 × 50% = 2000平方米", id="halved",
        ),
        pytest.param(
            "松原港市办展会，展示面积12000平方米，办展补助多少？",
            "最高18万元", "12000平方米 × 15元 = 18万元", id="no-part-of-it",
        ),
        pytest.param(
            "松原港市办展会，展示面积折算后14000平方米，含露天的，办展补助多少？",
            "最高21万元", "14000平方米 × 15元 = 21万元", id="done-already",
        ),
    ],
)  # fmt: skip
def test_what_counts_for_less(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


def test_no_sum_where_a_part_may_be_in_the_whole_or_beside_it(works: Assistant) -> None:
    asked = "松原港市办展会，展示面积12000平方米，露天5000平方米，办展补助多少？"
    works_out_nothing(works.ask(Query(asked, TODAY)))
