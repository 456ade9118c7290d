"""Each request has an id, and a line in the log when it has ended."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections import Counter
from threading import Lock
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.operating.logs import REQUEST_ID

__all__ = ["HEADER", "Logged", "Traffic", "note_error", "noted", "request_id"]

HEADER = "X-Request-ID"
_LOG = logging.getLogger("tiaowen.request")
#: Ids that are taken from callers: those that proxies and tracing libraries make.
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
#: Who has the path of a shared chat may read it: its token is no matter of a log.
_SHARED = re.compile(r"^(/shared/)[^/]+")
_LONGEST = 300


class Traffic:
    """Requests under way, and the codes of the errors that were answered."""

    def __init__(self) -> None:
        self.under_way = 0
        self._errors: Counter[str] = Counter()
        self._lock = Lock()

    def began(self, number: int) -> None:
        """Count requests that began, or with a negative number ended."""
        with self._lock:
            self.under_way += number

    def failed(self, code: str) -> None:
        """Count an error by its code."""
        with self._lock:
            self._errors[code] += 1

    @property
    def errors(self) -> dict[str, int]:
        """How often each code was answered."""
        with self._lock:
            return dict(self._errors)


def request_id(request: HTTPConnection) -> str | None:
    """The id of a request; None where it comes to an application without this layer."""
    return _state(request.scope).get("request_id")


def note_error(request: HTTPConnection, code: str) -> None:
    """Remember with which error a request is answered."""
    _state(request.scope)["error_code"] = code


def noted(request: HTTPConnection, body: dict[str, Any]) -> dict[str, Any]:
    """The body of an error with the id by which the log knows the request, which notes the error."""
    note_error(request, body["error"]["code"])
    body["error"]["request_id"] = request_id(request)
    return body


def _state(scope: Scope) -> dict[str, Any]:
    state: dict[str, Any] = scope.setdefault("state", {})
    return state


class Logged:
    """The outermost layer: gives ids, counts what is under way, and writes the log of requests.

    Neither queries nor bodies nor headers are logged, and of a key its id only.
    """

    def __init__(self, app: ASGIApp, traffic: Traffic) -> None:
        self._app, self._traffic = app, traffic

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; its response carries the id."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = _taken(scope) or uuid.uuid4().hex
        _state(scope)["request_id"] = name
        status = 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                header = (HEADER.lower().encode(), name.encode())
                message = {**message, "headers": [*message.get("headers", ()), header]}
            await send(message)

        token, started = REQUEST_ID.set(name), time.perf_counter()
        self._traffic.began(1)
        try:
            await (_ambiguous(scope) or self._app)(scope, receive, sent)
        except Exception:
            # The outermost handler answers it.
            status = status or 500
            raise
        finally:
            self._traffic.began(-1)
            self._tell(scope, status, time.perf_counter() - started)
            REQUEST_ID.reset(token)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        state = _state(scope)
        caller, code = state.get("caller"), state.get("error_code")
        if code:
            self._traffic.failed(code)
        fields = {
            "request_id": state["request_id"],
            "method": scope["method"][:20],
            "path": _SHARED.sub(r"\1-", scope["path"])[:_LONGEST],
            # Nothing was sent to who hung up first.
            "status": status or None,
            "ms": round(seconds * 1000, 1),
            "key": caller.key_id if caller else None,
            "error": code,
        }
        level = logging.ERROR if status >= 500 and status != 503 else logging.INFO
        _LOG.log(level, "request", extra={"fields": fields})


def _ambiguous(scope: Scope) -> ASGIApp | None:
    """The refusal of a request with two lengths, and the end of its connection.

    What comes behind it may be a part of it, or the next request; a proxy before us may have
    read it in the other way (RFC 9112, 6.1).
    """
    if not {b"content-length", b"transfer-encoding"} <= {name for name, _ in scope["headers"]}:
        return None
    message = "请求写了两种长度 / Content-Length beside Transfer-Encoding"
    body = {"error": {"code": "two_lengths", "message": message, "field": None}}
    return JSONResponse(noted(HTTPConnection(scope), body), 400, {"Connection": "close"})


def _taken(scope: Scope) -> str | None:
    """The id that a request brings along, if it brings one that is well formed."""
    wanted = HEADER.lower().encode()
    found = [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]
    return found[0] if len(found) == 1 and _WELL_FORMED.fullmatch(found[0]) else None
