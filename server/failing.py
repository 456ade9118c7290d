"""Errors as callers read them: JSON, for OpenAI's clients in their form, a page for people."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from server.openai_wire import error_json
from server.operating.requests import note_error, request_id
from server.pages import render_page

__all__ = ["answer_error", "json_error"]


def json_error(
    request: Request, status: int, code: str, message: str, field: str | None = None
) -> JSONResponse:
    """An error as JSON, with the id by which the log knows the request."""
    note_error(request, code)
    if request.url.path.startswith("/v1/"):
        body = error_json(status, code, message, field)
    else:
        body = {"error": {"code": code, "message": message, "field": field}}
    body["error"]["request_id"] = request_id(request)
    return JSONResponse(body, status)


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
