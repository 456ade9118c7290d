"""Keys that are guessed, sessions that are planted, pages of other sites, requests that are two."""

from __future__ import annotations

import re
import socket

import httpx
from starlette.routing import Route

from server.app import _ROUTED

EVIL = {"origin": "https://evil.example", "content-type": "application/x-www-form-urlencoded"}
WRONG = "tiaowen_0123456789ab_" + "A" * 43


def test_guessed_keys_are_soon_not_looked_at(attacked, browse) -> None:
    guesser, user = browse(address="127.0.0.2"), browse("read", address="127.0.0.2")
    assert user.get("/api/documents").status_code == 200
    right = attacked.keys["unused"]
    guesses = [
        right[:-1] + ("A" if right[-1] != "A" else "B"),
        right[:-5],
        WRONG,
        "tiaowen_",
        right.upper().replace("TIAOWEN", "tiaowen"),
    ]
    for guess in guesses:
        assert guesser.get("/api/documents", headers={"x-api-key": guess}).status_code == 401
    # The sixth is not looked at, were it the right one.
    for headers in ({"x-api-key": WRONG}, {"authorization": f"Bearer {right}"}):
        barred = guesser.get("/api/documents", headers=headers)
        assert barred.status_code == 429 and 1 <= int(barred.headers["retry-after"]) <= 61
        assert barred.json()["error"]["code"] == "rate_limit_exceeded"
    assert guesser.post("/login", data={"key": right}).status_code == 429
    # Who has been here before, and who is elsewhere, is not shut out; nor is who guesses nothing.
    assert user.get("/api/documents").status_code == 200
    assert browse(address="127.0.0.3").post("/login", data={"key": right}).status_code == 303
    assert guesser.get("/api/documents").status_code == 200
    assert guesser.get("/api/documents", headers={"x-api-key": "sk-any"}).status_code == 200


def test_guesses_at_the_sign_in_page_count_too(attacked, browse) -> None:
    guesser = browse(address="127.0.0.4")
    found = [guesser.post("/login", data={"key": f"{WRONG}{n}"}).status_code for n in range(7)]
    assert found == [400] * 5 + [429] * 2


def test_a_planted_session_opens_nothing(attacked, browse) -> None:
    browser = browse()
    browser.cookies.set("tiaowen_session", "planted-by-somebody", domain="127.0.0.1")
    signed = browser.post("/login", data={"key": attacked.keys["admin"]})
    cookie = signed.headers["set-cookie"]
    first = re.match(
        r"tiaowen_session=([\w-]{43}); HttpOnly; Max-Age=\d+; Path=/; SameSite=Lax$", cookie
    )
    assert first, cookie
    again = browse().post(
        "/login",
        data={"key": attacked.keys["admin"]},
        headers={"cookie": f"tiaowen_session={first[1]}"},
    )
    assert again.headers["set-cookie"].split(";")[0] != cookie.split(";")[0]
    for session in ("planted-by-somebody", first[1]):
        # Signing in ends the session that was there.
        old = browse().get("/admin", headers={"cookie": f"tiaowen_session={session}"})
        assert old.status_code in (303, 401)


def test_every_call_that_changes_something_refuses_other_sites(attacked, browse) -> None:
    browser = browse()
    browser.post("/login", data={"key": attacked.keys["admin"]})
    changing = {
        (method, re.sub(r"\{[^}]+\}", "evil", route.path))
        for module in _ROUTED
        for route in module.router.routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"GET", "HEAD", "OPTIONS"}
    }
    assert len(changing) > 30
    for method, path in sorted(changing):
        for said in (
            EVIL,
            {"sec-fetch-site": "cross-site", "content-type": "application/json"},
            EVIL | {"origin": "null"},
        ):
            refused = browser.request(method, path, headers=said)
            assert refused.status_code == 403 and "cross_site" in refused.text, (method, path, said)
    assert browser.get("/api/documents/evil").status_code == 200
    assert browser.get("/admin").status_code == 200


def test_no_other_site_may_read(browse) -> None:
    for path in ("/api/documents", "/", "/api/chats"):
        said = browse().get(path, headers={"origin": "https://evil.example"}).headers
        assert "access-control-allow-origin" not in said
        assert (
            said["x-frame-options"] == "DENY"
            and "frame-ancestors 'none'" in said["content-security-policy"]
        )


def test_a_request_is_one_request(attacked) -> None:
    port = httpx.URL(attacked.url).port
    for head in (
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: -1",
        "Transfer-Encoding: chunked, identity",
        "Content-Length: 9999999999999999999999",
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
            raw.sendall(
                f"POST /api/ask HTTP/1.1\r\nHost: a\r\n{head}\r\n\r\n0\r\n\r\nGET /readyz HTTP/1.1\r\nHost: a\r\n\r\n".encode()
            )
            said = raw.recv(65536)
        assert re.match(rb"HTTP/1.1 4\d\d ", said), (head, said[:80])
        assert said.count(b"HTTP/1.1 200") == 0
