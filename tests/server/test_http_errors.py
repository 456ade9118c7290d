"""Wrong input: a 4xx with one error in Chinese and English, never a stack trace."""

from __future__ import annotations

import json
import re

import pytest

CHINESE, ENGLISH = re.compile("[\u4e00-\u9fff]{2}"), re.compile("[A-Za-z]{3,} [A-Za-z]")


def is_error(response, status: int, field: str | None) -> None:
    assert response.status_code == status, response.text[:300]
    body = response.json()
    assert set(body) == {"error"}
    error = body["error"]
    assert set(error) == {"code", "message", "field", "request_id"}
    assert error["code"]
    assert error["field"] == field
    assert CHINESE.search(error["message"]), error["message"]
    assert ENGLISH.search(error["message"]), error["message"]
    for leak in ("Traceback", 'File "', "site-packages", ".py"):
        assert leak not in response.text


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "question"),
        ({"question": None}, "question"),
        ({"question": 5}, "question"),
        ({"question": ["a"]}, "question"),
        ({"question": "奖励", "as_of": "2026-02-30"}, "as_of"),
        ({"question": "奖励", "as_of": "24.11.2026"}, "as_of"),
        ({"question": "奖励", "as_of": 20261124}, "as_of"),
        ({"question": "奖励", "area": 1}, "area"),
        ({"question": "奖励", "documents": "cqzfb-2025-56"}, "documents"),
        ({"question": "奖励", "conversation": "x"}, "conversation"),
        ({"question": "奖励", "conversation": ["x"] * 51}, "conversation"),
        pytest.param({"question": "奖励", "conversation": [5]}, "conversation", id="list-item"),
    ],
)
def test_wrong_fields_are_named(client, path: str, body: dict, field: str) -> None:
    is_error(client.post(path, json=body), 400, field)


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"question": "奖励", "documents": ["none"]}, "documents"),
        ({"question": "奖励", "conversation": ["x"], "forget": [2]}, "forget"),
    ],
)
def test_what_a_question_names_and_is_not_there_is_404(client, path: str, body, field) -> None:
    is_error(client.post(path, json=body), 404, field)


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
@pytest.mark.parametrize("question", ["", " \n", "\x1c", "长" * 2001])
def test_a_question_that_is_none_begins_no_stream(client, path: str, question: str) -> None:
    is_error(client.post(path, json={"question": question}), 400, "question")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"question": "\ud800奖励"}, id="question"),
        pytest.param({"question": "那呢", "conversation": ["\udfff"]}, id="question-before"),
    ],
)
def test_half_a_character_is_refused(client, body: dict) -> None:
    # Escaped by hand, as a lone surrogate has no UTF-8 form.
    sent = {"content": json.dumps(body), "headers": {"content-type": "application/json"}}
    is_error(client.post("/api/ask", **sent), 400, "question")
    is_error(client.post("/api/ask/stream", **sent), 400, "question")


@pytest.mark.parametrize("question", ["", " \n\t", "字" * 20_000])
def test_a_question_must_have_a_sensible_length(client, question: str) -> None:
    is_error(client.post("/api/ask", json={"question": question}), 400, "question")


@pytest.mark.parametrize(
    "content", [b"not json", b"", b"{", b"\xff\xfe\x00", b"[]", b'"text"', b"[" * 30_000]
)
def test_a_body_that_is_no_json_object(client, content: bytes) -> None:
    response = client.post(
        "/api/ask", content=content, headers={"content-type": "application/json"}
    )
    is_error(response, 400, response.json()["error"]["field"])


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'{"question": "a",', id="cut-off"),
        pytest.param(b"not json", id="words"),
        pytest.param(b"", id="empty"),
    ],
)
def test_broken_json_names_the_body(client, path: str, content: bytes) -> None:
    headers = {"content-type": "application/json"}
    is_error(client.post(path, content=content, headers=headers), 400, "body")


