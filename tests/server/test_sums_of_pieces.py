"""Things of so much power each, at an amount for one unit of it, held to a share of what they cost."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """云水市充电设施补贴办法
云水发〔2025〕8号
第一条 对公共充电站给予建设补贴：
（一）直流充电桩、无线充电桩，按350元/千瓦给予补贴；
（二）交流充电桩，每千瓦补贴80元。
单个站点的建设补贴不超过设备投资额的25%，且最高不超过100万元。
第二条 储能电站建设补助。对新建储能电站，按200元/千瓦时给予补助，单个项目最高不超过设备投资的20%。
第三条 光伏补助。对屋顶光伏按0.3元/瓦给予补助。
第四条 对专用充电设施，直流桩、交流桩分别按每千瓦200元、40元给予补助，单站补助不超过实际投资额的30%。
第五条 老旧小区的充电设施，建设补贴标准在第一条基础上上浮20%。
第六条 本办法自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "云水市建公共充电站，20个120千瓦的直流桩，设备投资200万元，建设补贴多少？",
            "最高50万元", "84万元 超过上限50万元，按50万元", id="number-before",
        ),
        pytest.param(
            "云水市公共充电站装了直流桩20个，每个120千瓦，设备投资400万元，建设补贴能拿多少？",
            "最高84万元", "20个 × 120千瓦 × 350元/千瓦 = 84万元", id="of-each",
        ),
        pytest.param(
            "云水市公共充电站装120千瓦的直流桩20个，设备投资400万，建设补贴给多少",
            "最高84万元", "20个 × 120千瓦 × 350元/千瓦 = 84万元", id="number-behind",
        ),
        pytest.param(
            "云水市公共充电站10个120千瓦的直流桩和30个7千瓦的交流桩，设备投资300万，建设补贴一共多少",
            "最高43.68万元", "42万元 + 1.68万元 = 43.68万元", id="two-kinds",
        ),
        pytest.param(
            "云水市公共充电站总功率2400千瓦的直流桩共20个，设备投资150万，建设补贴多少",
            "最高37.5万元", "2400千瓦 × 350元/千瓦 = 84万元", id="in-all",
        ),
        pytest.param(
            "云水市专用充电设施20台60千瓦的直流桩，实际投资60万元，补助多少",
            "最高18万元", "20台 × 60千瓦 × 200元 = 24万元", id="of-the-kind-named",
        ),
        pytest.param(
            "云水市新建储能电站2000千瓦时，设备投资300万元，补助多少",
            "最高40万元", "40万元 未超过上限60万元", id="one-clause",
        ),
    ],
)  # fmt: skip
def test_so_much_of_each(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "云水市公共充电站直流桩每个120千瓦，设备投资200万元，建设补贴多少", id="no-number"
        ),
        pytest.param(
            "云水市老旧小区的公共充电站，20个120千瓦的直流桩，设备投资200万元，建设补贴多少？",
            id="raised-for-the-case-told",
        ),
        pytest.param(
            "云水市建了3个公共充电站，每站20个120千瓦的直流桩，设备投资200万元，建设补贴多少？",
            id="several-sites",
        ),
        pytest.param(
            "云水市公共充电站8根60千瓦的直流桩，设备投资200万元，建设补贴多少", id="unit-not-read"
        ),
    ],
)
def test_no_sum_where_a_figure_is_taken_by_nothing(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_the_kind_is_asked_back(works: Assistant) -> None:
    question = "云水市公共充电站20个120千瓦的充电桩，设备投资200万元，建设补贴多少"
    answer = works.ask(Query(question, TODAY))
    assert answer.calculation is not None
    assert answer.calculation.missing == (
        "您说的是哪一种：直流充电桩、无线充电桩，还是交流充电桩？",
    )


def test_a_share_of_a_cost_that_nobody_states_is_assumed(works: Assistant) -> None:
    answer = works.ask(Query("云水市公共充电站20个120千瓦的直流桩，建设补贴多少", TODAY))
    assert answer.calculation is not None
    assert answer.calculation.assumptions == ("不超过设备投资额的25%",)
