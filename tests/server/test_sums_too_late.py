"""A condition of time that a case does not meet, and parts that are no amounts of their own."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_over

from retriever.query import Query
from server.assistant import Assistant

TODAY = date(2026, 11, 29)
TEXT = """云溪市支持电池产业发展办法
第一条 自开工之日起18个月内竣工投产的新建项目，按照固定资产投资额的5%给予奖励，最高不超过5000万元。
第二条 设备投资500万元以上的技术改造项目，按设备投资的10%给予补助，最高不超过800万元。
第三条 承担揭榜挂帅项目的，按项目研发投入的30%给予资助。
第四条 专家评审费用标准由市工业和信息化局另行制定，所需费用不得向企业收取。
第五条 本办法自2025年1月1日起施行。
云溪市人民政府
"""


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display"),
    [
        ("新建项目固定资产投了6亿，第15个月就投产了，奖多少", "最高3000万元"),
        ("新建项目固定资产投了6亿，奖多少", "最高3000万元"),
        # The condition is not met: what it gives then is not known.
        ("新建项目固定资产投了6亿，拖到第20个月才投产，奖多少", None),
        # Parts of a whole are no amounts beside it.
        ("技改设备一共6000万，里头500万是二手机器、100万是运费，补多少", "最高600万元"),
    ],
)
def test_no_figure_where_the_case_is_another(
    works: Assistant, question: str, display: str | None
) -> None:
    answer = works.ask(Query(question, TODAY))
    worked = answer.calculation
    assert (worked.display if worked and worked.result is not None else None) == display


@pytest.mark.parametrize(
    ("question", "status", "path"),
    [
        ("请专家来评审，评审费用一个人按多少算", "not_stated", "art4"),
        ("专家评审的费用会向企业收吗", "answered", "art4"),
    ],
)
def test_values_left_to_a_later_text(
    works: Assistant, question: str, status: str, path: str
) -> None:
    answer = works.ask(Query(question, TODAY))
    assert (answer.status, [str(c.address.path) for c in answer.citations]) == (status, [path])
