"""Chats, share links, kept answers and feedback over HTTP. Handlers run in threads."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from server.chat_schemas import (
    ChatDetail,
    ChatHead,
    ChatList,
    ChatTitle,
    FeedbackBody,
    FeedbackGiven,
    FeedbackList,
    ShareLink,
    Turn,
    UsageBody,
)
from server.describing.document import links
from server.keeping.answers import give_feedback, read_answer
from server.keeping.caller import caller_of
from server.keeping.chats import (
    cut_chat,
    delete_chats,
    list_chats,
    make_chat,
    read_chat,
    rename_chat,
    share_chat,
    unshare_chat,
)
from server.keeping.inbox import read_feedback
from server.keeping.usage import usage_json
from server.recording import keeper_of, texts_kept
from server.schemas import ErrorBody

__all__ = ["router"]

_ERRORS: dict[int | str, dict[str, Any]] = {
    404: {"model": ErrorBody, "description": "没有，或这里不保存 / none, or nothing is kept here"},
    503: {"model": ErrorBody, "description": "存储暂时不可用 / the store is busy"},
}
_NOTHING: dict[str, Any] = {
    "model": ErrorBody,
    "description": "对话还没有提问 / nothing to share yet",
}
router = APIRouter(prefix="/api", responses=_ERRORS)
#: What can be done with a new chat.
_CHAT_LINKS = links(
    readChat=("read_chat", "chat", "id"),
    renameChat=("rename_chat", "chat", "id"),
    shareChat=("share_chat", "chat", "id"),
    unshareChat=("unshare_chat", "chat", "id"),
    cutChat=("cut_chat", "chat", "id"),
    deleteChat=("delete_chat", "chat", "id"),
)

ChatId = Annotated[str, Path(max_length=64, description="对话的 id")]


def _json(value: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(value, status, {"Cache-Control": "no-store"})


@router.post(
    "/chats",
    summary="新建对话",
    status_code=201,
    response_model=ChatHead,
    responses={201: _CHAT_LINKS},
)
def create(request: Request, body: ChatTitle | None = None) -> JSONResponse:
    """Begin a chat of this browser (cookie ``tiaowen_browser``) or key."""
    keeper = texts_kept(request)
    title = body.title if body else ""
    return _json(make_chat(keeper.database, caller_of(request).known(), title), 201)


@router.get("/chats", summary="对话历史", response_model=ChatList)
def history(
    request: Request,
    q: Annotated[str, Query(max_length=200, description="标题或提问中的词，空格表示同时")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Annotated[
        str | None, Query(max_length=40, description="早于此 updated 的，用于翻页")
    ] = None,
) -> JSONResponse:
    """List chats, the one asked in last first; ``before`` is ``updated`` of the last one seen."""
    keeper, owner = keeper_of(request), caller_of(request).owner
    kept = keeper is not None and keeper.texts
    found = (
        list_chats(keeper.database, owner, q, limit, before) if keeper and kept and owner else []
    )
    return _json({"chats": found, "kept": kept})


@router.delete("/chats", summary="删除全部对话", status_code=204, response_class=Response)
def forget(request: Request) -> Response:
    """Delete all that is kept of this browser or key: chats, links, answers."""
    delete_chats(texts_kept(request).database, caller_of(request).owner)
    return Response(status_code=204)


@router.get("/chats/{chat}", summary="一次对话", response_model=ChatDetail)
def read(request: Request, chat: ChatId) -> JSONResponse:
    """Return a chat with its answers, each as it was shown."""
    return _json(read_chat(texts_kept(request).database, caller_of(request).owner, chat))


@router.patch("/chats/{chat}", summary="改标题", response_model=ChatHead)
def rename(request: Request, chat: ChatId, body: ChatTitle) -> JSONResponse:
    """Give a chat another title."""
    database, owner = texts_kept(request).database, caller_of(request).owner
    return _json(rename_chat(database, owner, chat, body.title))


@router.delete("/chats/{chat}", summary="删除对话", status_code=204, response_class=Response)
def delete(request: Request, chat: ChatId) -> Response:
    """Delete a chat with its answers and its link."""
    delete_chats(texts_kept(request).database, caller_of(request).owner, chat)
    return Response(status_code=204)


@router.delete(
    "/chats/{chat}/turns/{n}", summary="删除一轮及其后", status_code=204, response_class=Response
)
def cut(request: Request, chat: ChatId, n: Annotated[int, Path(ge=1, le=10**6)]) -> Response:
    """Delete a turn and those after it: the question is edited and asked again."""
    cut_chat(texts_kept(request).database, caller_of(request).owner, chat, n)
    return Response(status_code=204)


@router.post(
    "/chats/{chat}/share", summary="分享对话", response_model=ShareLink, responses={409: _NOTHING}
)
def share(request: Request, chat: ChatId) -> JSONResponse:
    """Make a link to the chat as it is now; again, the same link shows what was asked since."""
    token = share_chat(texts_kept(request).database, caller_of(request).owner, chat)
    return _json({"url": f"/shared/{token}"})


@router.delete("/chats/{chat}/share", summary="取消分享", status_code=204, response_class=Response)
def unshare(request: Request, chat: ChatId) -> Response:
    """End the link of a chat."""
    unshare_chat(texts_kept(request).database, caller_of(request).owner, chat)
    return Response(status_code=204)


@router.get("/answers/{answer}", summary="一个保存的回答", response_model=Turn)
def answer(
    request: Request,
    answer: Annotated[str, Path(description="回答的 id")],
    share: Annotated[str | None, Query(max_length=64, description="分享链接的末段")] = None,
) -> JSONResponse:
    """Return an answer as it was shown, for who asked or by the link of its chat."""
    database, owner = texts_kept(request).database, caller_of(request).owner
    return _json(read_answer(database, answer, owner, share))


@router.post("/feedback", summary="评价回答", status_code=201, response_model=FeedbackGiven)
def feedback(request: Request, body: FeedbackBody) -> JSONResponse:
    """Tell the maintainers whether an answer is right; the question is kept with it."""
    database = texts_kept(request).database
    return _json(give_feedback(database, body.answer, body.verdict, body.note), 201)


@router.get("/reports/feedback", summary="全部评价（admin）", response_model=FeedbackList)
def reported(request: Request) -> JSONResponse:
    """List what users said of answers, for a key with the scope admin."""
    keeper = keeper_of(request)
    return _json({"feedback": read_feedback(keeper.database) if keeper else []})


@router.get("/reports/usage", summary="使用情况（admin）", response_model=UsageBody)
def usage(request: Request, days: Annotated[int, Query(ge=1, le=3650)] = 30) -> JSONResponse:
    """Sum the audit log up, for a key with the scope admin."""
    keeper = keeper_of(request) or texts_kept(request)
    return _json(usage_json(keeper.database, days))
