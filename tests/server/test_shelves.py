"""The library's page: search, filters, order and pages, all by the address alone."""

from __future__ import annotations

import re
from datetime import date

import pytest

from server import shelves
from server.contents_list import contents_of, count_of
from server.shelves import shelf_of

DAY = date(2026, 11, 24)


@pytest.fixture
def shelf(assistant):
    return lambda **given: shelf_of(assistant, given, DAY)


def ids(shelf) -> list[str]:
    return [row["id"] for row in shelf.rows]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("渝高新发〔2024〕31号", "cqgxq-2024-31"),
        ("渝高新发(2024)31号", "cqgxq-2024-31"),
        ("创新药 高质量发展", "cqzfb-2025-56"),
        ("31号", "cqgxq-2024-31"),
    ],
)
def test_documents_are_found_by_title_and_number_however_written(shelf, words, first) -> None:
    assert ids(shelf(q=words))[0] == first


def test_words_of_clauses_are_found_with_the_clause_and_marked(shelf) -> None:
    found = shelf(q="中药经典名方")
    hits = [hit for row in found.rows for hit in row["hits"]]
    assert hits
    for hit in hits:
        assert any(on and "经典名方" in piece for piece, on in hit["pieces"]), hit
        assert hit["url"].startswith("/documents/")
        assert hit["label"]
    assert found.count < found.total or all(row["hits"] for row in found.rows)


@pytest.mark.parametrize("words", ["量子纠缠隐形传态", "zzzz", "。。", "<script>", "%00", "《》"])
def test_words_that_nothing_holds_find_nothing(shelf, words) -> None:
    assert shelf(q=words).rows == []


def test_filters_and_order(shelf) -> None:
    everything = shelf()
    assert everything.count == everything.total == 5
    area = shelf(area="重庆高新区")
    assert {row["area"] for row in area.rows} == {"重庆高新区"}
    assert {row["authority"] for row in shelf(authority="informational").rows} == {"informational"}
    for status, count in everything.choices["status"]:
        found = shelf(status=status)
        assert found.count == count
        assert {row["validity"]["status"] for row in found.rows} == {status}
    new, old = ([r["issued"] for r in shelf(sort=s).rows if r["issued"]] for s in ("new", "old"))
    assert new == sorted(new, reverse=True)
    assert old == new[::-1]
    assert shelf(area="无此地").rows == []
    assert [h for row in shelf(q="奖励", area="重庆高新区").rows for h in row["hits"]]


def test_pages_hold_every_document_once(shelf, monkeypatch) -> None:
    monkeypatch.setattr(shelves, "PER_PAGE", 2)
    pages = [shelf(page=str(n)) for n in (1, 2, 3)]
    assert pages[0].pages == 3
    assert len({name for each in pages for name in ids(each)}) == 5
    for odd in ("0", "-1", "99", "x", "１", "9" * 30):
        assert 1 <= shelf(page=odd).page <= 3
    assert pages[0].url(page=2) == "/documents?page=2"
    assert "page" not in shelf(page="2").url(sort="new")


def test_the_page_works_by_its_address_and_escapes(client) -> None:
    html = client.get("/documents", params={"q": "<b>奖励", "sort": "new"}).text
    assert "<b>奖励" not in html
    assert "&lt;b&gt;奖励" in html
    html = client.get("/documents", params={"q": "中药经典名方"}).text
    assert "<mark>" in html
    assert 'class="lib-hits"' in html
    assert client.get("/documents", params={"q": "奖" * 201}).status_code == 400


def test_contents_fold_and_each_leads_to_a_clause(client) -> None:
    html = client.get("/documents/cqgxq-2024-31").text
    contents = html.split('id="toc"')[1].split("</nav>")[0]
    targets = re.findall(r'<a href="#([^"]+)"', contents)
    assert len(targets) > 20
    assert "<details" in contents
    anchors = set(re.findall(r'class="clause" id="([^"]+)"', html))
    assert set(targets) <= anchors


def test_contents_stand_one_within_another() -> None:
    def clause(path: str, headings: list[str], new: list[str], own: str = "", kind="article"):
        return {
            "path": path, "headings": headings, "new_headings": new, "own": own, "kind": kind,
            "depth": 0, "label": path, "text": "", "marker": "",
        }  # fmt: skip

    entries = contents_of(
        [
            clause("art1", ["第一编", "第一章"], ["第一编", "第一章"]),
            clause("art2", ["第一编", "第一章"], []),
            clause("art3", ["第一编", "第二章"], ["第二章"]),
            clause("art4", ["第二编"], ["第二编"]),
        ]
    )
    assert [e["text"] for e in entries] == ["第一编", "第二编"]
    assert [e["text"] for e in entries[0]["parts"]] == ["第一章", "第二章"]
    assert [e["text"] for e in entries[0]["parts"][0]["parts"]] == ["art1", "art2"]
    assert count_of(entries) == 8
