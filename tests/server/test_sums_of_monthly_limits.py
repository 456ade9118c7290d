"""Monthly limits by where somebody rents and with whom, over a year, raised for families with several children."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """青溪市住房公积金管理中心关于租房提取住房公积金有关事项的通知
青公积金〔2025〕4号
一、提取额度
（一）租住商品住房没有办理租赁备案的，按下列限额提取：在主城区租房的，单身职工每月不超过900元，已婚职工每月不超过1600元；在各县（市）租房的，单身职工每月不超过600元，已婚职工每月不超过1000元。
（二）租住商品住房办理租赁备案的，按实际租金提取，主城区每月最高2400元，县（市）每月最高1800元。
（三）租住公共租赁住房的，按实际租金全额提取。
（四）多子女家庭租住商品住房的，第（一）条规定的提取限额提高40%。多子女家庭是指有两个及以上子女的家庭。
二、附则
（五）本通知自2025年7月1日起施行，有效期3年。
青溪市住房公积金管理中心
2025年6月12日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "夫妻俩带三个孩子，在主城区租商品房没备案，一年最多能提多少公积金付房租？",
            "最高2.688万元", "1600元 + 640元 = 2240元", id="raised",
        ),
        pytest.param(
            "单身，在县城租商品房没办备案，租房一年最多能提多少公积金？",
            "最高7200元", "600元 × 12个月/年 = 7200元", id="single",
        ),
        pytest.param(
            "夫妻在主城区租商品房，备案办好了，家里两个娃，租房提取公积金一年最高多少？",
            "最高2.88万元", "2400元 × 12个月/年 = 2.88万元", id="raise-of-another-clause",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # Neither where nor with whom is said.
        "租商品房没备案，一年最多能提多少公积金付房租？",
        # No limit holds for such a flat.
        "单身，在主城区租公租房，租房一年最多能提多少公积金？",
        # What others get is told elsewhere.
        "B类人才，单身，在主城区租商品房没备案，租房一年最多能提多少公积金？",
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_who_is_not_named_is_assumed(works: Assistant) -> None:
    question = "单身，在主城区租商品房没备案，租房一年最多能提多少公积金？"
    answer = works.ask(Query(question, TODAY))
    assert answer.calculation is not None
    assert answer.calculation.assumptions == ("不属于“多子女家庭”",)
