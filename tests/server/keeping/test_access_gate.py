"""Who may ask, by which key; signing in; requests that another site sends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from server.keeping.keeper import Keeper
from server.keeping.keys import list_keys, make_key, revoke_key
from server.keeping.origins import is_loopback

BODY = {"question": "渝府办发〔2025〕56号第（十）条原文"}
HTML = {"accept": "text/html"}
Serve = Callable[..., TestClient]


@pytest.fixture
def shut(served: Serve) -> TestClient:
    return served(without_key="none")


@pytest.fixture
def make(keeper: Keeper) -> Callable[..., str]:
    def _make(*scopes: str) -> str:
        return make_key(keeper.database, "+".join(scopes), scopes)[1]

    return _make


def bearer(text: str) -> dict[str, str]:
    return {"authorization": f"Bearer {text}"}


def test_without_a_key_nothing_but_the_open_paths(served: Serve, shut: TestClient) -> None:
    described = served().get("/openapi.json").json()["paths"]
    paths = [*described, "/", "/documents", "/documents/x", "/docs", "/openapi.json", "/nothing"]
    for path in paths:
        methods = described.get(path, {"get": {}})
        for method in methods:
            status = shut.request(method, path).status_code
            assert status == (200 if path in ("/healthz", "/readyz") else 401), (method, path)
    for path in ("/healthz", "/readyz", "/login", "/static/tiaowen.css"):
        assert shut.get(path).status_code == 200
    assert shut.head("/healthz").status_code == 200


@pytest.mark.parametrize(
    "path", ["/healthz/", "/static", "/static/../api/documents", "//api/documents", "/login/x"]
)
def test_no_way_around_by_spelling(shut: TestClient, path: str) -> None:
    response = shut.get(path)
    assert response.status_code in (303, 307, 401, 404)
    assert "documents" not in response.text


def test_a_key_opens_in_either_header(shut: TestClient, make) -> None:
    text = make("read")
    for headers in (bearer(text), {"authorization": f"bearer  {text} "}, {"x-api-key": text}):
        assert shut.post("/api/ask", json=BODY, headers=headers).status_code == 200
    for headers in (bearer(text + "x"), bearer("any"), {"authorization": f"Basic {text}"}):
        response = shut.post("/api/ask", json=BODY, headers=headers)
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
        assert response.json()["error"]["code"] == "invalid_api_key"
        assert response.headers["x-content-type-options"] == "nosniff"
    error = shut.get("/v1/models").json()["error"]
    assert (error["type"], error["code"]) == ("invalid_request_error", "invalid_api_key")


def test_a_key_is_for_its_scopes(shut: TestClient, make) -> None:
    reads, batch, admin = make("read"), make("batch"), make("admin")
    wanted = {
        ("/api/documents", reads): 200, ("/api/documents", batch): 403,
        ("/api/documents", admin): 200, ("/api/reports/usage", reads): 403,
        ("/api/reports/usage", admin): 200, ("/api/batches", reads): 403,
        ("/api/batches/x", reads): 403, ("/api/batchesx", reads): 404,
    }  # fmt: skip
    found = {(p, key): shut.get(p, headers=bearer(key)).status_code for p, key in wanted}
    assert found == wanted
    assert shut.get("/api/batches", headers=bearer(batch)).status_code != 403
    assert shut.get("/metrics", headers=bearer(reads)).status_code == 200


def test_a_revoked_key_is_refused_even_where_none_is_needed(served: Serve, keeper, make) -> None:
    text = make("read")
    revoke_key(keeper.database, list_keys(keeper.database)[0].id)
    browser = served()
    assert browser.get("/api/documents", headers=bearer(text)).status_code == 401
    assert browser.get("/api/documents", headers=bearer("any")).status_code == 200


def test_reports_want_an_admin_even_where_all_is_open(served: Serve) -> None:
    assert served().get("/api/reports/feedback").status_code == 401


def test_the_use_of_a_key_is_noted(served: Serve, keeper: Keeper, make) -> None:
    served().get("/api/documents", headers=bearer(make("read")))
    keeper.writer.put(lambda: None)
    assert list_keys(keeper.database)[0].used


def test_signing_in_and_out(shut: TestClient, make) -> None:
    text = make("read")
    away = shut.get("/documents?x=1&y=2", headers=HTML)
    assert (away.status_code, away.headers["location"]) == (
        303,
        "/login?next=%2Fdocuments%3Fx%3D1%26y%3D2",
    )
    assert 'value="/documents?x=1&amp;y=2"' in shut.get(away.headers["location"]).text
    wrong = shut.post("/login", data={"key": "tiaowen_a_b", "next": "/documents"})
    assert wrong.status_code == 400
    assert "set-cookie" not in wrong.headers
    right = shut.post("/login", data={"key": f" {text} ", "next": "/documents"})
    assert (right.status_code, right.headers["location"]) == (303, "/documents")
    cookie = right.headers["set-cookie"]
    assert cookie.startswith("tiaowen_session=")
    assert "; HttpOnly;" in cookie
    assert "SameSite=Lax" in cookie
    assert text not in cookie
    assert shut.get("/documents").status_code == 200
    assert shut.post("/api/ask", json=BODY).status_code == 200
    assert "已登录" in shut.get("/login").text
    session = shut.cookies["tiaowen_session"]
    assert shut.post("/logout").status_code == 303
    assert "tiaowen_session" not in shut.cookies
    assert (
        shut.get("/api/documents", headers={"cookie": f"tiaowen_session={session}"}).status_code
        == 401
    )


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil", "/a\r\nb", ""]
)
def test_signing_in_leads_nowhere_else(shut: TestClient, make, target: str) -> None:
    right = shut.post("/login", data={"key": make("read"), "next": target})
    assert right.headers["location"] == "/"


def test_a_session_with_its_key_revoked_is_over(shut: TestClient, keeper: Keeper, make) -> None:
    shut.post("/login", data={"key": make("read")})
    assert shut.get("/api/documents").status_code == 200
    revoke_key(keeper.database, list_keys(keeper.database)[0].id)
    assert shut.get("/api/documents").status_code == 401


JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
OWN, EVIL = {"origin": "http://testserver"}, {"origin": "http://evil.example"}


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({}, True),
        (OWN | FORM, True),
        (EVIL | FORM, False),
        (EVIL, False),
        ({"origin": "null"}, False),
        ({"origin": "http://["}, False),
        ({"origin": "http://testserver:81"}, False),
        ({"origin": "http://testserver.evil.example"}, False),
        # A proxy changed Host: JSON cannot be sent by another site's page.
        (EVIL | JSON, True),
        (EVIL | {"content-type": "text/plain; application/json"}, False),
        ({"sec-fetch-site": "same-origin"} | EVIL, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"} | JSON, False),
        ({"sec-fetch-site": "cross-site"} | JSON, False),
    ],
)
def test_another_sites_page_changes_nothing(served: Serve, headers, passes: bool) -> None:
    browser = served()
    browser.post("/api/chats")
    for method, path in (("DELETE", "/api/chats"), ("POST", "/login"), ("POST", "/api/chats")):
        response = browser.request(method, path, headers=headers)
        refused = response.status_code == 403 and response.json()["error"]["code"] == "cross_site"
        assert refused is not passes, (method, path, response.text)


def test_a_key_in_a_header_is_sent_by_nobodys_browser(served: Serve, make) -> None:
    headers = EVIL | {"sec-fetch-site": "cross-site"}
    browser = served()
    assert browser.post("/api/chats", headers=headers | bearer(make("read"))).status_code == 201
    assert browser.post("/api/chats", headers=headers | bearer("any")).status_code == 403


@pytest.mark.parametrize(
    ("base", "headers", "status"),
    [
        ("http://localhost:8000", {}, 200),
        ("http://127.0.0.1:8000", {}, 200),
        ("http://[::1]:8000", {}, 200),
        ("http://evil.example:8000", {}, 401),
        ("http://localhost.evil.example", {}, 401),
        ("http://localhost", {"host": "["}, 401),
        ("http://localhost", {"host": ""}, 401),
        ("http://localhost", {"host": "localhost@evil.example"}, 401),
        ("http://localhost", {"x-forwarded-for": "127.0.0.1"}, 401),
        ("http://localhost", {"forwarded": "for=127.0.0.1"}, 401),
    ],
)
def test_open_to_this_machine_is_not_open_through_a_proxy(
    served: Serve, base: str, headers: dict[str, str], status: int
) -> None:
    browser = served(base, "127.0.0.1", without_key="local")
    assert browser.get("/api/documents", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("localhost", True), ("::1", True),
        ("0.0.0.0", False), ("::", False), ("", False), ("192.0.2.1", False),
        ("no.such.host.invalid", False),
    ],
)  # fmt: skip
def test_what_is_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
