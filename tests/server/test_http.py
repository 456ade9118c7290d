"""The JSON API through real requests: every endpoint and filter."""

from __future__ import annotations

import json
import re

import pytest

DAY = "2026-11-24"
DOCUMENTS = {"cqzfb-2019-52", "cqzfb-2021-17", "cqgxq-2024-31", "cqzfb-2025-56", "news-biocity"}


def get(client, path: str, **params):
    response = client.get(path, params=params)
    assert response.status_code == 200, response.text
    return response.json()


def events(text: str) -> list[tuple[str, dict]]:
    """Server-Sent Events as a browser reads them."""
    found = []
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n"))
        found.append((lines["event"], json.loads(lines["data"])))
    return found


@pytest.mark.parametrize(
    "question", ["渝高新发〔2024〕31号第六条", "上海张江的补贴", "高新区三类证奖励多少\n第二行"]
)
def test_the_stream_ends_with_the_answer(client, question: str) -> None:
    body = {"question": question, "as_of": DAY}
    response = client.post("/api/ask/stream", json=body)
    assert response.headers["content-type"].startswith("text/event-stream")
    names, values = zip(*events(response.text), strict=True)
    deltas = [value["text"] for name, value in zip(names, values, strict=True) if name == "delta"]
    assert names == ("sources", *["delta"] * len(deltas), "answer")
    assert len(values[0]["hits"]) == 10
    whole = client.post("/api/ask", json=body).json()
    streamed = values[-1]
    assert deltas == [claim["text"] for claim in streamed["claims"]]
    for answer in (whole, streamed):
        assert answer.pop("took_ms") > 0
    assert streamed == whole


def test_a_stream_reports_bad_input(client) -> None:
    response = client.post("/api/ask/stream", json={"question": "奖励", "as_of": "tomorrow"})
    assert response.status_code == 400
    assert response.json()["error"]["field"] == "as_of"
    empty = client.post("/api/ask/stream", json={"question": " "})
    error = (
        events(empty.text)[0][1]["error"]
        if empty.headers["content-type"].startswith("text/event-stream")
        else empty.json()["error"]
    )
    assert error["field"] == "question"


def test_search_returns_ranked_clauses_with_every_field(client) -> None:
    result = get(client, "/api/search", q="中药经典名方奖励", k=4, as_of=DAY)
    assert result["query"] == "中药经典名方奖励"
    assert result["as_of"] == DAY
    assert result["took_ms"] >= 0
    assert [hit["rank"] for hit in result["hits"]] == [1, 2, 3, 4]
    fields = {
        "rank", "score", "address", "document", "title", "doc_number", "label", "text",
        "headings", "page", "authority", "area", "validity", "found_by",
    }  # fmt: skip
    for hit in result["hits"]:
        assert fields <= set(hit)
        assert hit["address"].startswith(hit["document"] + "#")
        assert re.fullmatch("《.+》", hit["title"])
        assert {"status", "from", "to", "basis", "note"} <= set(hit["validity"])
        assert set(hit["found_by"]) <= {"dense", "heading", "lexical", "named", "validity"}


@pytest.mark.parametrize(
    ("limit", "field", "value"),
    [
        ({"document": "cqzfb-2025-56"}, "document", "cqzfb-2025-56"),
        ({"document": "渝高新发[2024]31号"}, "document", "cqgxq-2024-31"),
        ({"area": "重庆高新区"}, "area", "重庆高新区"),
        ({"area": "高新区"}, "area", "重庆高新区"),
        ({"authority": "informational"}, "authority", "informational"),
        ({"authority": "normative"}, "authority", "normative"),
    ],
)
def test_search_limits(client, limit: dict, field: str, value: str) -> None:
    hits = get(client, "/api/search", q="创新药奖励", k=3, **limit)["hits"]
    assert [hit[field] for hit in hits] == [value] * 3


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("渝府办发〔2025〕56号第（十）条对创新药每个奖励多少", id="named"),
        pytest.param("高新区中药经典名方奖励", id="area"),
        pytest.param("重庆美莱德的药物安全评价中心", id="news"),
        pytest.param("a", id="one-letter"),
        pytest.param("How to bake bread?", id="foreign-matter"),
    ],
)
def test_every_score_is_between_0_and_1(client, query: str) -> None:
    scores = [hit["score"] for hit in get(client, "/api/search", q=query, k=100)["hits"]]
    assert scores
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_search_takes_several_documents(client) -> None:
    wanted = ["cqzfb-2019-52", "news-biocity"]
    hits = get(client, "/api/search", q="生物医药产业发展", k=100, document=wanted)["hits"]
    assert {hit["document"] for hit in hits} == set(wanted)


