"""Lots of several kinds, so many of each at a price of its own, by the rate of its kind."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """溪口市支持企业购置智能设备办法
溪口工信〔2025〕4号
第一条 机床补助。企业购置数控机床的，购置本市企业生产的机床按每台购置价的12%、购置其他机床按每台购置价的6%给予补助，每台最高不超过5万元，单个企业每年最高不超过150万元。
第二条 车辆补助。物流企业购置车辆的，购置电动货车按每辆购置价的10%、购置氢能货车按每辆购置价的20%给予补助，每辆最高不超过8万元。
第三条 本办法自2025年2月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "溪口市的厂买了15台数控机床，10台是本地企业产的每台50万元，另外5台是外地的每台40万元，补助多少？",
            "最高62万元", "10台 × 5万元 = 50万元", id="here-and-away",
        ),
        pytest.param(
            "溪口市的厂买数控机床，20台进口的每台60万元，12台本市产的每台30万元，机床补助多少？",
            "最高115.2万元", "20台 × 3.6万元 = 72万元", id="the-other-way-round",
        ),
        pytest.param(
            "溪口市物流企业买了6辆电动货车每辆30万元，还买了4辆氢能货车每辆50万元，补助多少？",
            "最高50万元", "4辆 × 8万元 = 32万元", id="kinds-by-name",
        ),
        pytest.param(
            "溪口市的厂买了1台本市企业生产的数控机床，购置价80万元，补助多少？",
            "最高5万元", "9.6万元 超过上限5万元，按5万元", id="limit-for-the-first-kind-too",
        ),
    ],
)  # fmt: skip
def test_lots_by_their_kind(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "溪口市的厂买了15台数控机床，10台大的每台50万元，另外5台小的每台40万元，补助多少？",
            id="kind-not-told",
        ),
        pytest.param(
            "溪口市物流企业买了6辆电动货车每辆30万元，还买了4辆柴油货车每辆20万元，补助多少？",
            id="kind-of-no-rate",
        ),
    ],
)
def test_no_sum_where_a_kind_is_not_told(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
