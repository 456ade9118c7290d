"""Amounts for each trip that brings so many guests, raised for some of them."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """澜浦市人民政府关于印发《澜浦市支持旅游客源拓展若干措施》的通知
澜浦政发〔2025〕7号
澜浦市支持旅游客源拓展若干措施
第一条 支持包机和专列。组织旅游包机来澜，单架次游客80人（含）以上的，每架次奖励1.5万元；组织旅游专列来澜，单列游客200人以上的，每列奖励2万元；游客400人以上的，每列奖励4万元。境外包机奖励标准上浮40%。单个企业每年最高不超过80万元。
第二条 支持邮轮旅游。组织邮轮靠泊澜浦港，单航次游客600人及以上的，每航次奖励6万元，单个企业每年最高不超过50万元。
第三条 支持自驾游。组织大巴旅游团来澜的，每车次奖励500元，每车不少于30人。
第四条 支持住宿。对旅游民宿，按每间客房2000元给予补助。
第五条 本措施自2025年3月1日起施行，有效期5年。
澜浦市人民政府
2025年2月10日
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "组织了5架次境外旅游包机，每架100人，还有3趟旅游专列，每趟420人，奖励一共多少",
            "最高22.5万元", "7.5万元 × 40% = 3万元", id="one-kind-raised",
        ),
        pytest.param(
            "组织了两趟旅游专列，每趟250人，能奖多少",
            "最高4万元", "2趟 × 2万元 = 4万元", id="the-step-reached",
        ),
        pytest.param(
            "我们组织4架次国内包机来澜，每架载客90人，奖励多少",
            "最高6万元", "4架次 × 1.5万元 = 6万元", id="not-raised",
        ),
        pytest.param(
            "组织专列3列，每列150人，能奖多少",
            "0元", "150人 未达到200人，不能享受", id="too-few-guests",
        ),
        pytest.param(
            "组织了10航次邮轮来澜浦，每航次800人，奖励多少",
            "最高50万元", "60万元 超过上限50万元，按50万元", id="held-to-the-limit",
        ),
    ],
)  # fmt: skip
def test_trips_at_their_amounts(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("组织了3趟旅游专列，奖励多少", id="how-many-guests-is-not-said"),
        pytest.param("组织了6架次包机、2趟专列，都是300人，奖励多少", id="guests-of-which"),
        pytest.param("组织了3趟大巴旅游团，每趟40人，包机奖励多少", id="a-kind-without-an-amount"),
        pytest.param("组织了3趟专列，一共900人，奖励多少", id="all-guests-together"),
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