def test_search_judges_validity_for_the_day(client) -> None:
    limits = {"q": "创新药奖励", "k": 1, "document": "cqzfb-2025-56"}
    before = get(client, "/api/search", **limits, as_of="2025-11-01")["hits"][0]
    after = get(client, "/api/search", **limits, as_of="2026-01-01")["hits"][0]
    assert before["validity"]["status"] == "not_yet"
    assert after["validity"]["status"] == "in_force"


def test_the_catalogue(client) -> None:
    result = get(client, "/api/documents", as_of=DAY)
    rows = {row["id"]: row for row in result["documents"]}
    assert set(rows) == DOCUMENTS
    assert rows["cqzfb-2025-56"]["doc_number"] == "渝府办发〔2025〕56号"
    assert rows["cqzfb-2025-56"]["validity"]["status"] == "in_force"
    assert rows["cqzfb-2021-17"]["validity"]["status"] == "expired"
    assert rows["news-biocity"]["authority"] == "informational"
    assert all(re.fullmatch("[0-9a-f]{64}", row["source"]["sha256"]) for row in rows.values())


@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_every_clause_of_a_document_can_be_fetched(client, document: str) -> None:
    detail = get(client, f"/api/documents/{document}", as_of=DAY)
    assert detail["id"] == document
    assert detail["clauses"]
    for clause in detail["clauses"]:
        fetched = get(client, "/api/clauses/" + clause["address"].replace("#", "%23"))
        assert fetched["address"] == clause["address"]
        assert fetched["label"] == clause["label"]
        assert clause["text"] in fetched["text"]


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("cqgxq-2024-31%23art4.item1", "第四条第（一）项"),
        ("渝府办发〔2025〕56号第（十）条", "第（十）条"),
        ("渝府办发[2025]56号第十条", "第（十）条"),
        ("渝高新发〔2024〕31号第四条第（一）项", "第四条第（一）项"),
        ("渝府办发〔2019〕52号四、（二）", "四、（二）"),
        ("渝府办〔2021〕17号第19项", "第19项"),
        ("《重庆市全链条支持创新药高质量发展若干措施》第（十）条", "第（十）条"),
    ],
)
def test_a_clause_by_machine_address_or_as_officials_write_it(client, address, label) -> None:
    clause = get(client, f"/api/clauses/{address}")
    assert clause["label"] == label
    assert clause["text"]
    assert clause["url"] == "/documents/" + clause["address"]


def test_a_clause_shows_what_stands_above_and_beneath(client) -> None:
    clause = get(client, "/api/clauses/cqgxq-2024-31%23art4")
    assert clause["headings"][0] == "第三章 支持创新及成果转化"
    assert [part["address"] for part in clause["parts"]] == [
        f"cqgxq-2024-31#art4.item{n}" for n in (1, 2, 3)
    ]
    assert clause["text"].count("1000万元") == 2


def test_operation(client, assistant) -> None:
    assert get(client, "/healthz") == {"ok": True}
    ready = get(client, "/readyz")
    assert ready["ready"] is True
    assert ready["documents"] == len(DOCUMENTS)
    assert ready["clauses"] == sum(len(list(r.outline)) for r in assistant.index.readings.values())


def test_the_api_page_needs_no_other_host(client) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", page.text)
    assert not re.search(r"https?://", page.text)
    sources = re.findall(r"(?:src|href)=[\"'](/[^\"']+)", page.text)
    assert any(source.endswith(".js") for source in sources)
    assert all(client.get(source).status_code == 200 for source in sources)
    paths = get(client, "/openapi.json")["paths"]
    assert {"/api/ask", "/api/search", "/api/documents"} <= set(paths)


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz"])
def test_head_is_answered_without_a_body(client, path: str) -> None:
    response = client.head(path)
    assert (response.status_code, response.content) == (200, b"")
