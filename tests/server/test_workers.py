"""``tiaowen serve --workers 2``: both answer, one that dies is replaced, all end with a signal."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import httpx
import pytest
from serving import started

from server.assistant import Assistant

QUESTION = {"question": "渝府办发〔2025〕56号第（十）条原文"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")


def workers(parent: int) -> list[int]:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(p) for p in children if b"spawn_main" in Path(f"/proc/{p}/cmdline").read_bytes()]


def answered(url: str) -> None:
    for _ in range(600):
        try:
            answer = httpx.post(f"{url}/api/ask", json=QUESTION, timeout=30)
            if answer.status_code == 200:
                assert answer.json()["citations"][0]["address"] == "cqzfb-2025-56#item10"
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("nobody answers")


def test_workers_share_a_port_and_are_replaced(assistant: Assistant, tmp_path: Path) -> None:
    log, place = tmp_path / "log", f"sqlite:///{tmp_path}/kept.db"
    with started(log, "--workers", "2", TIAOWEN_DATABASE=place) as (process, url):
        answered(url)
        first = workers(process.pid)
        assert len(first) == 2
        os.kill(first[0], signal.SIGKILL)
        for _ in range(300):
            now = workers(process.pid)
            if len(now) == 2 and first[0] not in now:
                break
            time.sleep(0.1)
        else:
            raise AssertionError(f"not replaced: {first} {now}")
        answered(url)
    assert process.returncode == 0
    text = log.read_text("utf-8")
    assert "Traceback" not in text, text
