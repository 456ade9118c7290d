"""The web application over the real assistant, and one real server process."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from serving import started
from starlette.testclient import TestClient

from server.app import create_app
from server.assistant import Assistant

DAY = "2026-11-24"


@pytest.fixture(scope="session")
def client(assistant: Assistant) -> TestClient:
    # An error in a handler shall come back as the response that a user would get.
    return TestClient(create_app(assistant), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def ask(client: TestClient):
    def _ask(question: str, **fields):
        response = client.post("/api/ask", json={"question": question, "as_of": DAY} | fields)
        assert response.status_code == 200, response.text
        return response.json()

    return _ask


@pytest.fixture(scope="session")
def server_url(assistant: Assistant, tmp_path_factory) -> Iterator[str]:
    """``tiaowen serve`` as a process of its own; the assistant has built its index before."""
    log = tmp_path_factory.mktemp("serve") / "stderr"
    with started(log, ends=signal.SIGINT) as (_, url):
        yield url
    assert "Traceback" not in log.read_text("utf-8")
