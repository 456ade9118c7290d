"""A small library and a program that administrates it, for the tests of this folder."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from server.assistant import Assistant
from server.settings import Settings

FIRST = """某某区支持新药研发暂行办法
某某管发〔2026〕12号
第一条 为支持新药研发，制定本办法。
第二条 对完成III期临床试验的创新药，按研发投入的20%给予不超过300万元的补助。
第三条 对取得三类医疗器械注册证的企业，给予一次性奖励100万元。
第四条 本办法自2026年3月1日起施行，有效期三年。
"""
#: Article 3 is missing.
SECOND = """某某区管委会关于印发《某某区支持低空经济发展办法》的通知
某某管发〔2026〕21号
某某区支持低空经济发展办法
第一条 为支持低空经济发展，制定本办法。
第二条 对新建无人机起降场的企业，按投资额的30%给予不超过250万元的补助。
第四条 对开通低空物流航线的企业，每条航线奖励18万元。
第五条 本办法自2026年5月1日起施行，有效期三年。
某某区管委会
2026年4月20日
"""
#: Seconds that a job may take on a busy machine.
_PATIENCE = 300.0
QUESTION = "新建无人机起降场的补助最高多少"


@dataclass
class Place:
    """A corpus with its index, and how it is opened."""

    settings: Settings
    assistant: Assistant

    @property
    def corpus(self) -> Path:
        return self.settings.corpus

    @property
    def index(self) -> Path:
        assert self.settings.index
        return self.settings.index

    def files(self) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in self.corpus.iterdir() if p.name[0] != "."}


class Client(httpx.Client):
    """A program with a key."""

    def done(self, response: httpx.Response) -> dict[str, Any]:
        """The job that a request began, once it is over."""
        assert response.status_code == 202, response.text
        path = response.headers["location"]
        end = time.monotonic() + _PATIENCE
        while (job := self.get(path).json())["state"] == "running" and time.monotonic() < end:
            time.sleep(0.05)
        if job["state"] != "running":
            return job
        raise AssertionError(job)

    def upload(self, name: str, content: bytes | str) -> httpx.Response:
        data = content.encode() if isinstance(content, str) else content
        return self.post("/api/admin/documents", files={"file": (name, data)})

    def ask(self) -> dict[str, Any]:
        return self.post("/api/ask", json={"question": QUESTION}).json()
