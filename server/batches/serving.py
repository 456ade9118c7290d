"""Batches inside a web application: the worker's life, and who is served first."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from server.assistant import Assistant
from server.batches.routes import Batches
from server.batches.store import Jobs
from server.batches.worker import Interactive, Worker
from server.keeping.keeper import Keeper

__all__ = ["ServedFirst", "batches_in", "working"]

#: Requests that no batch stands back for.
_QUICK = ("/static", "/api/batches", "/metrics", "/healthz", "/readyz")


class ServedFirst:
    """Tells the worker that somebody waits."""

    def __init__(self, app: ASGIApp, interactive: Interactive) -> None:
        self._app, self._interactive = app, interactive

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counted until its answer is sent."""
        if scope["type"] != "http" or scope["path"].startswith(_QUICK):
            await self._app(scope, receive, send)
            return
        with self._interactive.busy():
            await self._app(scope, receive, send)


def batches_in(
    folder: Path,
    most: int,
    assistant: Callable[[], Assistant],
    interactive: Interactive,
    keeper: Keeper | None = None,
) -> Batches:
    """The jobs of a folder with their worker; its answers are noted in the audit log."""
    jobs = Jobs(folder)
    return Batches(jobs, Worker(jobs, assistant, interactive, keeper), most)


@asynccontextmanager
async def working(app: FastAPI) -> AsyncIterator[None]:
    """Go on with unfinished jobs when the server starts; end after a question when it stops."""
    batches: Batches | None = getattr(app.state, "batches", None)
    if batches:
        batches.worker.start()
    yield
    if batches:
        await run_in_threadpool(batches.worker.stop)
