"""Streaming with a model: nothing is sent before it is checked, and who leaves ends the work."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from chatting import KEY, Stage, playing, serving

from server.assistant import Assistant

BODY = {"question": "创新药每个奖励多少？", "as_of": "2026-11-24"}
FIRST, FALSE = "对创新药每个奖励1000万元[1]。", "改良型新药每个奖励1000万元[1]。"
SECOND = "改良型新药、生物类似药每个奖励500万元[1]。"


def events(lines: Iterator[str]) -> Iterator[tuple[str, dict]]:
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            yield name, json.loads(line[6:])


def stream(url: str) -> list[tuple[str, dict]]:
    with httpx.stream("POST", f"{url}/api/ask/stream", json=BODY, timeout=20) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        return list(events(response.iter_lines()))


def test_each_sentence_is_checked_before_it_is_sent(assistant: Assistant) -> None:
    with (
        playing(lambda stage: stage.say(FIRST + FALSE + SECOND, size=1)) as play,
        serving(assistant, play) as url,
    ):
        found = stream(url)
        whole = httpx.post(f"{url}/api/ask", json=BODY, timeout=20).json()
    assert [name for name, _ in found] == ["sources", "delta", "delta", "answer"]
    answer = found[-1][1]
    assert [data["text"] for name, data in found if name == "delta"] == [
        claim["text"] for claim in answer["claims"]
    ]
    assert answer["mode"] == "generative"
    assert "改良型新药每个奖励1000万元" not in json.dumps(answer["claims"], ensure_ascii=False)
    assert [p["check"] for p in answer["trace"]["problems"]] == ["amounts_stay_with_their_subject"]
    assert answer | {"took_ms": 0} == whole | {"took_ms": 0}
    assert KEY not in json.dumps([found, whole])


def test_a_sentence_is_sent_while_the_model_still_speaks(assistant: Assistant) -> None:
    heard = threading.Event()

    def script(stage: Stage) -> None:
        stage.begin()
        stage.delta(FIRST + "改")
        assert heard.wait(10)
        stage.delta(SECOND[1:], "stop")
        stage.event("[DONE]")

    with playing(script) as play, serving(assistant, play) as url:
        names = []
        with httpx.stream("POST", f"{url}/api/ask/stream", json=BODY, timeout=20) as response:
            for name, _ in events(response.iter_lines()):
                names.append(name)
                if name == "delta":
                    heard.set()
    assert names == ["sources", "delta", "delta", "answer"]


@pytest.mark.parametrize("reply", ["无法回答", FALSE, ""])
def test_without_a_usable_sentence_the_clauses_own_are_streamed(
    assistant: Assistant, reply: str
) -> None:
    with playing(lambda stage: stage.say(reply)) as play, serving(assistant, play) as url:
        found = stream(url)
    answer = found[-1][1]
    assert answer["mode"] == "extractive"
    assert [data["text"] for name, data in found if name == "delta"] == [
        claim["text"] for claim in answer["claims"]
    ]


def test_the_answer_counts_where_a_reply_breaks_off(assistant: Assistant) -> None:
    def script(stage: Stage) -> None:
        stage.begin()
        stage.delta(FIRST + "改良")

    with playing(script) as play, serving(assistant, play) as url:
        found = stream(url)
    assert [name for name, _ in found] == ["sources", "delta", "answer"]
    assert found[-1][1]["mode"] == "extractive"
    assert found[-1][1]["trace"]["problems"][-1]["check"] == "model_cut_off"


def _talks_for_long(stage: Stage) -> None:
    stage.begin()
    stage.delta(FIRST + "改")
    for _ in range(400):
        stage.delta("良")
        time.sleep(0.02)


def test_who_hangs_up_ends_the_request_to_the_model(assistant: Assistant) -> None:
    with playing(_talks_for_long) as play, serving(assistant, play) as url:
        with httpx.stream("POST", f"{url}/api/ask/stream", json=BODY, timeout=20) as response:
            for name, _ in events(response.iter_lines()):
                if name == "delta":
                    break
        assert play.hung_up.wait(4), "the model went on talking to nobody"


def test_a_slow_model_holds_up_nobody_else(assistant: Assistant) -> None:
    with (
        playing(_talks_for_long) as play,
        serving(assistant, play) as url,
        httpx.stream("POST", f"{url}/api/ask/stream", json=BODY, timeout=20) as response,
    ):
        for name, _ in events(response.iter_lines()):
            if name == "delta":
                break
        started = time.perf_counter()
        assert httpx.get(f"{url}/healthz").status_code == 200
        search = httpx.get(f"{url}/api/search", params={"q": "创新药奖励"}, timeout=10)
        assert search.status_code == 200
        assert time.perf_counter() - started < 3
