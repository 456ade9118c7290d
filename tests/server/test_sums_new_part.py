"""What is new of two years, prices of what is left, and support that another level matches."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.written_out import spelt_out

TEXT = """槐荫市人民政府关于印发《槐荫市支持食品加工产业若干措施》的通知
槐荫政发〔2025〕7号
槐荫市支持食品加工产业若干措施
第一条 支持设备投入。对年度新增固定资产投资额1500万元（含）以上，且单台（套）生产设备30万元（含）以上的企业，按生产设备实际付款金额的10%给予补助，单个企业最高不超过400万元。
第二条 支持代加工。对承接代加工任务的企业，按其年度新增代加工合同金额的4%给予奖励，单个企业每年最高不超过120万元。
第三条 支持信用担保。建立信用担保机制，市财政每年给予800万元定向支持，清泉县按照1.5倍比例匹配资金。
第四条 本措施自2025年6月1日起施行，有效期3年。
槐荫市人民政府
2025年5月6日
"""

TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "今年新投了2000万（地和厂房没算），里头已经付款、转了固定资产的生产设备900万，每台都在50万以上，设备这块能补多少？",
            "最高90万元", "900万元 × 10% = 90万元", id="the price of each is held against that of one",
        ),
        pytest.param(
            "今年新增固定资产投资2000万，单台30万以上的生产设备付款900万，其余都是十来万的小设备，设备补助多少？",
            "最高90万元", "900万元 × 10% = 90万元", id="small-things-left",
        ),
        pytest.param(
            "今年新增固定资产投资2000万，单台30万以上的生产设备实际付款900万，剩下的每台不到30万，补多少？",
            "最高90万元", "900万元 × 10% = 90万元", id="too-cheap",
        ),
        pytest.param(
            "今年新增固定资产投资2000万，生产设备实际付款900万，每台都五十万往上，补多少？",
            "最高90万元", "900万元 × 10% = 90万元", id="price-behind",
        ),
        pytest.param(
            "承接代加工任务，去年代加工合同1000万，今年做到2600万，新增的部分奖多少？",
            "最高64万元", "2600万元 − 1000万元 = 1600万元", id="new-part",
        ),
        pytest.param(
            "承接代加工任务，2024年合同1000万，2025年合同2600万，按新增的算能奖多少？",
            "最高64万元", "1600万元 × 4% = 64万元", id="years-by-number",
        ),
        pytest.param(
            "信用担保，从25年到27年，市里给的加上清泉县配的一共多少？",
            "6000万元", "2000万元/年 × 3年 = 6000万元", id="matched-over-years",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # How much all of them cost is not said.
        "今年新增固定资产投资2000万，单台30万以上的生产设备实际付款900万，剩下的每台三四十万，补多少？",
        # All of this year's contracts may be new.
        "承接代加工任务，去年代加工合同1000万，今年2600万，奖多少？",
        "承接代加工任务，去年合同2600万，今年1000万，按新增的部分算奖多少？",
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("从22年到24年总共多少", "3年总共多少"),
        ("2019年至2021年每年", "3年每年"),
        ("从22年到24年初", "从22年到24年初"),
        ("24年到22年", "24年到22年"),
    ],
)
def test_years_from_one_to_another(said: str, written: str) -> None:
    assert spelt_out(said) == written
