"""Limits by key and address, proxies, headers, and other sites that may call."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from corpus.errors import InputError
from server.keeping.keeper import Keeper
from server.keeping.keys import make_key
from server.keeping.limiting import Limiter
from server.keeping.opening import open_access
from server.settings import Settings

Serve = Callable[..., TestClient]


def test_an_address_has_so_many_requests_and_then_is_told_when(served: Serve) -> None:
    browser = served(limiter=Limiter("", "2/minute"))
    left = [browser.get("/api/documents").headers["ratelimit-remaining"] for _ in range(2)]
    assert left == ["1", "0"]
    full = browser.get("/api/documents")
    assert full.status_code == 429
    assert full.json()["error"]["code"] == "rate_limit_exceeded"
    seconds = int(full.headers["retry-after"])
    assert 50 <= seconds <= 61
    assert full.headers["ratelimit-limit"] == "2"
    assert full.headers["ratelimit-reset"] == str(seconds)
    assert "content-security-policy" in full.headers
    error = browser.post("/v1/chat/completions", json={}).json()["error"]
    assert (error["type"], error["code"]) == ("requests", "rate_limit_exceeded")
    for path in ("/healthz", "/readyz", "/static/tiaowen.css"):
        assert browser.get(path).status_code == 200


def test_a_key_is_counted_wherever_it_comes_from(served: Serve, keeper: Keeper) -> None:
    limiter = Limiter("1/hour;1/minute", "1/minute")
    one, other = (make_key(keeper.database, name, ["read"])[1] for name in "ab")
    found = []
    for key, address in (
        (one, "192.0.2.1"),
        (one, "192.0.2.2"),
        (other, "192.0.2.1"),
        ("", "192.0.2.1"),
        ("", "192.0.2.1"),
    ):
        browser = served(address=address, limiter=limiter)
        headers = {"x-api-key": key} if key else {}
        found.append(browser.get("/api/documents", headers=headers).status_code)
    assert found == [200, 429, 200, 200, 429]


def test_guesses_at_keys_count_for_the_address(served: Serve) -> None:
    browser = served(without_key="none", limiter=Limiter("9/minute", "2/minute"))
    tries = [
        browser.get("/api/documents", headers={"x-api-key": f"tiaowen_{n}_x"}) for n in range(3)
    ]
    assert [one.status_code for one in tries] == [401, 401, 429]


def test_addresses_of_one_network_are_one_customer() -> None:
    limiter = Limiter("", "1/minute")
    rooms = [limiter.hit(None, a) for a in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")]
    assert [room.full for room in rooms if room] == [False, True, False]


def test_without_a_limit_nothing_is_said(served: Serve) -> None:
    response = served(limiter=Limiter("", " ")).get("/api/documents")
    assert "ratelimit-limit" not in response.headers


def test_counts_that_cannot_be_had_refuse_nobody(caplog) -> None:
    pytest.importorskip("redis", reason="redis is missing: pip install 'tiaowen[redis]'")
    limiter = Limiter("", "1/minute", "redis://127.0.0.1:1")
    assert limiter.hit(None, "192.0.2.1") is None
    assert "not counted" in caplog.text


@pytest.mark.parametrize(
    "limits", [("x", ""), ("", "10 per"), ("", "", "nowhere://x"), ("", "", "x")]
)
def test_a_limit_that_cannot_be_read_is_named(limits) -> None:
    with pytest.raises(InputError, match="TIAOWEN_LIMIT_"):
        Limiter(*limits)


HEADERS = {"x-forwarded-for": "198.51.100.9", "x-forwarded-proto": "https"}


def test_a_named_proxy_says_who_asks_and_how(served: Serve) -> None:
    limiter = Limiter("", "1/minute")
    browser = served(address="10.1.2.3", limiter=limiter, proxies=("10.1.0.0/16",))
    first = browser.post("/api/chats", headers=HEADERS)
    assert first.headers["strict-transport-security"] == "max-age=31536000"
    assert first.headers["set-cookie"].endswith("; Secure")
    second = browser.post("/api/chats", headers=HEADERS | {"x-forwarded-for": "198.51.100.8"})
    assert (first.status_code, second.status_code) == (201, 201)
    assert browser.post("/api/chats", headers=HEADERS).status_code == 429


@pytest.mark.parametrize("proxies", [(), ("10.2.0.0/16",)])
def test_nobody_else_is_believed(served: Serve, proxies: tuple[str, ...]) -> None:
    browser = served(address="10.1.2.3", limiter=Limiter("", "1/minute"), proxies=proxies)
    first = browser.post("/api/chats", headers=HEADERS)
    assert "strict-transport-security" not in first.headers
    assert "Secure" not in first.headers["set-cookie"]
    second = browser.post("/api/chats", headers=HEADERS | {"x-forwarded-for": "198.51.100.8"})
    assert second.status_code == 429


def test_other_sites_call_only_where_they_are_named(served: Serve) -> None:
    asks = {"origin": "https://a.example", "access-control-request-method": "POST",
            "access-control-request-headers": "authorization,content-type"}  # fmt: skip
    assert "access-control-allow-origin" not in served().options("/v1/models", headers=asks).headers
    browser = served(without_key="none", origins=("https://a.example",))
    allowed = browser.options("/v1/chat/completions", headers=asks)
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == "https://a.example"
    assert "access-control-allow-credentials" not in allowed.headers
    other = browser.options("/v1/models", headers=asks | {"origin": "https://b.example"})
    assert "access-control-allow-origin" not in other.headers
    refused = browser.get("/api/documents", headers={"origin": "https://a.example"})
    assert refused.status_code == 401
    assert refused.headers["access-control-allow-origin"] == "https://a.example"


def test_every_response_has_its_headers(served: Serve) -> None:
    browser = served(without_key="local")
    for path in ("/", "/api/documents", "/nothing", "/docs", "/static/tiaowen.css", "/healthz"):
        headers = browser.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "geolocation=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers
        assert "access-control-allow-origin" not in headers
    assert "strict-transport-security" in served("https://testserver").get("/healthz").headers


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"proxy": "*"}, "TIAOWEN_PROXY"),
        ({"proxy": "proxy.example"}, "TIAOWEN_PROXY"),
        ({"origins": "a.example"}, "TIAOWEN_ORIGINS"),
        ({"origins": "*"}, "TIAOWEN_ORIGINS"),
        ({"origins": "https://a.example/x"}, "TIAOWEN_ORIGINS"),
    ],
)
def test_a_setting_that_would_open_all_is_refused(settings, name: str) -> None:
    with pytest.raises(InputError, match=name):
        open_access(Settings(**settings), "127.0.0.1")
