"""Who may administrate: keys, sessions, and pages of other sites."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from administrating import SECOND
from serving import serving

from server.keeping.database import open_database
from server.keeping.keys import make_key

FRIEND = "https://friend.example"
PAGES = ("/admin", "/admin/documents", "/admin/generations", "/admin/feedback", "/admin/statistics")


@pytest.fixture(scope="module")
def opened(make_place, tmp_path_factory) -> Iterator[tuple[str, str, str]]:
    """A server that is open on this machine and lets pages of a friend ask."""
    place, folder = make_place(), tmp_path_factory.mktemp("opened")
    with serving(place.assistant, folder, settings=place.settings, origins=(FRIEND,)) as (url, key):
        database = open_database(f"sqlite:///{folder}/kept/tiaowen.db")
        reads = make_key(database, "reads", ["read", "batch"])[1]
        database.close()
        yield url, key, reads


def calls(url: str) -> list[tuple[str, str]]:
    described = httpx.get(f"{url}/openapi.json", timeout=60).json()["paths"]
    found = [(m, p) for p, item in described.items() if "/admin/" in p for m in item]
    assert len(found) == 17
    return found


def test_without_a_key_nothing_even_on_this_machine(opened) -> None:
    url, _, reads = opened
    with httpx.Client(base_url=url, timeout=60) as client:
        assert client.get("/api/documents").status_code == 200
        for method, path in calls(url):
            filled = path.replace("{", "").replace("}", "")
            assert client.request(method, filled).status_code == 401, path
            refused = client.request(method, filled, headers={"x-api-key": reads})
            assert refused.status_code == 403, path
            assert refused.json()["error"]["code"] == "insufficient_scope"
        for page in PAGES:
            sent = client.get(page, headers={"accept": "text/html"})
            assert sent.status_code == 303 and sent.headers["location"].startswith("/login?next=")
        for path in ("/admin/reindex", "/admin/documents", "/admin/drafts/x/accept"):
            assert client.post(path).status_code == 401


def test_a_signed_in_browser_is_not_used_by_other_sites(opened) -> None:
    url, key, _ = opened
    own = {"origin": url}
    with httpx.Client(base_url=url, timeout=60) as browser:
        assert browser.post("/login", data={"key": key}, headers=own).status_code == 303
        assert browser.get("/admin").status_code == 200
        for said in (
            {"origin": "https://evil.example"},
            {"origin": "https://evil.example", "content-type": "application/json"},
            {"origin": FRIEND}, {"origin": "null"}, {"origin": "http://127.0.0.1:1"},
            {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site", "origin": url},
            # Whoever has the cookie and says nothing of where it comes from.
            {},
        ):  # fmt: skip
            for path in ("/api/admin/reindex", "/admin/reindex"):
                refused = browser.post(path, headers=said)
                assert refused.status_code == 403, said
                assert refused.json()["error"]["code"] == "cross_site"
            deleted = browser.delete("/api/admin/documents/first", headers=said)
            assert deleted.status_code == 403
        assert browser.get("/api/admin/actions").json()["actions"] == []
        # A friend may still ask, and our own page may do what it shows.
        body = {"question": "三类医疗器械注册证奖励多少"}
        assert browser.post("/api/ask", json=body, headers={"origin": FRIEND}).status_code == 200
        files = {"file": ("b.txt", SECOND.encode())}
        assert browser.post("/admin/documents", files=files, headers=own).status_code == 303
        page = browser.get("/admin/documents").text
        assert "编号不连续" in page and "影响回答" in page
        logged = browser.get("/api/admin/actions").json()["actions"]
        assert [(a["action"], a["key_name"]) for a in logged] == [("upload", "tests")]


def test_no_administration_where_none_was_asked_for(client, assistant, tmp_path) -> None:
    with serving(assistant, tmp_path) as (url, key):
        refused = httpx.get(f"{url}/api/admin/drafts", headers={"x-api-key": key}, timeout=60)
    assert refused.status_code == 503 and "管理" in refused.json()["error"]["message"]
