"""A library with more documents and measures than a list can hold: pages, and words that find."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from serving import serving
from starlette.testclient import TestClient
from test_accessibility import CHROMIUM, browser, faults, sync_api  # noqa: F401
from tokenizers import Tokenizer

from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.default_model import ensure_default_model
from indexer.embedder import open_embedder
from retriever.retriever import Retriever
from server.app import create_app
from server.assistant import Assistant
from server.finding import MOST_DOCUMENTS, MOST_MEASURES, label_of
from server.settings import Settings

MANY = 102
TEXT = """青禾市第{n}区关于支持花卉产业的办法
青花发〔2025〕{n}号
第一条 对新建大棚的企业，按实际投资额的{rate}%给予补助，最高{most}万元。
第二条 对获得花卉新品种权的企业，每个品种奖励{n}万元。
第三条 对参加花卉博览会的企业，一次性奖励2万元。
第四条 本办法自2025年1月1日起施行。
青禾市第{n}区管理委员会
2024年12月1日
"""


def tiny_model(folder: Path) -> Path:
    """A model that looks words up in a table, the same in each run: a random one may be so far off
    that an answer is refused."""
    torch.manual_seed(0)
    tokenizer = Tokenizer.from_file(str(ensure_default_model(Settings().models) / "tokenizer.json"))
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=8)]).save(str(folder))
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Assistant:
    folder = tmp_path_factory.mktemp("large")
    (folder / "corpus").mkdir()
    for n in range(1, MANY + 1):
        text = TEXT.format(n=n, rate=5 + n % 20, most=50 + n)
        (folder / "corpus" / f"flowers-{n:03}.txt").write_text(text, "utf-8")
    embedder = open_embedder(str(tiny_model(folder / "model")), folder)
    build(folder / "corpus", folder / "index", embedder)
    index = ClauseIndex.open(folder / "index")
    assert len(index.documents) > MOST_DOCUMENTS
    assert sum(map(len, index.entitlements.values())) > MOST_MEASURES
    return Assistant(index, Retriever(index, embedder))


@pytest.fixture(scope="module")
def get(large):
    client = TestClient(create_app(large), headers={"accept": "text/html"})

    def _get(path: str, status: int = 200) -> str:
        response = client.get(path)
        assert response.status_code == status, response.text[:300]
        return response.text

    return _get


def names(html: str) -> list[str]:
    return re.findall(r'name="measure" value="([^"]+)"', html)


def link(html: str, rel: str) -> str | None:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', html)
    return found[1].replace("&amp;", "&") if found else None


@pytest.mark.parametrize("start", ["/measures", "/measures?subject=企业&sort=amount&order=down"])
def test_pages_hold_every_measure_once_and_keep_filters(get, large, start: str) -> None:
    seen, path, pages = [], start, 0
    while path:
        html = get(path)
        assert len(names(html)) <= 100
        seen += names(html)
        asked, given = (parse_qs(urlsplit(p).query) for p in (path, start))
        assert {k: v for k, v in asked.items() if k != "page"} == given
        path, pages = link(html, "next"), pages + 1
    total = sum(map(len, large.index.entitlements.values()))
    assert len(seen) == len(set(seen)) == total
    assert pages == -(-total // 100)
    last = get(start + ("&" if "?" in start else "?") + "page=99")
    assert link(last, "prev") and not link(last, "next")
    assert f"{total} 项中 {total} 项 · 第 {100 * (pages - 1) + 1}–{total} 项" in last


def test_a_filter_begins_at_the_first_page_and_the_export_has_all_pages(get) -> None:
    html = get("/measures?subject=新品种&page=2")
    assert "page=" not in re.search(r'class="chip" href="([^"]+)"', html)[1]
    assert 'name="page"' not in html
    assert "page=" not in re.search(r'href="(/api/entitlements/export[^"]+)"', html)[1]
    for wrong in ("0", "-1", "abc", "9" * 30):
        assert names(get(f"/measures?page={wrong}")) == names(get("/measures"))


def test_documents_are_found_by_words_of_their_names(get, large) -> None:
    one = get("/measures?document=" + quote("青花发〔2025〕7号"))
    assert len(names(one)) == len(large.index.entitlements["flowers-007"])
    assert "文件：青花发〔2025〕7号" in one
    several = get("/measures?document=" + quote("第10 花卉"))
    documents = {name.split("#")[0] for name in names(several)}
    # 第10区, 第100区 to 第102区.
    assert documents == {"flowers-010", "flowers-100", "flowers-101", "flowers-102"}
    export = re.search(r'href="(/api/entitlements/export[^"]+)"', several)[1].replace("&amp;", "&")
    assert set(parse_qs(urlsplit(export).query)["document"]) == documents
    assert "库内没有这份文件" in get("/measures?document=none", 400)


def test_choices_offer_what_words_find(get, large) -> None:
    for path in ("/calculator", "/compare"):
        plain = get(path)
        assert '<option value="flowers' not in plain
        assert len(plain) < 20_000
        found = get(f"{path}?find=" + quote("新品种 第7区"))
        assert re.findall(r'<option value="([^"]+)"', found)[:1] == ["flowers-007#art2~1"]
        assert "找到 1 项" in found
        many = get(f"{path}?find=" + quote("花卉"))
        assert "，先列 60 项" in many
    kept = get("/calculator?find=zzzz&measure=" + quote("flowers-007#art2~1"))
    assert '<option value="flowers-007#art2~1" selected' in kept and "找到 0 项" in kept
    offered = get("/compare?of=" + quote("第7区") + "&document=flowers-009")
    assert re.findall(r'name="document" value="([^"]+)"( checked)?', offered) == [
        ("flowers-009", " checked"),
        ("flowers-007", ""),
    ]


def test_the_question_box_takes_the_name_of_a_document(get, large) -> None:
    start = get("/")
    assert "data-suggest" in start and '<option lang="zh-CN" value="flowers' not in start
    asked = "/?q=" + quote("新建大棚最高补助多少") + "&document="
    label = label_of(large.index.document("flowers-007"))
    for name in ("flowers-007", "青花发〔2025〕7号", label, "第7区"):
        assert "最高57万元" in get(asked + quote(name)), name
    assert "请写明是哪一份" in get(asked + quote("第10"), 400)
    assert "库内没有这份文件" in get(asked + "zzzz", 400)


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_names_are_offered_as_they_are_typed(browser, large, tmp_path) -> None:  # noqa: F811
    with serving(large, tmp_path) as (url, _):
        page = browser.new_page(base_url=url)
        page.set_default_timeout(20_000)
        page.goto("/")
        page.locator("#document").press_sequentially("第7区")
        page.locator("#document-names option").first.wait_for(state="attached")
        label = page.locator("#document-names option").first.get_attribute("value")
        page.locator("#document").fill(label)
        page.locator("#q").fill("新建大棚最高补助多少")
        page.locator("#send").click()
        page.locator(".turn .trace").wait_for()
        assert "flowers-007" in page.locator(".where a").first.get_attribute("href")
        page.goto("/compare")
        page.locator("#m-find").press_sequentially("新品种 第7区")
        page.locator("#m-0 option[value='flowers-007#art2~1']").wait_for(state="attached")
        assert page.locator("#m-0").input_value() == ""
        page.locator("#m-0").select_option("flowers-007#art2~1")
        page.locator("#m-find").fill("博览会 第9区")
        page.locator("#m-1 option[value='flowers-009#art3~1']").wait_for(state="attached")
        assert page.locator("#m-0").input_value() == "flowers-007#art2~1"
        assert faults(page) == []
        page.close()
