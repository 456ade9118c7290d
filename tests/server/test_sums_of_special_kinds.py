"""A special kind beside the plain one: its share, for amounts that say that they are of it alone."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """青浦新片区支持集成电路产业若干措施
青浦规〔2025〕3号
第一条 对设计企业开展首轮流片的，按流片费用的25%给予支持，其中工艺制程为28纳米及以下的，支持比例为45%。单个企业每年支持最高1800万元。
第二条 对设计企业购买EDA工具的，按实际采购费用的15%给予支持；购买国产EDA工具的，按实际采购费用的40%给予支持。单个企业每年合计最高500万元。
第三条 对设计企业向第三方购买IP的，按实际采购费用的20%给予支持，单个企业每年最高260万元。
第四条 引进的全国性巡回展，展览面积2万平方米以上的，奖励60万元；4万平方米以上的，奖励150万元；6万平方米以上的，奖励260万元。
第五条 本措施自2025年3月1日起施行，有效期3年。
"""
TODAY = date(2026, 12, 1)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "首轮流片22nm的花了1000万，补多少", "最高450万元", "1000万元 × 45% = 450万元",
            id="of-the-fine-process",
        ),
        pytest.param(
            "首轮流片40nm的花了1000万，补多少", "最高250万元", "1000万元 × 25% = 250万元",
            id="of-another-process",
        ),
        pytest.param(
            "买了国外EDA 600万、国产EDA 700万，EDA补多少", "最高370万元",
            "600万元 × 15% = 90万元", id="each-by-its-own-kind",
        ),
        pytest.param(
            "买了国外EDA 600万、国产EDA 700万，还跟第三方买了900万的IP，一共补多少", "最高550万元",
            "900万元 × 20% = 180万元", id="letters-of-another-clause",
        ),
        pytest.param(
            "巡回展面积5万平奖多少", "150万元", "150万元", id="a-step-by-area",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)
