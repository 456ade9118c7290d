"""Administration inside a web application: its desk, who is at it, its life."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool

from corpus.errors import ServeError
from server.administration.desk import Desk, Maintainer
from server.assembly import reopened
from server.keeping.caller import caller_of
from server.keeping.keeper import Keeper
from server.live import Live
from server.recording import keeper_of
from server.settings import Settings

__all__ = ["desk_in", "desk_of", "keeper_needed", "maintainer_of", "tending"]


def desk_in(app: FastAPI, settings: Settings) -> Desk:
    """The desk of an application that serves the index of these settings."""
    live = Live(app, lambda assistant: reopened(settings, assistant))
    return Desk(settings, lambda: app.state.assistant, live)


def desk_of(request: Request) -> Desk:
    """The desk; raise ServeError where there is none."""
    desk: Desk | None = getattr(request.app.state, "desk", None)
    if desk is None:
        raise ServeError("这里没有开启管理 / there is no administration here")
    return desk


def keeper_needed(request: Request) -> Keeper:
    """What is kept; raise ServeError where nothing is."""
    keeper = keeper_of(request)
    if keeper is None:
        raise ServeError("这里没有开启管理 / there is no administration here")
    return keeper


def maintainer_of(request: Request) -> Maintainer:
    """Who makes a request: the gate lets only keys with the scope admin come here."""
    key = caller_of(request).key_id
    if key is None:
        raise ServeError("管理需要密钥 / administration needs a key")
    return Maintainer(keeper_needed(request).database, key)


@asynccontextmanager
async def tending(app: FastAPI) -> AsyncIterator[None]:
    """Look for new generations while the server runs; end what is under way when it stops."""
    desk: Desk | None = getattr(app.state, "desk", None)
    if desk:
        await run_in_threadpool(desk.start)
    yield
    if desk:
        await run_in_threadpool(desk.stop)
