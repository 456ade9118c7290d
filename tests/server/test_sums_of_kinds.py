"""Amounts of several kinds of one clause in one question: each is held to the limit of its own kind."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """云岭市人民政府关于印发《云岭市支持现代物流业若干措施》的通知
云岭政发〔2025〕7号
云岭市支持现代物流业若干措施
第一条 新建并向社会开放的小型冷库、中型冷库、大型冷库，按核定建设投入的30%给予补助，分别不超过20万元、100万元、300万元，单个企业每年不超过350万元。
第二条 对获得高级、中级认证的物流平台，分别按认证费用的50%、30%给予补助，最高20万元。
第三条 支持产业交流。对举办全国性、省级和市级重点支持的物流展会、论坛等活动，按活动实际发生费用的40%给予支持，单场活动最高补贴分别不超过80万元、40万元、15万元，单个企业年度补贴不超过100万元。
第四条 支持出口保险。对企业投保境内产品责任保险、境外产品责任保险的，按实际缴纳保费的40%，最高分别补贴20万元、60万元。
第五条 本措施自2025年2月1日起施行，有效期5年。
云岭市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "今年办了两场活动：一场省级物流论坛，审计下来花了120万元；一场市级的，花了30万元。一共能补多少？",
            "最高52万元", "48万元 超过上限40万元，按40万元", id="told-before",
        ),
        pytest.param(
            "一场物流论坛花了120万，是省级的；一场花了50万，是市级的。两场总共补多少？",
            "最高55万元", "20万元 超过上限15万元，按15万元", id="told-behind",
        ),
        pytest.param(
            "全国性物流论坛和市级物流论坛都办了，分别花了150万和50万，总共补多少？",
            "最高75万元", "20万元 超过上限15万元，按15万元", id="listed",
        ),
        pytest.param(
            "办了三场物流论坛：一场全国性的，花了150万元；一场省级的，花了120万元；一场市级的，花了30万元。一共能补多少？",
            "最高100万元", "112万元 超过每年上限100万元，按100万元", id="three-and-the-year",
        ),
        pytest.param(
            "买了境内产品责任险，保费30万元，又买了境外产品责任险，保费100万元，一共补多少？",
            "最高52万元", "40万元 未超过上限60万元", id="insured-twice",
        ),
        pytest.param(
            "境内产品责任险和境外产品责任险各买了一份，保费分别是30万元和100万元，一共补多少？",
            "最高52万元", "40万元 未超过上限60万元", id="insured-twice-listed",
        ),
        pytest.param(
            "新建了一座小型冷库，核定建设投入80万元；又建了一座大型冷库，核定投入1200万元，一共补多少？",
            "最高320万元", "360万元 超过上限300万元，按300万元", id="kinds-as-written",
        ),
        pytest.param(
            "我们的平台拿了高级认证，认证费花了10万，后来又拿了中级认证，认证费8万，一共补多少？",
            "最高7.4万元", "8万元 × 30% = 2.4万元", id="shares-of-their-own",
        ),
        pytest.param(
            "两场都是省级的物流论坛，一场花了60万，一场花了30万，一共补多少？",
            "最高36万元", "30万元 × 40% = 12万元", id="one-kind",
        ),
    ],
)  # fmt: skip
def test_each_amount_is_held_to_the_limit_of_its_kind(
    works: Assistant, question: str, display: str, line: str
) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "建了中型冷库和大型冷库，核定建设投入分别是400万、800万和300万，一共补多少？",
            id="more-amounts-than-kinds",
        ),
        pytest.param(
            "我们是市级专精特新企业，办物流论坛花了60万；后来办了省级论坛，花了30万，一共补多少？",
            id="kind-of-the-company",
        ),
        pytest.param(
            "买了产品责任险，保费30万元，又买了一份，保费100万元，一共补多少？", id="no-kind"
        ),
        pytest.param(
            "去年办了省级物流论坛，花了120万，今年办了一场市级的，花了30万，一共补多少？",
            id="two-years",
        ),
        pytest.param("省级物流论坛花了120万，其中场地60万，市级论坛30万，一共补多少？", id="part"),
    ],
)
def test_no_sum_where_the_kind_of_an_amount_is_not_told(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
