"""The web application: routes, pages, security headers and errors in two languages."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.security import APIKeyHeader, HTTPBearer
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Match, Route
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from corpus.errors import (
    AbsentError,
    AddressError,
    BusyError,
    DocumentError,
    InputError,
    KeptError,
    LoadError,
    PolicyError,
    StateError,
)
from server import (
    access_pages,
    chat_routes,
    measure_pages,
    measure_routes,
    metrics,
    openai_routes,
    pages,
    routes,
)
from server.administration import pages as administration_pages
from server.administration import report_routes
from server.administration import routes as administration
from server.administration.serving import desk_in, tending
from server.assistant import Assistant
from server.batches import routes as batch_routes
from server.batches.serving import ServedFirst, batches_in, working
from server.batches.worker import Interactive
from server.checking import routes as checking
from server.describing.document import call_name, common_errors, describe
from server.exports import routes as exports
from server.failing import answer_error, json_error
from server.keeping.gate import Access, Gate
from server.language import Speaking
from server.metrics import Measured, Metrics
from server.originals import routes as originals
from server.originals.workshop import Workshop
from server.page_files import PageFiles
from server.pages import STATIC, VERSION
from server.settings import Settings
from server.suggesting import Suggester

__all__ = ["create_app"]

_LOG = logging.getLogger("tiaowen")
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
#: For the description only; the gate is what looks at keys.
_KEYS = [
    Security(HTTPBearer(auto_error=False, scheme_name="key", description="tiaowen keys make")),
    Security(APIKeyHeader(name="X-API-Key", auto_error=False, scheme_name="keyHeader")),
]
#: What pages of other sites may read besides the body.
_EXPOSED = ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After"]
_STATUS = {
    404: "没有这个页面 / not found",
    405: "不支持这种请求方式 / method not allowed",
    413: "请求太大 / the request is too large",
}
#: The status of an error of ours: what is named and not here is 404, what is written wrongly 400.
_ERROR_STATUS: tuple[tuple[type[PolicyError], int], ...] = (
    (AbsentError, 404), (AddressError, 404), (DocumentError, 404), (KeptError, 404),
    (StateError, 409), (BusyError, 429), (InputError, 400),
    (LoadError, 400),
)  # fmt: skip
#: What the application serves, the pages last but the metrics.
_ROUTED = (
    measure_routes, routes, chat_routes, access_pages, openai_routes, batch_routes, checking, exports,
    administration, report_routes, originals, pages, administration_pages, measure_pages, metrics,
)  # fmt: skip
#: Paths that take whole answers, or files.
_UPLOADS = ("/api/batches", "/api/export", "/export")
#: Paths that take documents to be added.
_DOCUMENTS = ("/api/admin/documents", "/admin/documents")

Next = Callable[[Request], Awaitable[Response]]


def create_app(
    assistant: Assistant,
    max_body: int = 64 * 1024,
    access: Access | None = None,
    max_upload: int = 4 * 1024 * 1024,
    batches: Path | None = None,
    batch_questions: int = 1000,
    settings: Settings | None = None,
) -> FastAPI:
    """Make the application around an open assistant; ``max_upload`` is for files and answers.

    Without ``access`` all may ask, and nothing is kept. ``batches`` is the folder that files of
    questions are kept in; none is taken without it. With the ``settings`` that the assistant was
    opened with, each new generation of its index is served, and maintainers work on its corpus.
    """
    app: FastAPI = FastAPIOffline(
        title="条文 Tiaowen",
        version=VERSION,
        description="政策问答：每一句话都落到条款。Answers from policy documents, each to an article.",
        redoc_url=None,
        dependencies=_KEYS,
        generate_unique_id_function=call_name,
        lifespan=_lifespan,
    )
    measures = Metrics(assistant.index.manifest, VERSION)
    app.state.metrics = measures
    app.state.assistant = replace(assistant, observer=measures)
    app.state.suggester = Suggester(assistant)
    app.state.workshop = Workshop()
    app.state.max_body = max_body
    app.state.keeper = (access := access or Access()).keeper
    app.state.limiter = access.limiter
    app.state.max_upload = max(max_upload, max_body)
    interactive = Interactive()
    if batches:
        served: Callable[[], Assistant] = lambda: app.state.assistant  # noqa: E731
        app.state.batches = batches_in(batches, batch_questions, served, interactive)
    _open_desk(app, settings)
    _add_layers(app, access, measures, interactive)
    _add_routes(app)
    describe(app, access.without_key)
    return app


def _open_desk(app: FastAPI, settings: Settings | None) -> None:
    """Let maintainers work on the corpus of the settings."""
    app.state.max_document = settings.max_document if settings else app.state.max_upload
    if settings:
        app.state.desk = desk_in(app, settings)


def _add_routes(app: FastAPI) -> None:
    for kind, handler in _HANDLERS:
        app.add_exception_handler(kind, handler)
    app.mount("/static", PageFiles(directory=STATIC), name="static")
    for module in _ROUTED:
        prefix = module.router.prefix
        app.include_router(module.router, responses=common_errors(prefix))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Write down what is waiting when the server stops: a signal may end the process after that."""
    async with working(app), tending(app):
        yield
    if app.state.keeper:
        await run_in_threadpool(app.state.keeper.close)


