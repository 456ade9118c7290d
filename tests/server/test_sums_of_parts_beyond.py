"""A rate and another one for the part beyond a limit, told in the words behind it: 按10%给予补助；5000万元以上的部分，按14%
给予补助."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """云岭市人民政府关于印发《云岭市支持制造业若干措施》的通知
云岭政发〔2025〕10号
云岭市支持制造业若干措施
第一条 对实际设备投资1000万元以上的项目，按照实际设备投资的10%给予补助；实际设备投资5000万元以上的部分，按照14%给予补助。单个项目最高2000万元。
第二条 对企业年度研发费用，按照研发费用的6%给予资助。研发费用超过3000万元的部分，按照9%给予资助。单个企业每年最高500万元。
第三条 对首次采购工业软件的企业，按软件采购金额的20%给予补贴，超过200万元的部分按30%给予补贴，最高150万元。
第四条 对物流企业年度运费，按运费的3%给予补贴；超过1000万元至2000万元的部分，按4%给予补贴；超过2000万元的部分，按5%给予补贴。
第五条 对新建冷库的企业，按冷库建设投入的15%给予补助；冷库建设投入1000万元以上的，按照20%给予补助。
第六条 对企业上市，按照募集资金的1%给予奖励；其中募集资金5亿元以上部分，按照0.5%给予奖励，最高1000万元。
第七条 对企业参展费用，按照参展费用的40%给予补贴，最高50万元；超过300万元的部分，按照20%给予补贴。
第八条 对企业引进技术，按照技术合同金额的5%给予奖励；超过400万元的部分，再按3%给予奖励。
第九条 本措施自2025年2月1日起施行，有效期5年。
云岭市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们的项目实际设备投资8000万元，补助多少？",
            "最高920万元", "500万元 + 420万元 = 920万元", id="beyond",
        ),
        pytest.param(
            "我们的项目实际设备投资3000万元，补助多少？",
            "最高300万元", "3000万元 × 10% = 300万元", id="not-beyond",
        ),
        pytest.param(
            "我们的项目实际设备投资800万元，补助多少？",
            "0元", "实际设备投资：800万元 未达到1000万元，不能享受", id="threshold",
        ),
        pytest.param(
            "我们的项目实际设备投资3亿元，补助多少？",
            "最高2000万元", "4000万元 超过上限2000万元，按2000万元", id="limit-of-both",
        ),
        pytest.param(
            "企业年度研发费用4000万元，资助多少？",
            "最高270万元", "180万元 + 90万元 = 270万元", id="in-the-next-sentence",
        ),
        pytest.param(
            "首次采购工业软件花了500万，补贴多少？",
            "最高130万元", "40万元 + 90万元 = 130万元", id="in-the-same-sentence",
        ),
        pytest.param(
            "物流企业年度运费2500万，补贴多少？",
            "95万元", "30万元 + 40万元 + 25万元 = 95万元", id="three-parts",
        ),
        pytest.param(
            "公司上市募集资金8亿元，奖励多少？",
            "最高650万元", "500万元 + 150万元 = 650万元", id="of-which",
        ),
        pytest.param(
            "新建冷库投入1200万元，补助多少？",
            "240万元", "1200万元 × 20% = 240万元", id="all-of-it-no-part",
        ),
    ],
)  # fmt: skip
def test_a_rate_for_the_part_beyond(
    works: Assistant, question: str, display: str, line: str
) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("企业参展费用400万，补贴多少？", id="limit-of-the-first-part"),
        pytest.param("企业引进技术，技术合同金额1000万，奖励多少？", id="on-top"),
    ],
)
def test_no_sum_where_it_is_not_told_what_a_rate_holds_for(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
