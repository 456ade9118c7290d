"""The OpenAI wire format over HTTP: any chat client connects by changing a URL."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from corpus.errors import PolicyError
from retriever.query import Retrieval
from server.answer import Answer, Told
from server.assistant import Assistant
from server.describing.fields import EVENTS
from server.describing.wire import WireCompletion, WireModel, WireModels
from server.load import load_of
from server.openai_wire import (
    DONE,
    MODEL,
    Completion,
    error_json,
    event,
    model_json,
    read_chat,
)
from server.present_answer import answer_json
from server.recording import kept
from server.routes import assistant_of, query_of, since
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
    responses={200: {"content": {"text/event-stream": EVENTS}}},
)
async def complete(body: ChatBody, request: Request) -> Response:
    """Answer the last user message; the answer's JSON is in the field ``tiaowen``."""
    if body.model != MODEL:
        return _no_such_model(body.model)
    started = time.perf_counter()
    assistant = assistant_of(request)
    asked = read_chat(body)
    query = query_of(asked, assistant)
    completion = Completion(assistant.index.manifest.fingerprint[:16], asked)
    load = load_of(request)
    # Found before a stream begins, so that a question that is none gets a status of 400.
    found = await load.run(assistant.retrieve, query, asked.conversation)
    if not body.stream:
        if assistant.model is None:
            answer = await load.run(assistant.answer, found)
        else:
            answer = await assistant.last(found)
        answer = replace(answer, question=query.text, took_ms=since(started))

        def whole() -> JSONResponse:
            shown = kept(request, asked, answer_json(answer), "openai")
            return JSONResponse(completion.whole(answer, shown))

        return await load.run(whole)
    counted = bool(body.stream_options and body.stream_options.include_usage)
    return StreamingResponse(
        _events(request, assistant, found, completion, counted, started),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


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
        yield event(error_json(503, error.code, error.message, error.field))


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
        return _no_such_model(model)
    return JSONResponse(model_json(assistant_of(request).index.manifest))


def _no_such_model(name: str) -> JSONResponse:
    message = f"没有这个模型，请用 {MODEL} / no such model, use {MODEL}: {name[:80]!r}"
    return JSONResponse(error_json(404, "model_not_found", message, "model"), 404)
