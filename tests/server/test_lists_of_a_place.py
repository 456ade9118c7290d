"""A list for one place leaves out the clauses of other places."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.embedder import open_embedder
from retriever.query import Query
from retriever.retriever import Retriever
from server.assistant import Assistant
from server.settings import Settings

TEXTS = {
    "a": "江西省人民政府关于支持小微企业的若干措施\n第一条 江西银行、九江银行向名单内企业发放优惠贷款，利率不高于4%。\n第二条 免收小微企业检验费两个月。\n",
    "b": "河南省人民政府关于支持小微企业的若干措施\n第一条 中原银行、郑州银行向名单内企业发放优惠贷款，利率不高于5%。\n第二条 免收小微企业检测费一个月。\n",
}


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("two")
    (folder / "corpus").mkdir()
    for name, text in TEXTS.items():
        (folder / "corpus" / f"{name}.txt").write_text(text, "utf-8")
    settings = Settings()
    embedder = open_embedder(settings.embedder, settings.models)
    build(folder / "corpus", folder / "index", embedder)
    index = ClauseIndex.open(folder / "index")
    return Assistant(index, Retriever(index, embedder))


def test_list_of_the_place_that_is_named(two: Assistant) -> None:
    answer = two.ask(Query("江西哪几家银行发放优惠贷款？", date(2026, 11, 24)))
    assert "九江银行" in answer.text and "郑州银行" not in answer.text


def test_list_without_a_place_has_both(two: Assistant) -> None:
    answer = two.ask(Query("哪几家银行向名单内企业发放优惠贷款？", date(2026, 11, 24)))
    assert "九江银行" in answer.text and "郑州银行" in answer.text
