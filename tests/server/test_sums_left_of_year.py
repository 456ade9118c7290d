"""What is left of a yearly limit of which some was had, and of one that another item shares."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.facts import stated_facts
from server.sums.left_of_year import had_this_year

TEXT = """云岭市人民政府关于印发《云岭市支持文化产业若干措施》的通知
云岭政发〔2025〕9号
云岭市支持文化产业若干措施
一、支持内容创作
（一）支持影视制作。对在本市立项的电影，按制作费用的20%给予补助，单部最高400万元。每家企业每年累计补助不超过1000万元。
（二）支持动画制作。对在本市立项的动画，按制作费用的15%给予补助，单部最高300万元。同一企业同一年度内，本项补助与第（一）项补助合并计算，适用第（一）项规定的累计额度。
（三）支持纪录片制作。对在本市立项的纪录片，按制作费用的10%给予补助，单部最高100万元。
二、支持出口
（四）支持作品出口。对版权出口的游戏，每款给予50万元奖励，同一企业每年最高120万元。
三、附则
（五）本措施自2025年2月1日起施行，有效期5年。
云岭市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "今年电影补助已经拿了850万元，又有一部动画制作费用2000万元，还能再拿多少？",
            "最高150万元", "300万元 超过余额150万元，按150万元", id="shared",
        ),
        pytest.param(
            "今年电影补助已经拿了500万元，又有一部动画制作费用1000万元，还能再拿多少？",
            "最高150万元", "150万元 未超过余额500万元", id="shared-and-enough-left",
        ),
        pytest.param(
            "今年电影补助已经领了800万元，又立项一部电影，制作费用1500万元，还能领多少？",
            "最高200万元", "300万元 超过余额200万元，按200万元", id="its-own",
        ),
        pytest.param(
            "今年游戏出口奖励已经拿了100万元，又有一款游戏版权出口，还能再拿多少？",
            "最高20万元", "120万元 − 100万元 = 20万元", id="an-amount-only-named",
        ),
        pytest.param(
            "今年电影补助已经拿了1000万元，又有一部动画制作费用2000万元，还能再拿多少？",
            "0元", "300万元 超过余额0元，按0元", id="nothing-left",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "去年电影补助已经拿了850万元，又有一部动画制作费用2000万元，还能再拿多少？", id="last-year"
        ),
        pytest.param(
            "今年电影补助已经拿了850万元，又有一部纪录片制作费用500万元，还能再拿多少？", id="no-limit"
        ),
        pytest.param(
            "今年人才津贴已经拿了850万元，又有一部动画制作费用2000万元，还能再拿多少？", id="another-thing"
        ),
        pytest.param(
            "今年市里的电影补助已经拿了850万元，又有一部动画制作费用2000万元，区里还能拿多少？", id="another-level"
        ),
    ],
)  # fmt: skip
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_what_was_had() -> None:
    question = "今年电影补助已经拿了850万元，又有一部动画制作费用2000万元，还能再拿多少"
    had = had_this_year(question, stated_facts(question))
    assert had is not None and had.question == "又有一部动画制作费用2000万元，还能再拿多少"
    told = question.replace("还能再拿多少", "一共拿了多少")
    assert had_this_year(told, stated_facts(told)) is None