def _add_layers(app: FastAPI, access: Access, measures: Metrics, interactive: Interactive) -> None:
    """Put layers around the routes, the innermost first."""
    # Event streams go out as they are, whoever asks for them: see Starlette's list of types.
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=6)
    app.add_middleware(Gate, access=access)
    app.middleware("http")(_guard)
    app.add_middleware(ServedFirst, interactive=interactive)
    if access.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(access.origins),
            allow_methods=["DELETE", "GET", "PATCH", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key"],
            expose_headers=_EXPOSED,
        )
    app.add_middleware(Speaking)
    app.add_middleware(Measured, metrics=measures)
    if access.proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(access.proxies))


async def _guard(request: Request, call_next: Next) -> Response:
    """Refuse large bodies before reading them, and set the security headers."""
    length = request.headers.get("content-length", "0")
    state = request.app.state
    path = request.url.path
    most = state.max_upload if path in _UPLOADS else state.max_body
    most = state.max_document if path in _DOCUMENTS else most
    if length.isdigit() and int(length) > most:
        message = _STATUS[413].replace(" /", f"，最多 {_size(most)} /", 1)
        response: Response = answer_error(request, 413, "too_large", message)
    elif _endless(request):
        message = "请求缺少长度 / a Content-Length is needed"
        response = json_error(request, 411, "no_length", message)
    else:
        try:
            response = await call_next(request)
        # Caught here and not by the outermost handler, which would leave out the headers.
        except Exception as error:
            response = _internal_error(request, error)
    if response.status_code == 307:
        # A slash too many: the router would answer with whatever host the caller named.
        _, _, path, query, _ = urlsplit(response.headers["Location"])
        response.headers["Location"] = f"/{path.lstrip('/')}" + (f"?{query}" if query else "")
    docs = request.url.path == "/docs"
    # A file of others that is sent has a stricter one of its own.
    response.headers.setdefault("Content-Security-Policy", _DOCS_POLICY if docs else _POLICY)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    if request.url.scheme == "https":
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _size(most: int) -> str:
    return f"{most / 2**20:g} MB" if most >= 2**20 else f"{most / 2**10:g} KB"


def _endless(request: Request) -> bool:
    """Whether a body may come whose length nobody said."""
    if "content-length" in request.headers:
        return False
    return request.method == "POST" or "transfer-encoding" in request.headers


def _policy_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, PolicyError):
        raise error
    status = next((code for kind, code in _ERROR_STATUS if isinstance(error, kind)), 503)
    query_names = {"question": "q", "documents": "document"}
    field = query_names.get(error.field or "") if request.method == "GET" else None
    return answer_error(request, status, error.code, error.message, field or error.field)


def _validation_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]
    # ("body", "conversation", 0) names the field conversation; ("body", 17) is a place in the text.
    names = [part for part in first["loc"] if isinstance(part, str)]
    field = names[1] if len(names) > 1 else names[0] if names else None
    message = f"请求有误 / bad request: {field}: {first['msg']}"
    return answer_error(request, 400, "bad_input", message, field)


def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    message = _STATUS.get(error.status_code, f"请求失败 / request failed ({error.status_code})")
    response = answer_error(request, error.status_code, "http_error", message, None)
    if error.status_code == 405:
        response.headers["Allow"] = ", ".join(sorted(_methods(request, error)))
    return response


def _methods(request: Request, error: HTTPException) -> set[str]:
    """What a path can be asked for: the error names the methods of one of its routes only."""
    named = (error.headers or {}).get("Allow", "")
    found = {name.strip() for name in named.split(",") if name.strip()}
    for module in _ROUTED:
        for route in module.router.routes:
            if isinstance(route, Route) and route.matches(request.scope)[0] != Match.NONE:
                found |= route.methods or set()
    return found or {"GET", "HEAD"}


def _internal_error(request: Request, error: Exception) -> Response:
    # Quoted: a path may hold line ends, which would write lines of their own into the log.
    _LOG.exception("request failed: %s", quote(request.url.path), exc_info=error)
    message = "服务出错，问题没有丢失，请稍后再试 / internal error, try again"
    return answer_error(request, 500, "internal", message, None)


_HANDLERS = (
    (PolicyError, _policy_error),
    (RequestValidationError, _validation_error),
    (HTTPException, _http_error),
    (Exception, _internal_error),
)
