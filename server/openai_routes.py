"""The OpenAI wire format over HTTP: any chat client connects by changing a URL."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from corpus.errors import PolicyError
from retriever.query import Retrieval
from server.answer import Answer, Told
from server.assistant import Assistant
from server.describing.fields import EVENTS
from server.describing.wire import WireCompletion, WireModel, WireModels
from server.failing import json_error
from server.live import assistant_of
from server.load import load_of
from server.openai_chores import chore_reply
from server.openai_wire import (
    DONE,
    MODEL,
    Completion,
    error_json,
    event,
    model_json,
    read_chat,
    text_in,
)
from server.operating.requests import noted
from server.present_answer import answer_json
from server.recording import kept
from server.routes import EventStream, answered, query_of, since
from server.schemas import ChatBody
from server.stopping import until_stopped

__all__ = ["router"]

#: Said where what was sent, each statement of it verified, is not how the answer begins after all.
_ANEW = "\n\n---\n\n以下是完整的回答，以此为准：\n\n"
_PARAGRAPH = re.compile(r".+?(?:\n\n|\Z)", re.DOTALL)

router = APIRouter(prefix="/v1")


@router.post(
    "/chat/completions",
    summary="OpenAI 格式的对话",
    response_model=WireCompletion,
    responses={200: {"content": {EventStream.media_type: EVENTS}}},
)
async def complete(body: ChatBody, request: Request) -> Response:
    """Answer the last user message; the answer's JSON is in the field ``tiaowen``."""
    if body.model != MODEL:
        return _no_such_model(request, body.model)
    started = time.perf_counter()
    assistant = assistant_of(request)
    asked = read_chat(body)
    completion = Completion(assistant.index.manifest.fingerprint[:16], asked)
    counted = bool(body.stream_options and body.stream_options.include_usage)
    systems = [text_in(m.content) for m in body.messages if m.role in ("system", "developer")]
    if (reply := chore_reply(_last(body), systems)) is not None:
        return _plain(reply, completion, bool(body.stream), counted)
    query, load = query_of(asked, assistant), load_of(request)
    # Found before a stream begins, so that a question that is none gets a status of 400.
    found = await load.run(assistant.retrieve, query, asked.conversation)
    if body.stream:
        return EventStream(_events(request, assistant, found, completion, counted, started))
    answer = await answered(load, assistant, query, found, started)

    def whole() -> JSONResponse:
        shown = kept(request, asked, answer_json(answer), "openai")
        return JSONResponse(completion.whole(answer, shown))

    return await load.run(whole)


def _last(body: ChatBody) -> str:
    return next((text_in(m.content) for m in reversed(body.messages) if m.role == "user"), "")


def _plain(text: str, completion: Completion, stream: bool, counted: bool) -> Response:
    """Reply to what a program wants for itself; it is neither kept nor counted as an answer."""
    if not stream:
        return JSONResponse(completion.plain(text))
    usage: dict[str, Any] = {"usage": None} if counted else {}
    chunks = [
        completion.chunk({"role": "assistant", "content": text}, **usage),
        completion.chunk({}, "stop", **usage, tiaowen=None),
        *([completion.usage_chunk(text)] if counted else []),
        DONE,
    ]
    return EventStream(iter(chunks))


async def _events(
    request: Request,
    assistant: Assistant,
    found: Retrieval,
    completion: Completion,
    counted: bool,
    started: float,
) -> AsyncIterator[str]:
    """The chunks of a reply: statements once they are verified, then the rest of the answer."""
    usage: dict[str, Any] = {"usage": None} if counted else {}
    sent = ""
    try:
        yield completion.chunk({"role": "assistant", "content": ""}, **usage)
        async with aclosing(assistant.stream(found)) as steps:
            async for step in until_stopped(steps, request.app.state.stopping):
                for piece in _PARAGRAPH.findall(_unsent(step, sent)):
                    sent += piece
                    yield completion.chunk({"content": piece}, **usage)
                if isinstance(step, Answer):
                    own = {"question": completion.asked.question, "took_ms": since(started)}
                    shown = await load_of(request).run(
                        kept, request, completion.asked, answer_json(step) | own, "openai"
                    )
                    yield completion.chunk({}, "stop", **usage, tiaowen=shown)
        if counted:
            yield completion.usage_chunk(sent)
        yield DONE
    except PolicyError as error:
        yield event(noted(request, error_json(503, error.code, error.message, error.field)))


def _unsent(step: Told | Answer, sent: str) -> str:
    """What a step adds to the text that was sent."""
    text = step.text if isinstance(step, Answer) else step.written
    if text.startswith(sent):
        return text[len(sent) :]
    return _ANEW + text if isinstance(step, Answer) else ""


@router.get("/models", summary="模型列表（只有 tiaowen）", response_model=WireModels)
def models(request: Request) -> JSONResponse:
    """List the one model."""
    shown = model_json(assistant_of(request).index.manifest)
    return JSONResponse({"object": "list", "data": [shown]})


@router.get("/models/{model}", summary="一个模型", response_model=WireModel)
def model(model: str, request: Request) -> JSONResponse:
    """Return the model of that name."""
    if model != MODEL:
        return _no_such_model(request, model)
    return JSONResponse(model_json(assistant_of(request).index.manifest))


def _no_such_model(request: Request, name: str) -> JSONResponse:
    message = f"没有这个模型，请用 {MODEL} / no such model, use {MODEL}: {name[:80]!r}"
    return json_error(request, 404, "model_not_found", message, "model")
