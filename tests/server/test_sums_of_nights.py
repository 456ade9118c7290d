"""Amounts for each guest and night, no more nights than the clause counts."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from indexer.entitlements.quantities import find_quantities
from retriever.query import Query
from server.assistant import Assistant

TEXT = """云岭市人民政府关于印发《云岭市支持旅游业若干措施》的通知
云岭政发〔2025〕9号
云岭市支持旅游业若干措施
第一条 支持引客。旅行社年度组织境外游客来云岭过夜500人次以上的，按照每人每晚40元给予奖励；年度组织省外游客来云岭过夜2000人次以上的，按照每人每晚15元给予奖励。每名游客最多计算2晚，单个旅行社每年最高80万元。
第二条 支持康养基地。康养基地接待异地老年人疗养的，按每人每晚20元给予补助，每人最多补助7晚。
第三条 支持邮轮。组织境外邮轮停靠云岭，单航次游客100人以上的，每航次奖励5万元；组织旅游专列的，每列奖励3万元。
第四条 支持亲子旅游。亲子旅游团队在云岭住宿不少于2晚、人数80人（含）以上的，按照每人每晚60元给予组团企业奖励，每人最多计算3晚，单个团队最高15万元。
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
            "一家旅行社今年组织了2000名境外游客来云岭，每人住4晚，引客奖励多少？",
            "最高16万元", "4晚 超过上限2晚，按2晚", id="more-nights-than-count",
        ),
        pytest.param(
            "旅行社今年组织了2000名国外游客来云岭，每人住2晚，引客奖励多少？",
            "最高16万元", "2000人 × 2晚 × 40元 = 16万元", id="called-otherwise",
        ),
        pytest.param(
            "旅行社今年组织了3000名省外游客过来，都住了一晚，引客奖励多少？",
            "最高4.5万元", "3000人 × 1晚 × 15元 = 4.5万元", id="one-night",
        ),
        pytest.param(
            "旅行社组织了1200名境外游客住2晚，800名境外游客住1晚，引客奖励一共多少？",
            "最高12.8万元", "9.6万元 + 3.2万元 = 12.8万元", id="nights-of-their-own",
        ),
        pytest.param(
            "旅行社组织了300名境外游客住2晚，400名境外游客住1晚，引客奖励一共多少？",
            "最高4万元", "2.4万元 + 1.6万元 = 4万元", id="reached-together",
        ),
        pytest.param(
            "旅行社组织了1000名境外游客、3000名省外游客来云岭，每人都住2晚，引客奖励一共多少？",
            "最高17万元", "8万元 + 9万元 = 17万元", id="two-kinds",
        ),
        pytest.param(
            "旅行社今年带来境外游客2万人，人均住三夜，引客奖励能拿多少？",
            "最高80万元", "160万元 超过每年上限80万元，按80万元", id="limit-of-the-year",
        ),
        pytest.param(
            "旅行社今年带来境外游客2000人，玩两天一夜，引客奖励能拿多少？",
            "最高8万元", "2000人 × 1晚 × 40元 = 8万元", id="days-and-nights",
        ),
        pytest.param(
            "旅行社今年组织了400名境外游客来云岭，每人住1晚，引客奖励多少？",
            "0元", "400名 未达到500人次，不能享受", id="below-the-threshold",
        ),
        pytest.param(
            "康养基地今年接待了300名异地老年人疗养，每人住10晚，补助多少？",
            "4.2万元", "10晚 超过上限7晚，按7晚", id="one-amount",
        ),
        pytest.param(
            "旅行社组了个200人的亲子旅游团，在云岭住了5个晚上，能奖多少钱？",
            "最高3.6万元", "5晚 超过上限3晚，按3晚", id="a-group-of-so-many",
        ),
        pytest.param(
            "旅行社组了1000人的亲子旅游团到云岭，住三个晚上，能奖多少钱？",
            "最高15万元", "18万元 超过上限15万元，按15万元", id="limit-behind-the-nights",
        ),
    ],
)  # fmt: skip
def test_guests_and_nights(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "旅行社今年带来境外游客2000人，有的住1晚，有的住2晚，引客奖励能拿多少？", id="whose"
        ),
        pytest.param("旅行社今年组织了3000名省外游客来云岭，引客奖励多少？", id="no-nights"),
        pytest.param(
            "旅行社有20名导游，组织了2000名境外游客来云岭，每人住2晚，引客奖励多少？", id="others"
        ),
        pytest.param(
            "旅行社今年组织了300名境外游客来云岭，每人住2晚，引客奖励多少？", id="persons-or-nights"
        ),
        pytest.param(
            "旅行社组织境外邮轮带来境外游客150人来云岭，住1晚，奖励多少？", id="another-clause"
        ),
        pytest.param("旅行社今年组织了3000名游客来云岭，每人住2晚，引客奖励多少？", id="no-kind"),
        pytest.param("旅行社组了两个200人的亲子旅游团，在云岭住3晚，能奖多少？", id="two-groups"),
        pytest.param(
            "旅行社组了个200人的疗休养团，在云岭住3晚，亲子旅游能奖多少？", id="another-group"
        ),
    ],
)
def test_no_sum_where_guests_or_nights_are_not_told(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_nights_are_figures_and_evenings_are_none() -> None:
    said = "住4晚、两夜，每人30元/人/晚，十一晚上7点，一晚会"
    assert [(str(q.value), q.unit) for q in find_quantities(said)] == [
        ("4", "晚"), ("2", "晚"), ("30", "元/人/晚"),
    ]  # fmt: skip
