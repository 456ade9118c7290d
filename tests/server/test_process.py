"""The installed command as processes of their own; each loads the model, so they are few."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from server.app import create_app
from server.assistant import Assistant
from server.cli import main
from server.serving import _config

COMMAND = Path(sys.executable).with_name("tiaowen")


@pytest.fixture
def tiaowen(assistant: Assistant, tmp_path: Path):
    """Run the command elsewhere than in the source tree; the assistant has built its index."""

    def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [COMMAND, *arguments], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120
        )

    return _run


def test_ask_prints_one_json_object_and_nothing_else(tiaowen, ask) -> None:
    question = "渝高新发〔2024〕31号第六条中药经典名方的奖励是多少"
    done = tiaowen("ask", question, "--as-of", "2026-11-24", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer, over_http = json.loads(done.stdout), ask(question)
    for each in (answer, over_http):
        assert each.pop("took_ms") > 0
    assert answer == over_http


def test_a_damaged_index_ends_the_process_with_1(tiaowen, tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    (folder / "g-1").mkdir(parents=True)
    (folder / "current").write_text("g-1", "utf-8")
    done = tiaowen("ask", "奖励", "--index", str(folder), "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("tiaowen: ")
    assert done.stderr.count("\n") == 1


def test_a_port_in_use_ends_the_process_with_1(tiaowen) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = tiaowen("serve", "--port", port)
    assert done.returncode == 1
    assert done.stderr.startswith("tiaowen: ")
    assert done.stderr.count("\n") == 1
    assert port in done.stderr
    assert "http://" not in done.stdout


def test_a_locale_without_chinese_still_gets_utf_8(tmp_path: Path) -> None:
    source = tmp_path / "trial.txt"
    source.write_text("某区试点办法\n某管发〔2026〕3号\n第一条 为开展试点，制定本办法。\n", "utf-8")
    done = subprocess.run(
        [COMMAND, "parse", source, "--json"],
        env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "某管发〔2026〕3号".encode() in done.stdout
    assert json.loads(done.stdout.decode())["document"]["id"] == "trial"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["ask", " "], 2),
        pytest.param(["ask", "\ud800奖励"], 2, id="lone-surrogate"),
        (["ask", "奖励", "--document", "none"], 2),
        (["show", "cqgxq-2024-31#art99"], 1),
        (["eval", "missing.jsonl"], 1),
    ],
)
def test_input_that_only_the_index_can_judge(assistant, capsys, arguments, status) -> None:
    assert main(arguments) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("tiaowen: ")
    assert err.count("\n") == 1


def test_show_and_search_through_the_command(assistant, capsys) -> None:
    assert main(["show", "渝府办发〔2025〕56号第（十）条", "--json"]) == 0
    clause = json.loads(capsys.readouterr().out)
    assert clause["address"] == "cqzfb-2025-56#item10"
    assert main(["search", "创新药奖励", "-k", "3", "--area", "高新区", "--json"]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert [hit["document"] for hit in hits] == ["cqgxq-2024-31"] * 3


def test_the_server_process_answers(server_url: str) -> None:
    ready = httpx.get(f"{server_url}/readyz").json()
    assert ready["ready"] is True
    body = {"question": "渝府办发〔2025〕56号第（十）条原文", "as_of": "2026-11-24"}
    answer = httpx.post(f"{server_url}/api/ask", json=body).json()
    assert answer["citations"][0]["address"] == "cqzfb-2025-56#item10"


def test_questions_at_the_same_time_get_their_own_answers(server_url: str) -> None:
    labels = {"第（十）条": "item10", "第（五）条": "item5", "第（三）条": "item3"}

    def address(label: str) -> str:
        body = {"question": f"渝府办发〔2025〕56号{label}原文"}
        answer = httpx.post(f"{server_url}/api/ask", json=body, timeout=60).json()
        return answer["citations"][0]["address"]

    asked = list(labels) * 4
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(address, asked))
    assert found == [f"cqzfb-2025-56#{labels[label]}" for label in asked]


def test_a_large_body_is_refused_and_the_server_lives_on(server_url: str) -> None:
    content = b'{"question": "' + b"a" * 100_000 + b'"}'
    response = httpx.post(
        f"{server_url}/api/ask", content=content, headers={"content-type": "application/json"}
    )
    assert response.status_code == 413
    assert httpx.get(f"{server_url}/healthz").json() == {"ok": True}


def test_connections_are_kept_longer_than_proxies_keep_theirs(assistant: Assistant) -> None:
    assert _config(create_app(assistant)).timeout_keep_alive > 60
