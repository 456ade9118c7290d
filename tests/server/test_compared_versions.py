"""What changed is asked for: the clause as it is now beside the one that it took the place of."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant

TODAY = date(2026, 11, 29)
OLD = """云溪市外贸发展扶持办法
云商发〔2021〕6号
第一条 鼓励扩大出口。出口额比上年每增加100万美元奖励2万元，每家企业最高30万元。
第二条 支持参加境外展会，展位费补贴50%，每个展位最高2万元。
第三条 支持投保出口信用保险，按保费的30%给予补助。
第四条 本办法自2021年3月1日起施行。
云溪市商务局
2021年2月1日
"""
NEW = """云溪市促进外贸稳定增长办法
云商发〔2024〕9号
第一条 企业投保出口信用保险的，按实缴保费的45%补助，每家最高60万元。
第二条 参加境外展会的企业，展位费按70%补贴，每个展位最高3万元。
第三条 企业出口额比上年每增加100万美元，奖励4万元，最高50万元。
第四条 本办法自2024年5月1日起施行，《云溪市外贸发展扶持办法》（云商发〔2021〕6号）同时废止。
云溪市商务局
2024年4月1日
"""
CHANGE = """云溪市商务局关于修改《云溪市促进外贸稳定增长办法》的通知
云商发〔2025〕3号
一、将第二条中的“每个展位最高3万元”修改为“每个展位最高4万元”。
二、本通知自2025年6月1日起施行。
云溪市商务局
2025年5月10日
"""


@pytest.fixture(scope="module")
def trade(assistant_over) -> Assistant:
    return assistant_over(old=OLD, new=NEW, change=CHANGE)


def cited(assistant: Assistant, question: str) -> set[str]:
    answer = assistant.ask(Query(question, TODAY))
    assert answer.status == "answered" and not answer.trace.problems
    return {str(c.address) for c in answer.citations}


@pytest.mark.parametrize(
    ("question", "both"),
    [
        ("外贸新老两版政策，出口增长的奖励有啥区别", {"new#art3", "old#art1"}),
        ("投保出口信用保险的补助跟2021年那个文件比涨了多少", {"new#art1", "old#art3"}),
        ("境外展会的展位费补贴，调整前后差在哪", {"change#sec1", "new#art2"}),
    ],
)
def test_a_clause_beside_what_it_was(trade: Assistant, question: str, both: set[str]) -> None:
    assert both <= cited(trade, question)


def test_otherwise_the_old_one_is_left_out(trade: Assistant) -> None:
    assert cited(trade, "投保出口信用保险补助多少") == {"new#art1"}