def test_a_form_is_no_json(client) -> None:
    response = client.post("/api/ask", data={"question": "奖励"})
    is_error(response, 400, response.json()["error"]["field"])


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
def test_a_large_body_is_refused_unread(client, path: str) -> None:
    response = client.post(path, json={"question": "字" * 300_000})
    assert len(response.request.content) > 900_000
    is_error(response, 413, None)


def test_a_body_of_unstated_length_is_refused(client) -> None:
    response = client.post("/api/ask", content=iter([b'{"question": "a"}']))
    is_error(response, 411, None)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("q=奖励&k=0", "k"),
        ("q=奖励&k=-1", "k"),
        ("q=奖励&k=101", "k"),
        ("q=奖励&k=three", "k"),
        ("q=奖励&authority=rumour", "authority"),
        ("q=奖励&as_of=2026-13-01", "as_of"),
        ("q=奖励&as_of=today", "as_of"),
    ],
)
def test_wrong_search_parameters(client, query: str, field: str) -> None:
    is_error(client.get(f"/api/search?{query}"), 400, field)


@pytest.mark.parametrize("query", ["q=", "q=%20", "q=" + "字" * 2001])
def test_a_search_needs_words(client, query: str) -> None:
    is_error(client.get(f"/api/search?{query}"), 400, "q")


def test_an_unknown_document_in_a_search(client) -> None:
    response = client.get("/api/search", params={"q": "奖励", "document": "none"})
    is_error(response, 404, "document")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/api/documents/none", "document"),
        ("/api/documents/渝府办发〔1999〕1号", "document"),
        ("/api/clauses/none", "address"),
        ("/api/clauses/none%23art1", "address"),
        ("/api/clauses/cqgxq-2024-31%23art99", "address"),
        ("/api/clauses/渝府办发〔2025〕56号第（九十九）条", "address"),
        ("/api/clauses/渝府办发〔2025〕56号", "address"),
        ("/api/clauses/%23", "address"),
        ("/api/clauses/..%2f..%2fetc%2fpasswd", "address"),
        ("/api/none", None),
        ("/none", None),
        ("/static/..%2fapp.py", None),
    ],
)
def test_what_is_not_there_is_404(client, path: str, field: str | None) -> None:
    is_error(client.get(path), 404, field)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/documents/none", id="page"),
        pytest.param("/api/documents/none", id="api"),
    ],
)
def test_an_unknown_document_has_a_code_of_its_own(client, path: str) -> None:
    response = client.get(path)
    is_error(response, 404, "document")
    assert response.json()["error"]["code"] == "unknown_document"


@pytest.mark.parametrize("path", ["cqgxq-2024-31%23art04", "cqgxq-2024-31%23art4..item1"])
def test_a_malformed_address_is_an_error(client, path: str) -> None:
    response = client.get(f"/api/clauses/{path}")
    is_error(response, 404, response.json()["error"]["field"])


@pytest.mark.parametrize("path", ["/api/documents", "/api/documents/cqgxq-2024-31"])
def test_a_bad_day_for_documents(client, path: str) -> None:
    is_error(client.get(path, params={"as_of": "soon"}), 400, "as_of")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/api/ask"), ("PUT", "/api/ask"), ("DELETE", "/api/documents"), ("POST", "/")],
)
def test_a_wrong_method_is_405(client, method: str, path: str) -> None:
    is_error(client.request(method, path), 405, None)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/ask", "POST"),
        ("/api/chats", "DELETE, GET, POST"),
        ("/api/chats/x", "DELETE, GET, PATCH"),
        ("/healthz", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(client, path: str, allowed: str) -> None:
    assert client.put(path).headers["allow"] == allowed


@pytest.mark.parametrize("path", ["/", "/documents", "/api/documents", "/none", "/docs"])
def test_security_headers(client, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_pages_allow_no_inline_code_and_no_frames(client) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
