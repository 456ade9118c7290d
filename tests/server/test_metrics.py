"""GET /metrics: counts rise by exactly what was asked, and labels hold nothing that askers write."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx
import pytest
from chatting import Stage, playing, serving
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from server.app import create_app
from server.assistant import Assistant

DAY = "2026-11-24"
ANSWERED = {"question": "高新区三类医疗器械注册证奖励多少？", "as_of": DAY}
REFUSED = {"question": "上海张江的补贴是多少？", "as_of": DAY}
Counts = dict[str, float]


@pytest.fixture
def client(assistant: Assistant) -> TestClient:
    return TestClient(create_app(assistant), raise_server_exceptions=False)


def counts(text: str) -> Counts:
    """What is counted, as ``name{label=value,…}``; times differ from run to run."""
    return {
        f"{sample.name}{{{','.join(f'{k}={v}' for k, v in sorted(sample.labels.items()))}}}": (
            sample.value
        )
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name.endswith(("_total", "_count")) and sample.name.startswith("tiaowen_")
    }


def rise(get: Callable[[str], httpx.Response], act: Callable[[], object]) -> Counts:
    """What rises by an action, besides reading the metrics themselves; errors by code apart."""
    before = counts(get("/metrics").text)
    act()
    after = counts(get("/metrics").text)
    risen = {name: value - before.get(name, 0) for name, value in after.items()}
    apart = ("/metrics", "tiaowen_errors_total")
    return {n: value for n, value in risen.items() if value and not any(a in n for a in apart)}


def requests(route: str, method: str, status: int, number: int = 1) -> Counts:
    labels = f"method={method},route={route},status={status}"
    return {
        f"tiaowen_http_requests_total{{{labels}}}": number,
        f"tiaowen_http_request_duration_seconds_count{{route={route}}}": number,
    }


def answers(status: str, number: int = 1, mode: str = "extractive") -> Counts:
    return {
        f"tiaowen_answers_total{{mode={mode},status={status}}}": number,
        "tiaowen_stage_duration_seconds_count{stage=retrieval}": number,
        "tiaowen_stage_duration_seconds_count{stage=answering}": number,
    }


def chat(question: str, **fields) -> dict:
    messages = [{"role": "user", "content": question}]
    return {"model": "tiaowen", "messages": messages, "as_of": DAY} | fields


@pytest.mark.parametrize(
    ("route", "body"),
    [
        pytest.param("/api/ask", ANSWERED, id="ask"),
        pytest.param("/api/ask/stream", ANSWERED, id="stream"),
        pytest.param("/v1/chat/completions", chat(ANSWERED["question"]), id="chat"),
        pytest.param("/v1/chat/completions", chat(ANSWERED["question"], stream=True), id="chunks"),
    ],
)
def test_each_answer_counts_once_by_every_door(client: TestClient, route: str, body: dict) -> None:
    risen = rise(client.get, lambda: [client.post(route, json=body) for _ in range(3)])
    assert risen == requests(route, "POST", 200, 3) | answers("answered", 3)


def test_a_question_to_the_page_counts(client: TestClient) -> None:
    params = {"q": ANSWERED["question"], "as_of": DAY}
    risen = rise(client.get, lambda: client.get("/", params=params))
    assert risen == requests("/", "GET", 200) | answers("answered")


def test_refusals(client: TestClient) -> None:
    risen = rise(client.get, lambda: client.post("/api/ask", json=REFUSED))
    counted = requests("/api/ask", "POST", 200) | answers("refused")
    assert risen == counted | {"tiaowen_refusals_total{}": 1}


def test_a_search_is_a_retrieval_and_no_answer(client: TestClient) -> None:
    risen = rise(client.get, lambda: client.get("/api/search", params={"q": "奖励"}))
    stage = {"tiaowen_stage_duration_seconds_count{stage=retrieval}": 1}
    assert risen == requests("/api/search", "GET", 200) | stage


@pytest.mark.parametrize(
    ("method", "path", "route", "status"),
    [
        ("GET", "/api/documents/cqgxq-2024-31", "/api/documents/{document}", 200),
        ("GET", "/api/documents/none", "/api/documents/{document}", 404),
        ("GET", "/api/clauses/cqgxq-2024-31%23art5", "/api/clauses/{address:path}", 200),
        ("GET", "/documents/cqgxq-2024-31", "/documents/{document}", 200),
        ("GET", "/v1/models/secret", "/v1/models/{model}", 404),
        ("GET", "/static/none-of-these.js", "/static", 404),
        ("GET", "/wp-admin/秘密", "unmatched", 404),
        ("GET", "/api/wp-admin", "unmatched", 404),
        ("DELETE", "/api/ask", "/api/ask", 405),
        ("BREW", "/healthz", "/healthz", 405),
    ],
)
def test_a_request_counts_by_its_route(
    client: TestClient, method: str, path: str, route: str, status: int
) -> None:
    risen = rise(client.get, lambda: client.request(method, path))
    assert risen == requests(route, "other" if method == "BREW" else method, status)


def test_bad_requests_count_and_are_no_answers(client: TestClient) -> None:
    risen = rise(client.get, lambda: client.post("/api/ask", json={"question": " "}))
    assert risen == requests("/api/ask", "POST", 400)
    risen = rise(client.get, lambda: client.post("/api/ask", json={"question": "字" * 90_000}))
    assert risen == requests("unmatched", "POST", 413)


def test_an_error_in_a_handler_counts_as_500(assistant: Assistant) -> None:
    app = create_app(assistant)

    @app.get("/fail")
    def fail() -> None:
        raise RuntimeError

    client = TestClient(app, raise_server_exceptions=False)
    assert rise(client.get, lambda: client.get("/fail")) == requests("/fail", "GET", 500)


def test_no_label_holds_what_was_asked(client: TestClient) -> None:
    client.post("/api/ask", json=ANSWERED)
    client.get("/secret-path")
    client.get("/api/clauses/cqgxq-2024-31%23art5")
    text = client.get("/metrics").text
    for word in ("奖励", "secret", "cqgxq", "art5"):
        assert word not in text


def test_the_index_and_the_build(client: TestClient, assistant: Assistant) -> None:
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = {
        sample.name: sample
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }
    manifest = assistant.index.manifest
    assert found["tiaowen_index_documents"].value == manifest.documents
    assert found["tiaowen_index_clauses"].value == manifest.clauses
    assert found["tiaowen_index_age_seconds"].value >= 0
    assert found["process_resident_memory_bytes"].value > 0
    build = found["tiaowen_build_info"]
    assert build.labels == {"version": "0.1.0", "index": manifest.fingerprint[:16]}
    assert build.value == 1


def test_a_scraper_may_ask_for_openmetrics(client: TestClient) -> None:
    headers = {"accept": "application/openmetrics-text; version=1.0.0"}
    response = client.get("/metrics", headers=headers)
    assert response.headers["content-type"].startswith("application/openmetrics-text")
    assert {"tiaowen_http_requests", "tiaowen_answers"} <= {
        family.name for family in read_openmetrics(response.text)
    }


def test_applications_count_for_themselves(client: TestClient, assistant: Assistant) -> None:
    other = TestClient(create_app(assistant))
    assert rise(client.get, lambda: other.post("/api/ask", json=ANSWERED)) == {}


FIRST = "对创新药每个奖励1000万元[1]。"
FALSE = "改良型新药每个奖励1000万元[1]。"
SECOND = "改良型新药、生物类似药每个奖励500万元[1]。"
QUESTION = {"question": "创新药每个奖励多少？", "as_of": DAY}
DROPPED = {"tiaowen_dropped_claims_total{check=amounts_stay_with_their_subject}": 1}


@pytest.mark.parametrize("route", ["/api/ask", "/api/ask/stream"])
@pytest.mark.parametrize(
    ("reply", "mode", "counted"),
    [
        pytest.param(FIRST + SECOND, "generative", {}, id="good"),
        pytest.param(FIRST + FALSE + SECOND, "generative", DROPPED, id="one-dropped"),
        pytest.param(
            FALSE,
            "extractive",
            DROPPED | {"tiaowen_model_fallbacks_total{reason=unsupported}": 1},
            id="nothing-left",
        ),
        pytest.param(
            "", "extractive", {"tiaowen_model_fallbacks_total{reason=empty}": 1}, id="empty"
        ),
    ],
)
def test_what_a_model_says_is_counted(
    assistant: Assistant, route: str, reply: str, mode: str, counted: Counts
) -> None:
    with playing(lambda stage: stage.say(reply)) as play, serving(assistant, play) as url:
        risen = rise(
            lambda path: httpx.get(url + path),
            lambda: httpx.post(url + route, json=QUESTION, timeout=20),
        )
    assert risen == requests(route, "POST", 200) | answers("answered", mode=mode) | counted


def test_a_stream_that_was_left_counts_as_a_request_and_no_answer(assistant: Assistant) -> None:
    def script(stage: Stage) -> None:
        stage.begin()
        stage.delta(FIRST + "改")
        while True:
            stage.delta("良")
            time.sleep(0.02)

    with playing(script) as play, serving(assistant, play) as url:

        def leave() -> None:
            with httpx.stream("POST", f"{url}/api/ask/stream", json=QUESTION, timeout=20) as stream:
                for line in stream.iter_lines():
                    if line == "event: delta":
                        break
            assert play.hung_up.wait(4)
            # The model hears of it a moment before the request has ended.
            for _ in range(100):
                if "/api/ask/stream" in httpx.get(f"{url}/metrics").text:
                    return
                time.sleep(0.02)

        risen = rise(lambda path: httpx.get(url + path), leave)
    stage = {"tiaowen_stage_duration_seconds_count{stage=retrieval}": 1}
    assert risen == requests("/api/ask/stream", "POST", 200) | stage
