"""Things counted at the amounts of a table, each row of it one kind, each column for a case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from summing import works_out, works_out_nothing

from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.embedder import open_embedder
from retriever.query import Query
from retriever.retriever import Retriever
from server.answer import Calculation, Step
from server.assistant import Assistant
from server.settings import Settings
from server.sums.check import unfounded_line

TEXT = """# 北原市技能提升补贴办法

第一条 职工取得技能证书的，按下列标准给予技能提升补贴：
| 等级 | 补贴标准（元/人） | 急需职业（工种）补贴标准（元/人） |
| --- | --- | --- |
| 中级工（四级） | 1100 | 1300 |
| 高级工（三级） | 1700 | 2100 |
| 技师（二级） | 2600 | 3200 |
| 高级技师（一级） | 4100 | 4900 |

急需职业（工种）目录由市人力资源部门公布。

第二条 本办法自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("table")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.md").write_text(TEXT, "utf-8")
    settings = Settings()
    embedder = open_embedder(settings.embedder, settings.models)
    build(folder / "corpus", folder / "index", embedder)
    index = ClauseIndex.open(folder / "index")
    return Assistant(index, Retriever(index, embedder))


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "今年有6个高级工、2个技师取得技能证书，技能提升补贴一共多少？",
            "1.54万元", "6个 × 1700元 = 1.02万元", id="rows",
        ),
        pytest.param(
            "3个高级技师、4个技师取得技能证书，技能提升补贴一共多少？",
            "2.27万元", "3人 × 4100元 = 1.23万元", id="the-longer-name",
        ),
        pytest.param(
            "6个高级工取得技能证书，都是急需职业，技能提升补贴一共多少？",
            "1.26万元", "6个 × 2100元 = 1.26万元", id="column-of-a-case",
        ),
        pytest.param(
            "6个高级工取得技能证书，不是急需职业，技能提升补贴一共多少？",
            "1.02万元", "6个 × 1700元 = 1.02万元", id="a-case-denied",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


def test_no_sum_where_the_row_is_not_said(works: Assistant) -> None:
    question = "6个高级工、3个焊工取得技能证书，技能提升补贴一共多少？"
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_an_amount_of_a_table_needs_the_head_of_its_column() -> None:
    head, row = "等级\t标准（元/人）", "高级工\t1700"
    step = Step("6个 × 1700元 = 1.02万元", ())
    calculation = Calculation(Decimal(10200), "元", "1.02万元", (step,))
    assert unfounded_line(calculation, "6个高级工", [head, row]) is None
    assert unfounded_line(calculation, "6个高级工", [row]) is not None
