"""What a judge may reply: grades are read out of anything, and nothing else is taken for them."""

from __future__ import annotations

import gzip
import time

import pytest
from judging import GOOD, JUDGED, KEY, Script, Stage, client, playing, run_of_size

from eval.judge import judge


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GOOD, id="plain"),
        pytest.param(f"```json\n{GOOD}\n```", id="code fence"),
        pytest.param(f"评分如下：\n{GOOD}\n以上{{供参考}}。", id="text around"),
        pytest.param(f"<think>{{草稿</think>{GOOD}", id="open brace before"),
        pytest.param(f"{GOOD}\n{GOOD}", id="said twice"),
        pytest.param("想一想。" * 10_000 + GOOD, id="long before the grades"),
        pytest.param('{"faithfulness": 4.0, "fluency": 5, "reason": "{\\"fluency\\": 1}"}', id="nested"),
    ],
)  # fmt: skip
def test_grades_are_read_out_of_the_reply(text: str) -> None:
    before = run_of_size(1)
    with playing(lambda stage, _: stage.say(text)) as theatre:
        judged = judge(before, client(theatre))
    assert (judged.graded, judged.failed, judged.problem) == (1, 0, None)
    assert judged.run.outcomes[0].values == {**before.outcomes[0].values, **JUDGED}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("很好，满分。", id="no JSON"),
        pytest.param("", id="nothing"),
        pytest.param(None, id="null"),
        pytest.param([{"type": "text", "text": "4"}], id="parts"),
        pytest.param('{"faithfulness": 6, "fluency": 5}', id="above"),
        pytest.param('{"faithfulness": 0, "fluency": 5}', id="below"),
        pytest.param('{"faithfulness": NaN, "fluency": 5}', id="NaN"),
        pytest.param('{"faithfulness": 1e999, "fluency": 5}', id="infinite"),
        pytest.param('{"faithfulness": ' + "9" * 5000 + ', "fluency": 5}', id="many digits"),
        pytest.param('{"faithfulness": true, "fluency": 5}', id="boolean"),
        pytest.param('{"faithfulness": "很高", "fluency": 5}', id="word"),
        pytest.param('{"faithfulness": [4], "fluency": 5}', id="list"),
        pytest.param('{"faithfulness": 4}', id="one of two"),
        pytest.param('{"faithfulness": 4, "fluency": 5', id="cut off"),
        pytest.param(GOOD.replace("4", "1") + GOOD, id="two that differ"),
        pytest.param('{"a":' * 30_000, id="deep"),
        pytest.param("{" * 200_000, id="braces"),
        pytest.param(GOOD + "。" * 20_000, id="long after the grades"),
    ],
)
def test_a_reply_without_grades_leaves_the_answer_ungraded(content: object) -> None:
    assert_ungraded(lambda stage, _: stage.say(content), "no grades")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<html>502</html>", id="HTML"),
        pytest.param(b"\xff\xfe\xfa", id="bytes"),
        pytest.param(b"[]", id="list"),
        pytest.param(b'{"choices": []}', id="no choice"),
        pytest.param(b'{"choices": [{"message": null}]}', id="no message"),
        pytest.param(b'{"error": {"message": "quota"}}', id="error in 200"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(gzip.compress(b" " * 10_000_000), id="compressed unasked"),
    ],
)
def test_a_body_of_another_shape_leaves_the_answer_ungraded(body: bytes) -> None:
    assert_ungraded(lambda stage, _: stage.send(body), "no grades")


@pytest.mark.parametrize("status", [204, 302, 400, 401, 404, 429, 500, 503])
def test_a_refusal_names_the_status_and_never_the_key(status: int) -> None:
    def refuse(stage: Stage, _: int) -> None:
        body = b"" if status == 204 else f"Incorrect API key provided: {KEY}".encode()
        stage.send(body, status, Location=f"/v1/chat/completions?key={KEY}")

    assert_ungraded(refuse, f"HTTP {status}")


def drip(stage: Stage, _: int) -> None:
    """One byte at a time, for ever: no single read is slow."""
    stage.send_response(200)
    stage.end_headers()
    while True:
        stage.wfile.write(b" ")
        time.sleep(0.05)


def drip_headers(stage: Stage, _: int) -> None:
    stage.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        stage.wfile.write(b"x")
        time.sleep(0.05)


def silence(_: Stage, __: int) -> None:
    time.sleep(3)


def flood(stage: Stage, _: int) -> None:
    stage.send_response(200)
    stage.end_headers()
    while True:
        stage.wfile.write(b" " * 65536)


def flood_headers(stage: Stage, _: int) -> None:
    stage.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        stage.wfile.write(b"X-More: " + b"x" * 8192 + b"\r\n")


def hang_up(stage: Stage, _: int) -> None:
    stage.close_connection = True


def cut_short(stage: Stage, _: int) -> None:
    stage.send_response(200)
    stage.send_header("Content-Length", "1000")
    stage.end_headers()
    stage.wfile.write(GOOD.encode())
    stage.close_connection = True


def gibberish(stage: Stage, _: int) -> None:
    stage.wfile.write(f"{KEY}\r\n\r\n".encode())
    stage.close_connection = True


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (drip, "timeout"),
        (drip_headers, "timeout"),
        (silence, "timeout"),
        (flood, "too large"),
        (flood_headers, "connection failed"),
        (hang_up, "connection failed"),
        (cut_short, "connection failed"),
        (gibberish, "connection failed"),
    ],
)
def test_an_endless_or_broken_reply_is_given_up(script: Script, said: str) -> None:
    started = time.monotonic()
    assert_ungraded(script, said, timeout=0.6 if said == "timeout" else 10.0)
    assert time.monotonic() - started < 5


def assert_ungraded(script: Script, said: str, timeout: float = 10.0) -> None:
    before = run_of_size(1)
    with playing(script) as theatre:
        judged = judge(before, client(theatre, timeout))
        assert len(theatre.heard) == 1
    assert (judged.graded, judged.failed) == (0, 1)
    assert judged.run.outcomes == before.outcomes
    assert said in str(judged.problem)
    assert KEY not in str(judged)
