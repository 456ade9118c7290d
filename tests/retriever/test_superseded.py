"""A text that another one of the library replaced stands behind it, unless the old rule is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from retriever.retriever import Retriever

DAY = date(2026, 11, 29)
OLD = """澜川开发区促进医药产业发展办法（试行）
澜开管〔2021〕18号
第一条 为促进医药产业发展，制定本办法。
第二条 新建CRO、CMO、检验检测等平台的，按固定资产投资额的10%给予补助，最高不超过400万元。
第三条 取得第三类医疗器械注册证的，每个品种奖励100万元。
第四条 本办法自2021年9月1日起施行。
"""
NEW = """澜川开发区促进医药产业发展办法
澜开管规〔2024〕12号
第一条 为促进医药产业发展，制定本办法。
第二条 支持企业开展临床试验，每个品种补助50万元。
第三条 新建中试、CRO、检验检测等平台的，按固定资产投资额的15%给予补助，最高不超过800万元。
第四条 首次取得第三类医疗器械注册证并在区内生产的，每个品种奖励150万元。
第五条 本办法自2025年1月1日起施行，《澜川开发区促进医药产业发展办法（试行）》（澜开管〔2021〕18号）同时废止。
"""


@pytest.fixture(scope="module")
def both(assistant_over) -> Retriever:
    return assistant_over(old=OLD, new=NEW).retriever


def documents(retriever: Retriever, question: str, day: date = DAY) -> list[str]:
    hits = retriever.retrieve(Query(question, day)).hits
    return [hit.passage.address.document for hit in hits]


@pytest.mark.parametrize("question", ["新建CRO、CMO、检验检测等平台补助多少", "三类证奖励多少"])
def test_the_new_text_stands_first(both: Retriever, question: str) -> None:
    assert documents(both, question)[0] == "new"


@pytest.mark.parametrize(
    "question",
    [
        "老办法里新建CRO、CMO、检验检测等平台补助多少",
        "2023年新建CRO、CMO、检验检测等平台补助多少",
        "澜开管〔2021〕18号里新建CRO、CMO、检验检测平台补助多少",
    ],
)
def test_who_asks_for_the_old_rule_gets_it(both: Retriever, question: str) -> None:
    assert documents(both, question)[0] == "old"


def test_before_it_was_replaced_it_holds(both: Retriever) -> None:
    asked = "新建CRO、CMO、检验检测等平台补助多少"
    assert documents(both, asked, date(2024, 6, 1))[0] == "old"
