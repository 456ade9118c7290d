"""A handler that fails: the user is told so in two languages, and nothing of the inside."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from server.app import create_app
from server.assistant import Assistant


@pytest.fixture(scope="module")
def failing(assistant: Assistant) -> TestClient:
    app = create_app(assistant)

    @app.get("/api/fail")
    @app.get("/fail")
    def fail() -> None:
        raise RuntimeError("inner secret")

    return TestClient(app, raise_server_exceptions=False)


def is_plain_500(response) -> None:
    assert response.status_code == 500
    headers = response.headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    for leak in ("Traceback", "RuntimeError", "inner secret", ".py"):
        assert leak not in response.text


@pytest.mark.parametrize("path", ["/api/fail", "/fail"])
def test_an_error_in_a_handler_is_500_json(failing: TestClient, path: str) -> None:
    response = failing.get(path)
    is_plain_500(response)
    error = response.json()["error"]
    assert (error["code"], error["field"]) == ("internal", None)
    assert "服务出错" in error["message"]
    assert "internal error" in error["message"]


def test_a_browser_gets_it_as_a_page(failing: TestClient) -> None:
    response = failing.get("/fail", headers={"accept": "text/html"})
    is_plain_500(response)
    assert response.headers["content-type"].startswith("text/html")
    assert "服务出错" in response.text


def test_the_next_request_is_answered(failing: TestClient) -> None:
    failing.get("/api/fail")
    assert failing.get("/healthz").json() == {"ok": True}
