"""The real application behind a real socket, in this process or in one of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import httpx
import uvicorn

from server.app import create_app
from server.assistant import Assistant
from server.keeping.database import open_database
from server.keeping.gate import Access
from server.keeping.keeper import Keeper
from server.keeping.keys import make_key
from server.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def serving(
    assistant: Assistant,
    folder: Path,
    without_key: Literal["all", "local", "none"] = "local",
    settings: Settings | None = None,
    widget_keys: dict[str, str] | None = None,
    **access: Any,
) -> Iterator[tuple[str, str]]:
    """The address of a server, and a key that opens everything.

    ``widget_keys`` names sites; their keys are put in. With the settings that the assistant was
    opened with, its corpus can be administrated.
    """
    keeper = Keeper(open_database(f"sqlite:///{folder}/kept/tiaowen.db"))
    key = make_key(keeper.database, "tests", ("read", "batch", "admin"))[1]
    for site in widget_keys or {}:
        widget_keys[site] = make_key(keeper.database, site, ("widget",), origins=[site])[1]
    app = create_app(
        assistant,
        access=Access(keeper, without_key, **access),
        batches=folder / "batches",
        settings=settings,
    )
    try:
        with running(app) as url:
            yield url, key
    finally:
        keeper.close()


@contextmanager
def running(app: Any) -> Iterator[str]:
    """The address of an application behind a socket."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)


@contextmanager
def started(
    log: Path, *arguments: str, ends: signal.Signals = signal.SIGTERM, **environment: str
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """``tiaowen serve`` as a process, and its address once it is ready; ``log`` gets its stderr.

    The signal ``ends`` it, unless the test has.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "server.cli", "serve", "--port", str(port), *arguments],
            cwd=ROOT, env=os.environ | {"PYTHONUNBUFFERED": "1"} | environment,
            stdout=subprocess.DEVNULL, stderr=errors,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(process, url, log)
        yield process, url
    finally:
        if process.poll() is None:
            process.send_signal(ends)
        process.wait(60)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text("utf-8")
        try:
            if httpx.get(f"{url}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("the server did not become ready")
