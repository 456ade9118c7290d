"""Errors as callers read them: JSON, for OpenAI's clients in their form, a page for people."""

from __future__ import annotations

import logging
from urllib.parse import quote

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response

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
from server.openai_wire import error_json
from server.operating.requests import note_error, noted, request_id
from server.pages import render_page

__all__ = ["answer_error", "internal_error", "json_error", "policy_error", "validation_error"]

_LOG = logging.getLogger("tiaowen")
#: The status of an error of ours: what is named and not here is 404, what is written wrongly 400.
_ERROR_STATUS: tuple[tuple[type[PolicyError], int], ...] = (
    (AbsentError, 404), (AddressError, 404), (DocumentError, 404), (KeptError, 404),
    (StateError, 409), (BusyError, 429), (InputError, 400),
    (LoadError, 400),
)  # fmt: skip


def json_error(
    request: Request, status: int, code: str, message: str, field: str | None = None
) -> JSONResponse:
    """An error as JSON, with the id by which the log knows the request."""
    if request.url.path.startswith("/v1/"):
        body = error_json(status, code, message, field)
    else:
        body = {"error": {"code": code, "message": message, "field": field}}
    return JSONResponse(noted(request, body), status)


def answer_error(
    request: Request, status: int, code: str, message: str, field: str | None = None
) -> Response:
    """An error as the caller reads it: JSON under /api and /v1, a page elsewhere."""
    wants_page = "text/html" in request.headers.get("accept", "")
    if request.url.path.startswith(("/api", "/v1/")) or not wants_page:
        return json_error(request, status, code, message, field)
    note_error(request, code)
    error = {"code": code, "message": message, "request_id": request_id(request)}
    return render_page("error.html", status, error=error, status_code=status)


def policy_error(request: Request, error: Exception) -> Response:
    """Answer an error of ours by its kind."""
    if not isinstance(error, PolicyError):
        raise error
    status = next((code for kind, code in _ERROR_STATUS if isinstance(error, kind)), 503)
    query_names = {"question": "q", "documents": "document"}
    field = query_names.get(error.field or "") if request.method == "GET" else None
    return answer_error(request, status, error.code, error.message, field or error.field)


def validation_error(request: Request, error: Exception) -> Response:
    """Answer a request that does not fit its description, naming the field."""
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]
    # ("body", "conversation", 0) names the field conversation; ("body", 17) is a place in the text.
    names = [part for part in first["loc"] if isinstance(part, str)]
    field = names[1] if len(names) > 1 else names[0] if names else None
    message = f"请求有误 / bad request: {field}: {first['msg']}"
    return answer_error(request, 400, "bad_input", message, field)


def internal_error(request: Request, error: Exception) -> Response:
    """Answer what nobody expected; the log has it, the caller does not."""
    # Quoted: a path may hold line ends, which would write lines of their own into the log.
    _LOG.exception("request failed: %s", quote(request.url.path), exc_info=error)
    message = "服务出错，问题没有丢失，请稍后再试 / internal error, try again"
    return answer_error(request, 500, "internal", message, None)
