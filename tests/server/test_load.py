"""Many at once: nobody blocks the loop, too many are told so, answers are kept, streams end whole."""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
import time
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import median
from urllib.parse import quote, urlsplit

import httpx
import pytest
import uvicorn

from retriever.query import Query
from server.answers import Answers
from server.app import create_app
from server.assistant import Assistant
from server.load import Load

QUESTION = "高新区三类医疗器械注册证奖励多少？"
DAY = date(2026, 11, 24)


@contextmanager
def served(app):
    """The address of an application behind a real socket."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=30)


@dataclass(frozen=True)
class Slow:
    """A model that says nothing until it is let go, in the loop as a real one does."""

    name: str = "slow"
    go: threading.Event = field(default_factory=threading.Event)
    asked: threading.Event = field(default_factory=threading.Event)

    async def stream(self, messages: Sequence[object]) -> AsyncGenerator[str, None]:
        self.asked.set()
        while not self.go.is_set():
            await asyncio.sleep(0.01)
        yield "。"


def call(address: tuple[str, int], method: str, path: str, body: object = None) -> int:
    """A request that costs the asking process next to nothing."""
    connection = http.client.HTTPConnection(*address, timeout=60)
    sent = None if body is None else json.dumps(body)
    connection.request(method, path, sent, {"Content-Type": "application/json"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


@pytest.mark.parametrize(
    "path", ["/api/ask", "/api/ask/stream", "/v1/chat/completions", "/api/search", "/?q="]
)
def test_a_watcher_is_answered_while_twenty_ask(server_url: str, path: str) -> None:
    parts = urlsplit(server_url)
    address = (parts.hostname or "", parts.port or 0)

    def ask(number: int) -> int:
        text = f"{number}家三类医疗器械企业在高新区奖励多少，市里又有什么支持？"
        if path == "/?q=":
            return call(address, "GET", path + quote(text))
        if path == "/api/search":
            return call(address, "GET", f"{path}?q={quote(text)}")
        body: object = {"question": text}
        if path.startswith("/v1"):
            body = {"model": "tiaowen", "messages": [{"role": "user", "content": text}]}
        return call(address, "POST", path, body)

    assert ask(99) == 200
    took: list[float] = []
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(ask, number) for number in range(20)]
        while not all(each.done() for each in asked):
            started = time.monotonic()
            assert call(address, "GET", "/healthz") == 200
            took.append(time.monotonic() - started)
    assert {each.result() for each in asked} == {200}
    assert took and max(took) < 0.8 and median(took) < 0.3, sorted(took)[-3:]


def test_who_waits_for_a_model_holds_no_thread(assistant: Assistant) -> None:
    model = Slow()
    app = create_app(replace(assistant, model=model), load=Load(threads=1))
    with served(app) as url, ThreadPoolExecutor(4) as pool:
        body = {"question": QUESTION}
        asked = [pool.submit(httpx.post, f"{url}/api/ask", json=body, timeout=60) for _ in range(3)]
        assert model.asked.wait(30)
        found = httpx.get(f"{url}/api/search", params={"q": "奖励"}, timeout=20)
        assert found.status_code == 200 and not any(each.done() for each in asked)
        model.go.set()
        assert [each.result().json()["status"] for each in asked] == ["answered"] * 3


def test_too_many_are_told_to_come_again(assistant: Assistant) -> None:
    model = Slow()
    app = create_app(replace(assistant, model=model), load=Load(most=2))
    with served(app) as url, ThreadPoolExecutor(4) as pool:
        body = {"question": QUESTION}
        asked = [pool.submit(httpx.post, f"{url}/api/ask", json=body, timeout=60) for _ in range(2)]
        while app.state.load.under_way < 2:
            time.sleep(0.01)
        for path, sent in (
            ("/api/ask", body),
            ("/api/ask/stream", body),
            ("/api/check", {"text": "x"}),
        ):
            refused = httpx.post(url + path, json=sent)
            assert (refused.status_code, refused.json()["error"]["code"]) == (503, "overloaded")
            assert " / " in refused.json()["error"]["message"]
            assert int(refused.headers["retry-after"]) >= 1
            assert refused.headers["x-content-type-options"] == "nosniff"
        page = httpx.get(f"{url}/", headers={"Accept": "text/html"})
        assert page.status_code == 503 and page.text.startswith("<!doctype html>")
        for path in ("/healthz", "/readyz", "/metrics"):
            assert httpx.get(url + path).status_code == 200
        model.go.set()
        assert [each.result().status_code for each in asked] == [200, 200]
        assert httpx.post(f"{url}/api/ask", json=body, timeout=60).status_code == 200
        while app.state.load.under_way:
            time.sleep(0.01)


def test_a_stream_ends_whole_when_the_server_stops(assistant: Assistant) -> None:
    model = Slow()
    app = create_app(replace(assistant, model=model))
    app.state.stopping.grace = 0.2
    with served(app) as url, ThreadPoolExecutor(1) as pool:
        body = {"question": QUESTION}
        asked = pool.submit(httpx.post, f"{url}/api/ask/stream", json=body, timeout=60)
        assert model.asked.wait(30)
        app.state.stopping.end()
        text = asked.result(20).text
    assert text.endswith("\n\n")
    name, data = text.strip().split("\n\n")[-1].split("\n")
    error = json.loads(data.removeprefix("data: "))["error"]
    assert name == "event: error" and " / " in error["message"]


def test_an_answer_is_kept_for_the_same_question_alone(assistant: Assistant) -> None:
    keeping = replace(assistant, answers=Answers(2))
    query = Query(QUESTION, DAY)
    first, again = keeping.ask(query), keeping.ask(query)
    assert again == replace(first, took_ms=again.took_ms)
    assert keeping.retrieve(query) is keeping.retrieve(query)
    others = [
        ((replace(query, in_force=True),), {}),
        ((replace(query, as_of=date(2026, 1, 1)),), {}),
        ((query, ["高新区奖励多少？"]), {}),
        ((query, ["高新区奖励多少？"], [1]), {}),
    ]
    for given, _ in others:
        assert keeping.retrieve(*given) is not keeping.retrieve(query)
        assert keeping.retrieve(*given) is keeping.retrieve(*given)
    # Two are kept, the least recently asked for goes.
    kept = keeping.retrieve(query)
    for day in (1, 2, 3):
        keeping.retrieve(replace(query, as_of=date(2026, 2, day)))
    assert keeping.retrieve(query) is not kept
    assert len(keeping.answers._entries) == len(keeping.answers._found) == 2


def test_what_a_model_failed_at_is_asked_anew(assistant: Assistant) -> None:
    model = Slow()
    model.go.set()
    keeping = replace(assistant, model=model, answers=Answers(4))
    for _ in range(2):
        model.asked.clear()
        assert any(
            p.check.startswith("model_") for p in keeping.ask(Query(QUESTION, DAY)).trace.problems
        )
        assert model.asked.is_set()
    # Another model, and none, have answers of their own.
    plain = replace(keeping, model=None)
    assert plain.ask(Query(QUESTION, DAY)).trace.problems == ()
