"""The bound before the work: what comes while too many requests are under way is told so at once."""

from __future__ import annotations

import time

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from server.failing import answer_error
from server.load import Load

__all__ = ["Bounded"]

#: Requests that are never refused: they take next to nothing, and tell how things stand.
_QUICK = ("/static", "/healthz", "/readyz", "/metrics")


class Bounded:
    """Refuses requests that come while too many are under way."""

    def __init__(self, app: ASGIApp, load: Load) -> None:
        self._app, self._load = app, load

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with 503."""
        if scope["type"] != "http" or scope["path"].startswith(_QUICK):
            await self._app(scope, receive, send)
            return
        load = self._load
        if load.under_way >= load.most:
            await _refusal(Request(scope), load.wait)(scope, receive, send)
            return
        load.under_way += 1
        started = time.perf_counter()
        try:
            await self._app(scope, receive, send)
        finally:
            load.under_way -= 1
            load.took(time.perf_counter() - started)


def _refusal(request: Request, seconds: int) -> ASGIApp:
    message = (
        f"现在提问的人太多，请 {seconds} 秒后再试 / too many at once, try again in {seconds} s"
    )
    response = answer_error(request, 503, "overloaded", message)
    response.headers["Retry-After"] = str(seconds)
    return response
