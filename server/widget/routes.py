"""``/widget.js`` for the pages of other sites, the page in its frame, and what that page asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, Response
from pydantic import Field
from starlette.exceptions import HTTPException

from corpus.errors import PolicyError
from retriever.retriever import check_question
from server.inputs import read_area, read_documents
from server.keeping.caller import caller_of, key_text
from server.live import assistant_of
from server.pages import STATIC, render, render_page
from server.recording import kept
from server.routes import EventStream, Steps, event_text, query_of, told
from server.schemas import AskBody
from server.suggesting import Suggestions

__all__ = ["WidgetBody", "ask_in_widget", "router", "widget_page", "widget_script"]

router = APIRouter(include_in_schema=False)
#: Like that of other pages, but for who may hold it in a frame.
_POLICY = (
    "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors "
)


class WidgetBody(AskBody):
    """A question of the page in the frame; ``turn`` keeps the marks of its answers apart."""

    turn: int = Field(1, ge=1, le=1000)


@router.get("/widget.js")
def widget_script() -> Response:
    """The script of the one tag that a site needs."""
    headers = {"Cache-Control": "public, max-age=3600"}
    return FileResponse(STATIC / "widget.js", media_type="text/javascript", headers=headers)


@router.get("/widget", response_class=HTMLResponse)
def widget_page(
    request: Request,
    area: str = "",
    document: Annotated[list[str] | None, Query()] = None,
    theme: str = "",
) -> HTMLResponse:
    """The page in the frame; only the sites of the key, or of the settings, may hold it."""
    named = caller_of(request).key
    origins = named.origins if named else request.app.state.widget_origins
    if not origins:
        raise HTTPException(404)
    limits, problem = {"area": area, "documents": document or []}, ""
    assistant = assistant_of(request)
    try:
        read_area(area or None, assistant.index)
        read_documents(limits["documents"], assistant.index)
    except PolicyError as error:
        problem = error.message
    suggested: Suggestions = request.app.state.suggester.on(date.today())
    page = render_page(
        "widget.html",
        limits=limits,
        problem=problem,
        theme=theme if theme in ("light", "dark") else "",
        key=key_text(request) if named else "",
        tries=[] if area or document else [one.question for one in suggested.first[:3]],
    )
    page.headers["Content-Security-Policy"] = _POLICY + " ".join(origins)
    page.headers["Cache-Control"] = "no-store"
    return page


@router.post("/widget/ask")
def ask_in_widget(body: WidgetBody, request: Request) -> EventStream:
    """Answer as ``/api/ask/stream`` does, with the answer drawn; only the audit log notes it."""
    query = query_of(body, assistant_of(request))
    for text in (body.question, *filter(str.strip, body.conversation)):
        check_question(text)
    asked = body.model_copy(update={"chat": None})
    return EventStream(_events(request, asked, told(assistant_of(request), query, asked)))


async def _events(request: Request, body: WidgetBody, steps: Steps) -> AsyncIterator[str]:
    async with aclosing(steps) as events:
        async for name, data in events:
            if name == "answer":
                data = await run_in_threadpool(kept, request, body, data, "widget", store=False)
                drawn = {"answer": data, "turn": body.turn}
                html = await run_in_threadpool(render, "widget_answer.html", **drawn)
                data = data | {"html": html}
            yield event_text(name, data)
