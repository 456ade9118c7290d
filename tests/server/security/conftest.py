"""One server process over a small hostile library; the tests of this folder attack it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from attacking import SOURCE, Attacked

from indexer.build import build
from indexer.embedder import open_embedder
from server.keeping.database import open_database
from server.keeping.keys import make_key
from server.settings import Settings

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "evil.txt").write_text(SOURCE, "utf-8")
    (folder / "secret.txt").write_text("SECRET-OUTSIDE", "utf-8")
    named = Settings()
    build(folder / "corpus", folder / "index", open_embedder(named.embedder, named.models))
    database = f"sqlite:///{folder}/kept/tiaowen.db"
    kept = open_database(database)
    keys = {name: make_key(kept, name, [name])[1] for name in ("read", "batch", "admin")}
    kept.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "TIAOWEN_CORPUS": str(folder / "corpus"),
        "TIAOWEN_INDEX": str(folder / "index"),
        "TIAOWEN_HOME": str(folder / "home"),
        "TIAOWEN_DATABASE": database,
        "TIAOWEN_LIMIT_FAILURES": "5/minute",
        "PYTHONUNBUFFERED": "1",
    }
    log = folder / "log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "server.cli", "serve", "--port", str(port)],
            cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=errors,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            assert process.poll() is None, log.read_text("utf-8")
            try:
                if httpx.get(f"{url}/readyz").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        yield Attacked(url, keys, folder, log, process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    said = log.read_text("utf-8")
    assert "Traceback" not in said and "SECRET" not in said
    assert not any(key in said for key in keys.values())


@pytest.fixture
def browse(attacked: Attacked) -> Iterator[Callable[..., httpx.Client]]:
    """Browsers and programs at the server, each with its own cookies."""
    opened: list[httpx.Client] = []

    def _browse(key: str | None = None, address: str = "127.0.0.1") -> httpx.Client:
        headers = {"authorization": f"Bearer {attacked.keys[key]}"} if key else {}
        way = httpx.HTTPTransport(local_address=address)
        client = httpx.Client(base_url=attacked.url, headers=headers, timeout=60, transport=way)
        opened.append(client)
        return client

    yield _browse
    for client in opened:
        client.close()
