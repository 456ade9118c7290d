"""The OpenAPI document: names of the calls, who needs a key, errors, what leads to what."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import FastAPI
from fastapi.routing import APIRoute

from server.describing.wire import WireError
from server.keeping.scopes import is_open, scope_of
from server.schemas import ErrorBody

__all__ = ["call_name", "common_errors", "describe", "links"]

Json = dict[str, Any]

#: Names of calls where those of their functions would not say enough, or are taken.
_NAMES = {
    "POST /api/chats": "create_chat",
    "GET /api/chats": "list_chats",
    "DELETE /api/chats": "delete_all_chats",
    "GET /api/chats/{chat}": "read_chat",
    "PATCH /api/chats/{chat}": "rename_chat",
    "DELETE /api/chats/{chat}": "delete_chat",
    "DELETE /api/chats/{chat}/turns/{n}": "cut_chat",
    "POST /api/chats/{chat}/share": "share_chat",
    "DELETE /api/chats/{chat}/share": "unshare_chat",
    "GET /api/answers/{answer}": "read_answer",
    "GET /api/answers/{answer}/export": "export_kept_answer",
    "POST /api/feedback": "give_feedback",
    "GET /api/reports/feedback": "report_feedback",
    "GET /api/reports/usage": "report_usage",
    "POST /api/batches": "create_batch",
    "GET /api/batches/{id}": "read_batch",
    "GET /api/batches/{id}/result": "read_batch_result",
    "DELETE /api/batches/{id}": "delete_batch",
    "GET /api/entitlements/export": "export_entitlements",
    "POST /api/admin/documents": "upload_documents",
    "DELETE /api/admin/documents/{document}": "remove_document",
    "GET /api/admin/drafts": "list_drafts",
    "POST /api/admin/accept": "accept_drafts",
    "GET /api/admin/drafts/{id}": "read_draft",
    "POST /api/admin/drafts/{id}/accept": "accept_draft",
    "DELETE /api/admin/drafts/{id}": "discard_draft",
    "POST /api/admin/reindex": "rebuild_index",
    "GET /api/admin/generations": "list_generations",
    "POST /api/admin/generations/{id}/restore": "restore_generation",
    "GET /api/admin/jobs": "list_jobs",
    "GET /api/admin/jobs/{id}": "read_job",
    "GET /api/admin/actions": "list_actions",
    "GET /api/admin/feedback": "list_feedback",
    "PATCH /api/admin/feedback/{answer}": "mark_feedback",
    "GET /api/admin/gold": "export_feedback",
    "GET /api/admin/statistics": "read_statistics",
    "POST /v1/chat/completions": "create_completion",
    "GET /v1/models": "list_models",
    "GET /v1/models/{model}": "read_model",
    "GET /api/documents": "list_documents",
    "GET /api/documents/{document}": "read_document",
    "GET /api/clauses/{address:path}": "read_clause",
    "GET /api/entitlements": "list_entitlements",
}
_ERRORS = {
    400: "输入有误 / bad input",
    401: "需要密钥，或密钥无效 / a key is needed, or is no good",
    403: "密钥没有此权限，或来自别的网站 / not allowed",
    404: "所说的文件、条款、对话等不在这里 / what is named is not here",
    411: "请求缺少长度 / a Content-Length is needed",
    413: "请求太大 / the request is too large",
    429: "请求太多，见 Retry-After（秒）/ too many requests",
    500: "服务出错 / internal error",
    503: "暂时不可用 / not available at present",
}
_OF_GATE = ("401", "403", "404", "429")


def call_name(route: APIRoute) -> str:
    """The name of a call: generated clients make a function of it."""
    method = min(route.methods or {"GET"})
    return _NAMES.get(f"{method} {route.path}", route.name)


def common_errors(prefix: str) -> dict[int | str, Json]:
    """Errors that calls under a prefix may give, each in the form that is read there."""
    model = WireError if prefix == "/v1" else ErrorBody
    return {status: {"model": model, "description": text} for status, text in _ERRORS.items()}


def links(**calls: tuple[str, str, str]) -> Json:
    """What a reply leads to: name of the link → call, its parameter, field of the reply."""
    return {
        "links": {
            name: {"operationId": call, "parameters": {parameter: f"$response.body#/{field}"}}
            for name, (call, parameter, field) in calls.items()
        }
    }


def describe(app: FastAPI, without_key: Literal["all", "local", "none"]) -> None:
    """Let an application describe itself as it is served: with keys, or open."""
    made = app.openapi

    def described() -> Json:
        if app.openapi_schema is None:
            document = made()
            for path, item in document["paths"].items():
                for method, operation in item.items():
                    _mend(path, method, operation, without_key)
            for unused in ("HTTPValidationError", "ValidationError"):
                document["components"]["schemas"].pop(unused, None)
        return made()

    app.openapi = described  # type: ignore[method-assign]


def _mend(path: str, method: str, operation: Json, without_key: str) -> None:
    """Take out what cannot come of a call; say whether it wants a key."""
    responses = operation["responses"]
    # What is invalid gets a 400 here.
    gone = ["422"]
    if is_open(path):
        operation["security"] = []
        gone += _OF_GATE
    elif without_key != "none" and scope_of(path) != "admin":
        operation["security"] = [{}, *operation["security"]]
    # A POST must tell its length even where it is nothing.
    gone += [] if method == "post" or "requestBody" in operation else ["411"]
    if "requestBody" not in operation:
        gone += ["413"] if operation.get("parameters") else ["413", "400"]
    for status in gone:
        responses.pop(status, None)
