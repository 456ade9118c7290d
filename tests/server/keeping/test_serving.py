"""``tiaowen serve`` as a process: it refuses to be open to others, and stops with all written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from serving import started

from corpus.errors import ServeError
from server.assistant import Assistant
from server.keeping.database import open_database
from server.keeping.keys import list_keys, make_key, revoke_key
from server.keeping.opening import open_access
from server.keeping.usage import usage_json
from server.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
BODY = {"question": "渝府办发〔2025〕56号第（十）条原文"}


@pytest.fixture
def place(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/kept/tiaowen.db"


def run(place: str, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"TIAOWEN_DATABASE": place, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "server.cli", *arguments],
        cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_without_a_key_it_does_not_listen_to_others(place: str) -> None:
    process = run(place, "serve", "--host", "0.0.0.0", "--port", "0")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert err.count("\n") == 1
    assert "tiaowen keys make" in err
    assert "TIAOWEN_OPEN=1" in err
    assert "others can reach this" in err


def opened(place: str, host: str, **settings) -> str:
    access = open_access(Settings(database=place, **settings), host)
    assert access.keeper
    access.keeper.close()
    return access.without_key


def test_who_may_ask_without_a_key(place: str) -> None:
    for host in ("127.0.0.1", "localhost", "::1"):
        assert opened(place, host) == "local"
    assert opened(place, "0.0.0.0", open=True) == "all"
    refused = [("0.0.0.0", {}), ("", {}), ("192.0.2.1", {}), ("127.0.0.1", {"proxy": "127.0.0.1"})]
    for host, settings in refused:
        with pytest.raises(ServeError):
            opened(place, host, **settings)
    database = open_database(place)
    key, _ = make_key(database, "a", ["read"])
    for host, settings in refused:
        assert opened(place, host, **settings) == "none"
    revoke_key(database, key.id)
    database.close()
    with pytest.raises(ServeError):
        opened(place, "0.0.0.0")


def test_with_a_key_it_serves_others_who_have_it(
    place: str, assistant: Assistant, tmp_path: Path
) -> None:
    made = run(place, "keys", "make", "接口", "--json")
    key = json.loads(made.communicate(timeout=60)[0])["key"]
    environment = {"TIAOWEN_DATABASE": place}
    with started(tmp_path / "log", "--host", "0.0.0.0", **environment) as (process, url):
        assert httpx.get(f"{url}/readyz").json()["ready"] is True
        told = {"x-forwarded-for": "127.0.0.1", "host": "localhost"}
        assert httpx.get(f"{url}/api/documents", headers=told).status_code == 401
        away = httpx.get(f"{url}/", headers={"accept": "text/html"})
        assert away.headers["location"] == "/login?next=%2F"
        assert "server" not in away.headers
        headers = {"authorization": f"Bearer {key}"}
        answer = httpx.post(f"{url}/api/ask", json=BODY, headers=headers, timeout=60).json()
        assert answer["status"] == "answered"
        assert answer["id"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)
    database = open_database(place)
    assert usage_json(database, 1)["statuses"] == {"answered": 1}
    assert list_keys(database)[0].used
    database.close()
