"""Who may use the tools over HTTP: the keys, limits and origins of the API, and nobody's web page."""

from __future__ import annotations

import ipaddress
import socket
from contextvars import ContextVar
from typing import Any, cast
from urllib.parse import urlsplit

from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from server.failing import json_error
from server.keeping.caller import caller_of, key_text
from server.keeping.gate import Access, Gate

__all__ = ["KEY", "http_app"]

#: The id of the key of the call under way, for the audit log.
KEY: ContextVar[str | None] = ContextVar("key", default=None)


def http_app(server: MCPServer[Any], access: Access) -> ASGIApp:
    """The tools over HTTP, behind everything that a request must pass.

    Each call carries its key and needs nothing of the calls before: there is no session to take
    over. The SDK's own check of Host knows loopback only; ours stands before it.
    """
    app = server.streamable_http_app(
        stateless_http=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    door: Any = _NoPage(Gate(_Named(app), access), access)
    # Each library has types of its own for the same protocol.
    proxied: Any = ProxyHeadersMiddleware(door, list(access.proxies)) if access.proxies else door
    return cast(ASGIApp, proxied)


class _NoPage:
    """Refuses what a web page sends, itself or by having its own name point here.

    Programs send no Origin. A page whose name was made to point here sends that name as Host; it
    cannot have a key, so that with one any name is good: proxies have many.
    """

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access
        self._names = {"localhost", socket.gethostname().lower(), socket.getfqdn().lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            origin = request.headers.get("origin")
            if origin is not None and origin not in self._access.origins:
                message = (
                    "不接受网页发来的请求 / requests of web pages are not taken (TIAOWEN_ORIGINS)"
                )
                await json_error(request, 403, "cross_site", message)(scope, receive, send)
                return
            if not key_text(request) and not self._is_own(request.headers.get("host", "")):
                message = "不认得这个主机名，请用 IP 地址或密钥 / unknown host name: use the IP address or a key"
                await json_error(request, 421, "unknown_host", message)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _is_own(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
            if name in self._names or name.endswith(".localhost"):
                return True
            return bool(ipaddress.ip_address(name))
        except ValueError:
            return False


class _Named:
    """Says whose call it is to what runs within."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            KEY.set(caller_of(Request(scope)).key_id)
        await self._app(scope, receive, send)
