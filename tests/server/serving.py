"""The real application behind a real socket, with what it keeps in a folder of the test."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import uvicorn

from server.app import create_app
from server.assistant import Assistant
from server.keeping.database import open_database
from server.keeping.gate import Access
from server.keeping.keeper import Keeper
from server.keeping.keys import make_key
from server.settings import Settings


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
