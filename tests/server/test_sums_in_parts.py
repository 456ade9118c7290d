"""Sums that are paid in parts, and what insurance pays where a clause names its matter first."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.facts import stated_facts

TEXT = """海平市产业和民生若干规定
第一条 对新引进的总部企业，自注册之日起1年内实缴资本达到800万元以上（含）的，按实缴资本的3%给予落户奖励，最高不超过200万元，分两年按70%、30%拨付。
第二条 建设补助。社会力量举办的普惠养老驿站，新建的每个床位补助8000元，改建、扩建的每个新增床位补助5000元，单个机构建设补助累计不超过100万元。补助资金在机构备案后拨付50%，连续运营满1年后拨付50%。
第三条 住院起付标准。一级、二级、三级定点医疗机构分别为150元、400元、800元；一个自然年度内第二次住院的，起付标准降低50%。
第四条 住院支付比例。起付标准以上、年度支付限额以下的政策范围内费用，由统筹基金按照下列比例支付：
（一）职工医保在职人员在一级、二级、三级定点医疗机构分别为90%、86%、82%；退休人员相应提高3个百分点。
（二）居民医保参保人员在一级、二级、三级定点医疗机构分别为80%、70%、60%；70周岁以上老年人相应提高5个百分点。
统筹基金年度支付限额，职工医保为25万元，居民医保为15万元。
第五条 从市外整体迁入的高新技术企业，奖励40万元，按迁入当年、次年各50%兑付。
第六条 本规定自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "新引进的总部企业，半年内实缴资本1亿元，头一年能先拿到多少落户奖励？",
            "最高140万元（按期拨付，全部为最高200万元）", "200万元 × 70% = 140万元", id="by-years",
        ),
        pytest.param(
            "准备新办一家普惠养老驿站200个床位，备案完第一笔建设补助能拿多少？",
            "最高50万元（按期拨付，全部为最高100万元）", "200个 × 8000元 = 160万元", id="part-of-what-is-left-by-a-limit",
        ),
        pytest.param(
            "退休职工，今年头一回住三甲医院，政策内花了2万，能报多少？",
            "1.632万元", "1.92万元 × 3% = 576元", id="what-a-clause-is-on-is-said-first",
        ),
        pytest.param(
            "在职职工，今年第二次住三甲医院，政策内花了2万，能报多少？",
            "1.6072万元", "2万元 − 400元 = 1.96万元", id="half-the-deductible-the-second-time",
        ),
        pytest.param(
            "居民医保，今年头一回住二级医院，政策内花了1万，能报多少？",
            "6720元", "9600元 × 70% = 6720元", id="what-is-more-for-others",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


def test_no_sum_for_those_who_may_get_more(works: Assistant) -> None:
    question = "居民医保，75岁老人今年头一回住二级医院，政策内花了1万，能报多少？"
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_what_holds_the_things_counted_is_not_counted() -> None:
    facts = stated_facts("新办一家养老驿站200个床位")
    assert [fact.written for fact in facts] == ["200个"]


def test_by_when_something_was_done_multiplies_nothing() -> None:
    assert [fact.written for fact in stated_facts("半年内实缴2亿元")] == ["2亿元"]
    assert [fact.written for fact in stated_facts("三年内租金补多少")] == ["三年"]
