"""The JSON API. All work is done in threads, off the event loop; questions have their own (load)."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from corpus.errors import PolicyError
from retriever import query as retrieval
from retriever.query import Retrieval
from server.answer import Answer, Told
from server.assistant import Assistant
from server.describing.answers import AnswerReply
from server.describing.document import links
from server.describing.fields import EVENTS, AsOf, question_schema
from server.describing.measures import EntitlementList
from server.describing.texts import (
    ClauseReply,
    DocumentDetail,
    DocumentList,
    SearchReply,
)
from server.entitlements import entitlements_json
from server.filtering import Filters, filters_of
from server.inputs import (
    check_document,
    read_address,
    read_area,
    read_date,
    read_documents,
    read_forget,
)
from server.live import assistant_of
from server.load import Load, load_of
from server.operating.requests import noted
from server.present import (
    clause_json,
    document_json,
    finding_json,
    outline_clause_json,
    search_json,
)
from server.present_answer import answer_json
from server.recording import check_chat, kept
from server.schemas import AskBody
from server.stopping import until_stopped

__all__ = [
    "EventStream",
    "Steps",
    "answered",
    "begin",
    "document_detail",
    "event_text",
    "query_of",
    "router",
    "since",
    "told",
]

router = APIRouter()
#: The answer in a reply to /api/ask can be read again.
_ANSWER_LINKS = links(readAnswer=("read_answer", "answer", "id"))


#: Events of an answer: a name and what it says.
Steps = AsyncGenerator[tuple[str, dict[str, Any]], None]


class EventStream(StreamingResponse):
    """Server-Sent Events, which nothing on their way may hold back."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncIterator[str] | Iterator[str]) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(events, headers=headers)


def query_of(body: AskBody, assistant: Assistant) -> retrieval.Query:
    """Turn a request into a query, every field checked."""
    return retrieval.Query(
        text=body.question,
        as_of=read_date(body.as_of) or date.today(),
        area=read_area(body.area, assistant.index),
        documents=read_documents(body.documents, assistant.index),
        higher=body.higher,
        in_force=body.in_force,
    )


@router.post(
    "/api/ask",
    summary="提问，得到带条款引用的回答",
    response_model=AnswerReply,
    responses={200: _ANSWER_LINKS},
)
async def ask(body: AskBody, request: Request) -> Response:
    """Answer one question; the status says how far the corpus supports it."""
    load, started = load_of(request), time.perf_counter()
    assistant, query, found = await load.run(begin, body, request)
    answer = await answered(load, assistant, query, found, started)
    return await load.run(lambda: JSONResponse(kept(request, body, answer_json(answer), "ask")))


async def answered(
    load: Load, assistant: Assistant, query: retrieval.Query, found: Retrieval, started: float
) -> Answer:
    """The whole answer; who waits for a language model holds no thread."""
    if assistant.model is None:
        answer = await load.run(assistant.answer, found)
    else:
        answer = await assistant.last(found)
    return replace(answer, question=query.text, took_ms=since(started))


def begin(body: AskBody, request: Request) -> tuple[Assistant, retrieval.Query, Retrieval]:
    """Check a question and find its clauses; who asks keeps this generation of the index."""
    assistant = assistant_of(request)
    query = query_of(body, assistant)
    forget = read_forget(body.forget, len(body.conversation))
    check_chat(request, body)
    return assistant, query, assistant.retrieve(query, body.conversation, forget)


@router.post(
    "/api/ask/stream",
    summary="提问，逐步返回（Server-Sent Events）",
    response_class=Response,
    responses={200: {"content": {EventStream.media_type: EVENTS}}},
    response_description="事件 sources（/api/search 的 JSON）、delta（text）、answer（/api/ask 的 JSON）、error",
)
async def ask_stream(body: AskBody, request: Request) -> StreamingResponse:
    """Send ``sources``, ``delta`` and ``answer`` events, or one ``error`` event."""
    started = time.perf_counter()
    # Before the stream begins, so that a question that is none gets a status of 400.
    assistant, query, found = await load_of(request).run(begin, body, request)
    steps = told(request, assistant, query, found, started)
    return EventStream(_events(request, body, steps))


async def _events(request: Request, body: AskBody, steps: Steps) -> AsyncIterator[str]:
    def written(name: str, data: dict[str, Any]) -> str:
        shown = kept(request, body, data, "stream") if name == "answer" else data
        return event_text(name, shown)

    async with aclosing(steps) as events:
        async for name, data in events:
            # A delta is a line; what is larger is written by a thread.
            small = name == "delta"
            yield written(name, data) if small else await load_of(request).run(written, name, data)


