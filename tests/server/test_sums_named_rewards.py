"""Rewards of several articles that a question calls by their names and adds."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """屏山市商务局关于印发《屏山市展会奖励办法》的通知
屏山商发〔2025〕2号
屏山市展会奖励办法
第一条 规模奖励。展览面积1万平方米以上的展会，按下列标准给予奖励：
（一）展览面积1万平方米（含）至2万平方米的，奖励20万元；
（二）展览面积2万平方米（含）至4万平方米的，奖励45万元；
（三）展览面积4万平方米（含）以上的，奖励70万元。
同一展会奖励不超过3届。
第二条 成长奖励。展览面积比上届每增加3000平方米，奖励6万元，不足3000平方米的部分不计，单个展会最高不超过30万元。
第三条 国际奖励。境外展商比例达到8%（含）以上的，奖励15万元；达到15%（含）以上的，奖励30万元。
第四条 宣传补助。展会投放广告的，按广告费用的30%给予补助，最高不超过20万元。
第五条 观众奖励。专业观众比上届每增加1000人，奖励2万元。
第六条 同一展会享受本办法各项奖励、补助的总额，最高不超过100万元。
第七条 本办法自2025年3月1日起施行，有效期5年。
屏山市商务局
2025年2月10日
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "展会展览面积25000平方米，上届17000平方米，境外展商比例10%，规模、成长、国际三项加起来多少",
            "最高72万元", "8000平方米 ÷ 3000平方米 ≈ 2个", id="steps-growth-and-a-share",
        ),
        pytest.param(
            "展会展览面积4.5万平方米，上届2万平方米，境外展商比例20%，规模、成长、国际三项一共能拿多少",
            "最高100万元", "130万元 超过合计上限100万元，按100万元", id="held-to-the-limit-of-all",
        ),
        pytest.param(
            "展会展览面积18000平方米，境外展商比例5%，规模奖励和国际奖励两项加起来多少",
            "最高20万元", "5% 未达到8%，不能享受", id="one-is-not-reached",
        ),
    ],
)  # fmt: skip
def test_rewards_by_their_names(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "展会展览面积25000平方米，境外展商比例10%，规模、成长、国际三项加起来多少",
            id="nothing-to-compare-with",
        ),
        pytest.param(
            "展会展览面积25000平方米，境外展商比例10%，规模、国际、宣传三项加起来多少",
            id="one-that-is-no-step",
        ),
        pytest.param(
            "展会境外展商比例10%，专业观众5500人，上届4000人，国际、观众两项一共多少",
            id="whether-less-than-a-step-counts",
        ),
        pytest.param(
            "展会展览面积25000平方米，境外展商比例10%，花了80万广告费，规模、国际两项加起来多少",
            id="a-figure-of-another-one",
        ),
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
