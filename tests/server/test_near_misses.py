"""Near misses: the clause found holds most of a question's words and is on something else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from retriever.query import Query
from server.answer import Answer
from server.assistant import Assistant
from server.results import asks_for_result

DAY = date(2026, 11, 30)
TEXT = """云泽市医药产业发展行动计划

云府发〔2024〕8号

第一条 力争到2025年，3个创新药获批上市，规上医药企业达到50家。

第二条 积极推进中药配方颗粒研发及生产。

第三条 中药经典名方产品实现产业化的，每个品种奖励60万元。单个企业的研发补助每年不超过300万元。

第四条 截至2023年底，全市累计引进医药项目82个。

第五条 取得二类、三类医疗器械注册证的，分别奖励20万元、80万元。

第六条 本计划自2024年3月1日起施行，《云泽市医药产业发展办法》（云府发〔2021〕5号）同时废止。
"""


@pytest.fixture(scope="module")
def ask(assistant_over: Callable[..., Assistant]) -> Callable[[str], Answer]:
    assistant = assistant_over(TEXT)
    return lambda question: assistant.ask(Query(question, DAY))


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        pytest.param("中药配方颗粒产业化，每个品种奖多少", "60", id="a thing of another clause"),
        pytest.param("到2025年底，真正批下来上市了几个创新药", "3个", id="an aim is no result"),
        pytest.param("2024年研发补助全市一共发了多少", "300", id="a limit is no result"),
        pytest.param("2025年新引进了多少个医药项目", "82", id="a result of another year"),
        pytest.param("四类的医疗器械能奖多少", "80", id="a class that there is not"),
        pytest.param("2021年那版老办法，经典名方产品每个奖多少", "60", id="an older version"),
    ],
)
def test_refused(ask: Callable[[str], Answer], question: str, figure: str) -> None:
    answer = ask(question)
    assert answer.status == "refused" and figure not in answer.text


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("中药经典名方产品产业化，每个品种奖多少", "60万元"),
        ("三类医疗器械能奖多少", "80万元"),
        ("到2025年要有几个创新药获批上市", "3个"),
        ("单个企业一年的研发补助最多多少", "300万元"),
        ("截至2023年底累计引进了多少个医药项目", "82个"),
    ],
)
def test_answered(ask: Callable[[str], Answer], question: str, figure: str) -> None:
    answer = ask(question)
    assert answer.status == "answered" and figure in answer.text


@pytest.mark.parametrize("question", ["我们一共花了多少才能补", "一年到底补多少", "实际投入补多少"])
def test_no_question_on_a_result(question: str) -> None:
    assert not asks_for_result(question)
