"""What is stated for one place leaves out other places, and news where the policy says the same."""

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
    "a": "江西省人民政府关于支持小微企业的若干措施\n第一条 江西银行、九江银行向名单内企业发放优惠贷款，利率不高于4%。\n第二条 免收小微企业检验费两个月。\n第三条 劳务机构推荐上岗的，人数为50人以上的，补助2万元；100人以上的，补助4万元。\n",
    "b": "河南省人民政府关于支持小微企业的若干措施\n第一条 中原银行、郑州银行向名单内企业发放优惠贷款，利率不高于5%。\n第二条 免收小微企业检测费一个月。\n",
    "c": "江西支持劳务机构\n新华社南昌3月2日电 江西省支持劳务机构为企业推荐上岗，劳务机构推荐上岗人数为50人以上的，补助2万元；100人以上的，补助4万元。\n",
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


def test_sum_is_of_the_policy_and_not_of_news_on_it(two: Assistant) -> None:
    answer = two.ask(Query("江西劳务机构推荐了120人上岗，补助多少？", date(2026, 11, 24)))
    assert answer.calculation is not None and answer.calculation.display == "4万元"
    assert answer.status == "answered" and answer.citations[0].address.document == "a"
