"""The web application: routes, pages, security headers and errors in two languages."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException

from corpus.errors import AddressError, DocumentError, InputError, PolicyError
from server import measure_pages, measure_routes, metrics, openai_routes, pages, routes
from server.assistant import Assistant
from server.metrics import Measured, Metrics
from server.openai_wire import error_json
from server.pages import STATIC, VERSION, render_page

__all__ = ["create_app"]

_LOG = logging.getLogger("tiaowen")
_POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
#: The API's own page carries an inline script; it shows nothing but our OpenAPI text.
_DOCS_POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'"
_STATUS = {
    404: "没有这个页面 / not found",
    405: "不支持这种请求方式 / method not allowed",
    413: "请求太大 / the request is too large",
}

Next = Callable[[Request], Awaitable[Response]]


def create_app(assistant: Assistant, max_body: int = 64 * 1024) -> FastAPI:
    """Make the application around an open assistant."""
    app: FastAPI = FastAPIOffline(
        title="条文 Tiaowen",
        version=VERSION,
        description="政策问答：每一句话都落到条款。Answers from policy documents, each to an article.",
        redoc_url=None,
    )
    measures = Metrics(assistant.index.manifest, VERSION)
    app.state.metrics = measures
    app.state.assistant = replace(assistant, observer=measures)
    app.state.max_body = max_body
    app.middleware("http")(_guard)
    app.add_middleware(Measured, metrics=measures)
    app.add_exception_handler(PolicyError, _policy_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _internal_error)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(measure_routes.router)
    app.include_router(routes.router)
    app.include_router(openai_routes.router)
    app.include_router(pages.router)
    app.include_router(measure_pages.router)
    app.include_router(metrics.router)
    return app


async def _guard(request: Request, call_next: Next) -> Response:
    """Refuse large bodies before reading them, and set the security headers."""
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > request.app.state.max_body:
        response: Response = _error(request, 413, "too_large", _STATUS[413], None)
    elif request.method == "POST" and "content-length" not in request.headers:
        message = "请求缺少长度 / a Content-Length is needed"
        response = _error(request, 411, "no_length", message, None)
    else:
        try:
            response = await call_next(request)
        # Caught here and not by the outermost handler, which would leave out the headers.
        except Exception as error:
            response = _internal_error(request, error)
    docs = request.url.path == "/docs"
    response.headers["Content-Security-Policy"] = _DOCS_POLICY if docs else _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _error(
    request: Request, status: int, code: str, message: str, field: str | None
) -> JSONResponse:
    if request.url.path.startswith("/v1/"):
        return JSONResponse(error_json(status, code, message, field), status)
    return JSONResponse({"error": {"code": code, "message": message, "field": field}}, status)


def _answer_error(
    request: Request, status: int, code: str, message: str, field: str | None
) -> Response:
    """An error as the caller reads it: JSON under /api and /v1, a page elsewhere."""
    wants_page = "text/html" in request.headers.get("accept", "")
    if request.url.path.startswith(("/api", "/v1/")) or not wants_page:
        return _error(request, status, code, message, field)
    error = {"code": code, "message": message, "field": field}
    return render_page("error.html", status, error=error, status_code=status)


def _policy_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, PolicyError):
        raise error
    missing = isinstance(error, AddressError | DocumentError)
    status = 404 if missing else 400 if isinstance(error, InputError) else 503
    query_names = {"question": "q", "documents": "document"}
    field = query_names.get(error.field or "") if request.method == "GET" else None
    return _answer_error(request, status, error.code, error.message, field or error.field)


def _validation_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]
    # ("body", "conversation", 0) names the field conversation; ("body", 17) is a place in the text.
    names = [part for part in first["loc"] if isinstance(part, str)]
    field = names[1] if len(names) > 1 else names[0] if names else None
    message = f"请求有误 / bad request: {field}: {first['msg']}"
    return _answer_error(request, 400, "bad_input", message, field)


def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    message = _STATUS.get(error.status_code, f"请求失败 / request failed ({error.status_code})")
    return _answer_error(request, error.status_code, "http_error", message, None)


def _internal_error(request: Request, error: Exception) -> Response:
    _LOG.exception("request failed: %s", request.url.path, exc_info=error)
    message = "服务出错，问题没有丢失，请稍后再试 / internal error, try again"
    return _answer_error(request, 500, "internal", message, None)
