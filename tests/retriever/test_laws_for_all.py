"""A law is for all trades: who asks may be of one that it never names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant

_LAW = """预付消费保护条例
第一条 为保护预付消费的当事人，制定本条例。
第二条 经营者收取预付款后，应当按照约定提供服务；不能按照约定提供的，应当自消费者提出之日起15日内退还余额，并支付余额的利息。
第三条 预付款余额超过5000元的，经营者应当为消费者购买履约保险。
第四条 本条例自2025年3月1日起施行。
"""
_TRADE = """化妆品集合店管理条例
第一条 为规范化妆品集合店，制定本条例。
第二条 化妆品集合店的备案有效期为4年，期满前30日申请延续。
第三条 本条例自2025年3月1日起施行。
"""


@pytest.fixture(scope="module")
def laws(assistant_over: Callable[..., Assistant]) -> Assistant:
    return assistant_over(_LAW)


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("健身房收了预付款又不按约定提供服务，几天内得退余额", ["a#art2"]),
        # Support for a trade is asked for.
        ("健身房预付款有没有奖励补贴", []),
    ],
)
def test_a_trade_refuses_only_what_is_of_trades(
    laws: Assistant, question: str, cited: list[str]
) -> None:
    answer = laws.ask(Query(question, date(2026, 11, 30)))
    assert [str(c.address) for c in answer.citations] == cited


def test_a_law_of_one_trade_is_for_no_other(assistant_over: Callable[..., Assistant]) -> None:
    trade = assistant_over(_TRADE)
    assert trade.ask(Query("开医疗器械店备案有效期几年", date(2026, 11, 30))).status == "refused"
    answer = trade.ask(Query("开化妆品集合店备案有效期几年", date(2026, 11, 30)))
    assert [str(c.address) for c in answer.citations] == ["a#art2"]
