"""What all requests and responses pass: the largest body, the security headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import Response

from server.failing import answer_error, internal_error, json_error

__all__ = ["guard"]

_LOCKED = "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_POLICY = f"default-src 'self'; style-src 'self'; script-src 'self'; {_LOCKED}"
#: The API's own page carries an inline script; it shows nothing but our OpenAPI text.
_DOCS_POLICY = f"default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; {_LOCKED}"
_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # For browsers that do not know frame-ancestors.
    "X-Frame-Options": "DENY",
}
#: Paths that take whole answers, or files.
_UPLOADS = ("/api/batches", "/api/export", "/export")
#: Paths that take documents to be added.
_DOCUMENTS = ("/api/admin/documents", "/admin/documents")

Next = Callable[[Request], Awaitable[Response]]


async def guard(request: Request, call_next: Next) -> Response:
    """Refuse large bodies before reading them, and set the security headers."""
    length = request.headers.get("content-length", "0")
    state = request.app.state
    path = request.url.path
    most = state.max_upload if path in _UPLOADS else state.max_body
    most = state.max_document if path in _DOCUMENTS else most
    if length.isdigit() and int(length) > most:
        message = f"请求太大，最多 {_size(most)} / the request is too large"
        response: Response = answer_error(request, 413, "too_large", message)
    elif _endless(request):
        message = "请求缺少长度 / a Content-Length is needed"
        response = json_error(request, 411, "no_length", message)
    else:
        try:
            response = await call_next(request)
        # Caught here and not by the outermost handler, which would leave out the headers.
        except Exception as error:
            response = internal_error(request, error)
    if response.status_code == 307:
        # A slash too many: the router would answer with whatever host the caller named.
        _, _, path, query, _ = urlsplit(response.headers["Location"])
        response.headers["Location"] = f"/{path.lstrip('/')}" + (f"?{query}" if query else "")
    _set_headers(response, _DOCS_POLICY if request.url.path == "/docs" else _POLICY)
    if request.url.scheme == "https":
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _size(most: int) -> str:
    return f"{most / 2**20:g} MB" if most >= 2**20 else f"{most / 2**10:g} KB"


def _set_headers(response: Response, policy: str) -> None:
    """Set the security headers; a page that says who may frame it has its own policy."""
    headers = _HEADERS
    own = response.headers.get("Content-Security-Policy")
    if own and "frame-ancestors 'none'" not in own:
        headers = {name: value for name, value in headers.items() if name != "X-Frame-Options"}
    response.headers.setdefault("Content-Security-Policy", policy)
    for name, value in headers.items():
        response.headers[name] = value


def _endless(request: Request) -> bool:
    """Whether a body may come whose length nobody said."""
    if "content-length" in request.headers:
        return False
    return request.method == "POST" or "transfer-encoding" in request.headers
