"""What pages weigh on the line, and what a browser keeps of them."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

MOST = 150_000
PAGES = [
    "/",
    "/?q=" + quote("高新区三类医疗器械注册证奖励多少"),
    "/measures",
    "/documents/cqgxq-2024-31",
]


def on_the_line(client, path: str) -> int:
    """How many bytes the body takes, compressed as a browser would get it."""
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as response:
        assert response.status_code == 200
        if int(response.headers["content-length"]) >= 1024:
            assert response.headers["content-encoding"] == "gzip", path
        return sum(len(chunk) for chunk in response.iter_raw())


@pytest.mark.parametrize("path", PAGES, ids=["start", "answer", "measures", "document"])
def test_a_page_with_all_its_files_is_light(client, path: str) -> None:
    html = client.get(path).text
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html))
    assert len(files) >= 3
    assert on_the_line(client, path) + sum(on_the_line(client, file) for file in files) < MOST


def test_a_file_named_by_its_digest_is_kept_another_is_asked_about(client) -> None:
    named = re.findall(r'"(/static/tiaowen\.css\?v=\w+)"', client.get("/").text)[0]
    assert "immutable" in client.get(named).headers["cache-control"]
    plain = client.get("/static/tiaowen.css")
    assert plain.headers["cache-control"] == "no-cache"
    again = {"If-None-Match": plain.headers["etag"]}
    assert client.get("/static/tiaowen.css", headers=again).status_code == 304
    assert "cache-control" not in client.get("/static/none.css").headers


def test_a_stream_of_events_is_not_held_back_to_be_compressed(client) -> None:
    sent = {"question": "高新区三类医疗器械注册证奖励多少"}
    headers = {"Accept-Encoding": "gzip"}
    with client.stream("POST", "/api/ask/stream", json=sent, headers=headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in response.headers
        assert "event: answer" in "".join(response.iter_text())


def test_the_chosen_appearance_is_in_the_page_without_a_script(client) -> None:
    """Nothing but the sheet holds up the first paint."""
    for theme, shown in (("dark", 'data-theme="dark"'), ('"><script>', "")):
        html = client.get("/", headers={"cookie": f"tiaowen_theme={theme}"}).text
        opening = re.findall("<html[^>]*>", html)[0]
        assert (shown in opening) and ("data-theme" in opening) == bool(shown)
    assert not re.findall(r"<script(?![^>]*type=)", html)
