"""A table is known by what stands above it, which its rows do not say."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.embedder import open_embedder
from retriever.query import Query
from retriever.retriever import Retriever
from server.assistant import Assistant
from server.led import led
from server.settings import Settings

DAY = date(2026, 11, 24)
TEXT = """# 南屏区支持医疗器械企业发展办法

第一条 本办法所称企业，是指在本区经营的医疗器械企业。
第二条 租用标准厂房的企业，按下表给予租金补助，先缴后补。
| 企业类别 | 补助比例 | 每年限额 |
| --- | --- | --- |
| 第三类医疗器械生产企业 | 60% | 80万元 |
| 第二类医疗器械生产企业 | 40% | 40万元 |
| 初创企业 | 100% | 15万元 |

第三条 本办法自2026年4月1日起施行，有效期三年。
"""


@pytest.fixture(scope="module")
def tabled(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("led")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.md").write_text(TEXT, "utf-8")
    settings = Settings()
    embedder = open_embedder(settings.embedder, settings.models)
    build(folder / "corpus", folder / "index", embedder)
    index = ClauseIndex.open(folder / "index")
    return Assistant(index, Retriever(index, embedder))


def test_the_lead_takes_the_place_of_the_rows(tabled: Assistant) -> None:
    retriever = tabled.retriever
    retrieval = retriever.retrieve(Query("第二类医疗器械生产企业补助比例是多少", DAY))
    assert retrieval.hits[0].signals["row"] == 1
    whole = led(retrieval, retriever)
    assert "按下表给予租金补助" in whole.hits[0].passage.text
    assert not any(hit.signals.get("row") for hit in whole.hits)


def test_what_is_no_list_stays(tabled: Assistant) -> None:
    retrieval = tabled.retriever.retrieve(Query("办法的有效期是几年", DAY))
    assert led(retrieval, tabled.retriever) is retrieval