async def told(
    request: Request,
    assistant: Assistant,
    query: retrieval.Query,
    found: Retrieval,
    started: float,
) -> Steps:
    """The events of an answer; whoever hangs up ends the work of a model too."""
    load = load_of(request)
    try:
        yield "sources", await load.run(search_json, found, assistant.index, since(started))
        async with aclosing(assistant.stream(found)) as steps:
            async for step in until_stopped(steps, request.app.state.stopping):
                if isinstance(step, Told):
                    yield "delta", {"text": step.text}
                    continue
                own = {"question": query.text, "took_ms": since(started)}
                yield "answer", await load.run(answer_json, step) | own
    except PolicyError as error:
        detail = {"code": error.code, "message": error.message, "field": error.field}
        yield "error", noted(request, {"error": detail})


def since(started: float) -> float:
    """Milliseconds from a moment of the performance counter."""
    return round((time.perf_counter() - started) * 1000, 1)


def event_text(name: str, data: dict[str, Any]) -> str:
    """Write a Server-Sent Event."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


@router.get("/api/search", summary="检索条款", response_model=SearchReply)
async def search(
    request: Request,
    q: Annotated[str, Query(description="检索词或问题", json_schema_extra=question_schema())],
    k: Annotated[int, Query(ge=1, le=100)] = 10,
    area: str | None = None,
    as_of: AsOf = None,
    authority: Literal["normative", "informational"] | None = None,
    document: Annotated[list[str] | None, Query(description="文件 id 或文号，可重复")] = None,
    higher: Annotated[bool, Query(description="含该地区的上级")] = False,
    in_force: Annotated[bool, Query(description="不含已废止、过期、尚未施行的")] = False,
) -> Response:
    """Rank clauses for a question."""
    assistant = assistant_of(request)
    query = retrieval.Query(
        q,
        read_date(as_of) or date.today(),
        k,
        read_area(area, assistant.index),
        authority,
        read_documents(document or [], assistant.index),
        higher,
        in_force,
    )
    started = time.perf_counter()

    def found() -> JSONResponse:
        hits = assistant.retrieve(query)
        return JSONResponse(search_json(hits, assistant.index, since(started)))

    return await load_of(request).run(found)


@router.get("/api/entitlements", summary="支持措施（一项一行）", response_model=EntitlementList)
def entitlements(
    request: Request, filters: Annotated[Filters, Depends(filters_of)]
) -> JSONResponse:
    """List every support measure with its figures, each with its address."""
    index = assistant_of(request).index
    return JSONResponse(entitlements_json(index, filters.wanted, filters.day))


@router.get("/api/documents", summary="文件目录", response_model=DocumentList)
def documents(request: Request, as_of: AsOf = None) -> JSONResponse:
    """List the documents of the corpus."""
    day = read_date(as_of) or date.today()
    index = assistant_of(request).index
    rows = [document_json(document, day) for document in index.documents]
    return JSONResponse({"as_of": day.isoformat(), "documents": rows})


@router.get("/api/documents/{document}", summary="一份文件及其条款", response_model=DocumentDetail)
def document(request: Request, document: str, as_of: AsOf = None) -> JSONResponse:
    """Return one document with its outline and validity."""
    return JSONResponse(document_detail(assistant_of(request), document, as_of))


def document_detail(assistant: Assistant, name: str, as_of: str | None = None) -> dict[str, Any]:
    """One document with its clauses and findings; raise DocumentError where there is none."""
    index = assistant.index
    check_document(name, index)
    reading = index.readings[name]
    day = read_date(as_of) or date.today()
    explained = reading.document.explains
    return document_json(reading.document, day) | {
        "versions": list(index.names.versions(reading.document)),
        "explains_document": index.names.find(explained) if explained else None,
        "clauses": [outline_clause_json(name, clause) for clause in reading.outline],
        "findings": [finding_json(name, finding) for finding in reading.outline.findings],
        "remarks": reading.remarks,
    }


@router.get("/api/clauses/{address:path}", summary="一条条款", response_model=ClauseReply)
def clause(request: Request, address: str, as_of: AsOf = None) -> JSONResponse:
    """Return one clause; the ``#`` of an address is written %23 in a URL."""
    index = assistant_of(request).index
    day = read_date(as_of) or date.today()
    return JSONResponse(clause_json(index, read_address(address, index), day))
