"""``/api/admin``: the inbox of feedback, and statistics."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from server.administration.report_schemas import (
    ActionList,
    FeedbackInbox,
    FeedbackMark,
    FeedbackMarked,
    StatisticsReply,
)
from server.administration.serving import keeper_needed, maintainer_of
from server.chat_schemas import Verdict
from server.downloads import download_headers
from server.keeping.actions import list_actions
from server.keeping.inbox import State, candidate, inbox, mark_feedback, read_feedback
from server.keeping.statistics import statistics_json

__all__ = ["candidates", "mark", "router"]

router = APIRouter(prefix="/api/admin", tags=["admin"])

_LINES = "application/x-ndjson"
WithVerdict = Annotated[Verdict | None, Query(description="只要这种评价")]
InState = Annotated[State | None, Query(description="只要这种处理状态")]


def _json(value: Any) -> JSONResponse:
    return JSONResponse(value, headers={"Cache-Control": "no-store"})


@router.get("/feedback", summary="评价收件箱", response_model=FeedbackInbox)
def feedback(
    request: Request,
    verdict: WithVerdict = None,
    state: InState = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Annotated[
        str | None, Query(max_length=40, description="早于此 at 的，用于翻页")
    ] = None,
) -> JSONResponse:
    """List feedback with question, answer, citations and note."""
    return _json(inbox(keeper_needed(request).database, verdict, state, limit, before))


@router.patch("/feedback/{answer}", summary="标记处理状态", response_model=FeedbackMarked)
def marked(
    request: Request, answer: Annotated[str, Path(description="回答的 id")], body: FeedbackMark
) -> JSONResponse:
    """Say where feedback stands."""
    return _json(mark(request, answer, body.state))


def mark(request: Request, answer: str, state: State) -> dict[str, Any]:
    """Mark feedback, and write that down."""
    who = maintainer_of(request)
    done = mark_feedback(who.database, answer, state)
    who.note("feedback", f"{answer} {state}")
    return done


@router.get(
    "/gold",
    summary="导出为待填的金标题（JSON 行）",
    response_class=Response,
    responses={200: {"content": {_LINES: {"schema": {"type": "string"}}}, "description": "文件"}},
)
def gold(request: Request, verdict: WithVerdict = None, state: InState = None) -> Response:
    """Write feedback as questions whose expected answers are still to be filled in."""
    return candidates(request, verdict, state)


def candidates(request: Request, verdict: str | None, state: str | None) -> Response:
    """Candidates for gold questions, as a file."""
    who = maintainer_of(request)
    rows = read_feedback(who.database, verdict, state)
    who.note("export", f"{len(rows)} feedback")
    text = "".join(candidate(row) for row in rows)
    return Response(
        text, media_type=_LINES, headers=download_headers("feedback.jsonl", "待填金标题.jsonl")
    )


@router.get("/statistics", summary="使用与拒答统计", response_model=StatisticsReply)
def statistics(
    request: Request,
    days: Annotated[int, Query(ge=1, le=3650, description="最近多少天")] = 30,
) -> JSONResponse:
    """Answers by day, status and kind, refusals, times, feedback, documents cited most."""
    return _json(statistics_json(keeper_needed(request).database, days))


@router.get("/actions", summary="管理日志", response_model=ActionList)
def actions(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Annotated[
        str | None, Query(max_length=40, description="早于此 at 的，用于翻页")
    ] = None,
) -> JSONResponse:
    """List what maintainers did."""
    return _json({"actions": list_actions(keeper_needed(request).database, limit, before)})
