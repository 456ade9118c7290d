"""Sums of clauses whose items go together: steps, amounts for each kind, what a further item adds."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """北原市产业扶持若干规定
第一条 对实施数字化改造项目的企业，软硬件投入在100万元以上（含）的，按下列标准分段给予补助：
（一）500万元（含）以内的部分，按8%补助；
（二）超过500万元、不超过2000万元（含）的部分，按10%补助；
（三）超过2000万元的部分，按12%补助。
单个项目补助最高180万元，同一企业同一年度补助最高260万元。省级灯塔企业的单个项目补助上限提高50万元。
第二条 对年度研发投入达到200万元以上（含）的企业，按下列标准给予研发投入补助：
（一）研发投入较上年度增长的，按增量部分的5%补助，最高60万元；
（二）研发投入占当年销售收入比例达到4%以上（含）的，在前项基础上再补助15万元。
第三条 新建公共型储粮仓总容积500立方米以上（含）的，建成投用后按下列标准补助：
（一）常温仓每立方米40元；
（二）低温仓每立方米90元；
（三）超低温仓每立方米130元。
单个项目最高60万元，且不超过保温设备及安装投资额的40%。企业自用仓按前述标准的50%计算。
第四条 购置新环卫车并在本市登记上牌的，新能源小型、中型、大型环卫车分别每辆补助2万元、4万元、7万元；燃油环卫车按前述标准的一半补助。每家企业每年补助不超过6辆。
第九条 本规定自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们数字化改造项目软硬件投入1500万元，补助能算出来多少？",
            "最高140万元", "1000万元 × 10% = 100万元", id="steps-in-items",
        ),
        pytest.param(
            "数字化改造项目软硬件投入2600万元，能补多少？",
            "最高180万元", "262万元 超过上限180万元，按180万元", id="steps-held-to-a-limit-beside",
        ),
        pytest.param(
            "数字化改造项目软硬件投入80万元，能补多少？",
            "0元", "80万元 未达到100万元，不能享受", id="from-where-on-the-steps-hold",
        ),
        pytest.param(
            "去年研发投入700万，今年1500万，销售收入3亿元，研发投入补助能拿多少？",
            "最高55万元", "40万元 + 15万元 = 55万元", id="growth-and-what-a-share-adds",
        ),
        pytest.param(
            "去年研发投入700万，今年1500万，销售收入5亿元，研发投入补助能拿多少？",
            "最高40万元", "1500万 未达到2000万元，不能享受增加的部分", id="a-share-not-reached",
        ),
        pytest.param(
            "去年研发投入90万，今年150万，研发投入补助能拿多少？",
            "0元", "150万 未达到200万元，不能享受", id="from-where-on-the-items-hold",
        ),
        pytest.param(
            "新建公共型低温仓6000立方，保温设备连安装花了100万，储粮仓能补多少？",
            "最高40万元", "54万元 超过上限40万元，按40万元", id="a-limit-that-is-a-share-of-a-cost",
        ),
        pytest.param(
            "新建公共型超低温储粮仓400立方米，能补多少？",
            "0元", "400立方米 未达到500立方米，不能享受", id="from-how-many-on",
        ),
        pytest.param(
            "我们企业自用的低温储粮仓，新建3000立方米，能补多少？",
            "最高13.5万元", "27万元 × 50% = 13.5万元", id="a-case-that-gets-a-share",
        ),
        pytest.param(
            "自用低温仓3000立方米，储粮仓能补多少？",
            "最高13.5万元", "27万元 × 50% = 13.5万元", id="a-case-by-the-word-of-its-own",
        ),
        pytest.param(
            "买了2辆新能源大型环卫车、3辆烧油的小型环卫车，都是新车本地上牌，总共补多少？",
            "17万元", "6万元 × 50% = 3万元", id="half-for-one-of-two-kinds",
        ),
        pytest.param(
            "买了3辆燃油的中型环卫车，新车本地上牌，能补多少？",
            "6万元", "12万元 × 50% = 6万元", id="half-for-the-only-kind",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # For these the limit is another one.
        "我们是省级灯塔企业，数字化改造项目软硬件投入2600万元，能补多少？",
        # More than any amount is given for.
        "买了4辆新能源大型环卫车、3辆新能源小型环卫车，都是新车本地上牌，总共补多少？",
        "买了8辆新能源大型环卫车，新车本地上牌，能补多少？",
        # Which kind of car is not said.
        "买了3辆中型环卫车，新车本地上牌，能补多少？",
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_a_further_case_not_stated_is_named(works: Assistant) -> None:
    question = "去年研发投入700万，今年1500万，研发投入补助能拿多少？"
    calculation = works.ask(Query(question, TODAY)).calculation
    assert calculation is not None and calculation.display == "最高40万元"
    assert any("销售收入" in said for said in calculation.assumptions)


def test_which_item_is_asked(works: Assistant) -> None:
    calculation = works.ask(Query("新建公共型储粮仓6000立方，能补多少？", TODAY)).calculation
    assert calculation is not None and calculation.result is None
    assert calculation.missing == ("您说的是哪一种：常温仓，还是低温仓，还是超低温仓？",)


def test_a_limit_of_a_cost_not_stated_is_named(works: Assistant) -> None:
    question = "新建公共型常温储粮仓6000立方，能补多少？"
    calculation = works.ask(Query(question, TODAY)).calculation
    assert calculation is not None and calculation.display == "最高24万元"
    assert any("投资额的40%" in said for said in calculation.assumptions)
