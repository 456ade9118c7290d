"""The log of a real server process, line by line as an operator's tools read it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import started

from server.assistant import Assistant
from server.keeping.database import open_database
from server.keeping.keys import make_key

QUESTION = "高新区三类医疗器械注册证奖励多少？"
LINE = {"level", "logger", "message", "request_id", "method", "path", "status", "ms", "key"}


@dataclass
class Served:
    url: str
    log: Path
    key_id: str
    key: str

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def line(self, name: str) -> dict[str, Any]:
        """The line of a request, which is written a moment after its response."""
        for _ in range(100):
            found = [
                line
                for line in self.lines()
                if line.get("request_id") == name and line["message"] == "request"
            ]
            if found:
                return found[0]
            time.sleep(0.05)
        raise AssertionError(f"no line for {name}")


@pytest.fixture(scope="module")
def served(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("logged")
    place = f"sqlite:///{folder}/kept.db"
    database = open_database(place)
    key, text = make_key(database, "a", ["read"])
    database.close()
    environment = {"TIAOWEN_DATABASE": place, "TIAOWEN_LOG": "json"}
    with started(folder / "log", **environment) as (_, url):
        served = Served(url, folder / "log", key.id, text)
        yield served
    assert served.lines()


def test_a_request_is_a_line_with_who_and_how_but_not_what(served: Served) -> None:
    headers = {"authorization": f"Bearer {served.key}", "x-request-id": "trace-1.a:b_c"}
    body = {"question": QUESTION}
    response = httpx.post(f"{served.url}/api/ask?secret=1", json=body, headers=headers, timeout=60)
    assert response.headers.get_list("x-request-id") == ["trace-1.a:b_c"]
    line = served.line("trace-1.a:b_c")
    assert line.keys() >= LINE
    assert (line["method"], line["path"], line["status"]) == ("POST", "/api/ask", 200)
    assert (line["key"], line["level"]) == (served.key_id, "info")
    assert 0 < line["ms"] < 60_000
    text = served.log.read_text("utf-8")
    for word in ("医疗器械", "secret", served.key, "\\u533b"):
        assert word not in text


def test_an_error_tells_the_id_that_the_log_has(served: Served) -> None:
    response = httpx.post(f"{served.url}/api/ask", json={"question": " "})
    error = response.json()["error"]
    assert error["request_id"] == response.headers["x-request-id"]
    line = served.line(error["request_id"])
    assert (line["status"], line["error"], line["key"]) == (400, "bad_input", None)
    wire = httpx.post(f"{served.url}/v1/chat/completions", json={})
    assert wire.json()["error"]["request_id"] == wire.headers["x-request-id"]
    page = httpx.get(f"{served.url}/documents/none", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["x-request-id"] in page.text


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, '{"a":1}', "\u00e9", "-a", "a;b"])
def test_an_id_that_is_none_is_replaced(served: Served, given: str) -> None:
    raw = given.encode("latin-1")
    response = httpx.get(f"{served.url}/healthz", headers={"x-request-id": raw})
    made = response.headers["x-request-id"]
    assert made != given
    assert len(made) == 32
    assert served.line(made)["path"] == "/healthz"


def test_two_ids_are_none(served: Served) -> None:
    headers = [("x-request-id", "first"), ("x-request-id", "second")]
    response = httpx.get(f"{served.url}/healthz", headers=headers)
    assert response.headers["x-request-id"] not in ("first", "second")


def test_what_a_path_holds_stays_in_its_line(served: Served) -> None:
    forged = '%0d%0a{"message":"request","status":200}%1b[2J%c2%9b31m%e2%80%ae%e2%80%a8%7f'
    response = httpx.get(f"{served.url}/wp-admin{forged}")
    line = served.line(response.headers["x-request-id"])
    assert line["path"].startswith("/wp-admin\r\n{")
    # A line of its own would be one that no logger wrote.
    lines = served.lines()
    assert all("logger" in each for each in lines)
    assert [each for each in lines if "wp-admin" in each.get("path", "")] == [line]
    raw = served.log.read_bytes()
    for each in (b"\r", b"\x1b", "\x9b".encode(), "\u202e".encode(), "\u2028".encode(), b"\x7f"):
        assert each not in raw


def test_the_token_of_a_shared_chat_is_not_logged(served: Served) -> None:
    response = httpx.get(f"{served.url}/shared/tokentokentoken")
    assert served.line(response.headers["x-request-id"])["path"] == "/shared/-"
    assert b"tokentoken" not in served.log.read_bytes()


def test_refused_requests_have_an_id_and_a_line_too(served: Served) -> None:
    wrong = {"authorization": "Bearer " + served.key[:-2] + "zz"}
    response = httpx.get(f"{served.url}/api/documents", headers=wrong)
    line = served.line(response.json()["error"]["request_id"])
    assert (line["status"], line["error"], line["key"]) == (401, "invalid_api_key", None)
    large = httpx.post(f"{served.url}/api/ask", content=b"a" * 100_000)
    assert served.line(large.headers["x-request-id"])["status"] == 413
    assert served.key[:-2] not in served.log.read_text("utf-8")
