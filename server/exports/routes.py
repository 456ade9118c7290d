"""``POST /api/export``, and the same for the forms of the page."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import Response
from pydantic import ConfigDict, Field

from corpus.errors import InputError
from server.describing.fields import FILE, Question
from server.exports.export import FORMATS, Exported, Format, export
from server.exports.shape import SentAnswer
from server.keeping.answers import read_answer
from server.keeping.caller import caller_of
from server.live import assistant_of
from server.present_answer import answer_json
from server.recording import texts_kept
from server.routes import query_of
from server.schemas import AskBody, Limits

__all__ = ["ExportBody", "export_answer", "export_form", "export_kept", "router"]

router = APIRouter()


class ExportBody(Limits):
    """An answer, or a question to be answered first; and the format."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"question": "三类医疗器械注册证在高新区奖励多少？", "format": "docx"},
            "oneOf": [
                {
                    "required": [given],
                    "properties": {given: {"type": kind}, other: {"type": "null"}},
                }
                for given, other, kind in (
                    ("answer", "question", "object"),
                    ("question", "answer", "string"),
                )
            ],
        }
    )

    format: Format = Field(description="docx（Word）、pdf、md（Markdown）")
    answer: SentAnswer | None = Field(None, description="/api/ask 返回的 JSON；与 question 二选一")
    question: Question | None = Field(None, description="问题，不超过 2000 字；先作答再导出")
    conversation: list[str] = Field(default_factory=list, max_length=50)


_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "文件；文件名在 Content-Disposition 里",
        "content": {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document": FILE,
            "application/pdf": FILE,
            "text/markdown": {"schema": {"type": "string"}},
        },
    },
}


@router.post(
    "/api/export",
    summary="把一份回答导出为 Word、PDF 或 Markdown",
    description="含问题、判断日、结论、回答、对照表、计算过程、全部依据（文号、条款、页码、引文、有效性）、提示、说明与指纹。",
    response_class=Response,
    responses=_FILES,
    tags=["export"],
)
def export_answer(body: ExportBody, request: Request) -> Response:
    """Write an answer as a file."""
    if (body.answer is None) == (body.question is None):
        raise InputError("answer 与 question 须给出一个 / give answer or question", field="answer")
    answer: Any = body.answer
    if body.question is not None:
        limits = body.model_dump(include=set(Limits.model_fields))
        asked = AskBody(question=body.question, conversation=body.conversation, **limits)
        assistant = assistant_of(request)
        answer = answer_json(assistant.ask(query_of(asked, assistant), asked.conversation))
    return _sent(export(answer, body.format))


@router.get(
    "/api/answers/{answer}/export",
    summary="把一个保存的回答导出为文件",
    response_class=Response,
    responses=_FILES,
    tags=["export"],
)
def export_kept(
    request: Request,
    answer: Annotated[str, Path(description="回答的 id")],
    format: Annotated[Format, Query(description="docx（Word）、pdf、md（Markdown）")],
    share: Annotated[str | None, Query(max_length=64, description="分享链接的末段")] = None,
) -> Response:
    """Write a kept answer as a file, for who asked or by the link of its chat."""
    database, owner = texts_kept(request).database, caller_of(request).owner
    return _sent(export(read_answer(database, answer, owner, share)["answer"], format))


@router.post("/export", include_in_schema=False)
def export_form(answer: Annotated[str, Form()], format: Annotated[str, Form()]) -> Response:
    """Write the answer that a page shows as a file."""
    chosen = next((known for known in FORMATS if known == format), None)
    if chosen is None:
        raise InputError(f"没有这种格式 / no such format: {format[:20]!r}", field="format")
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise InputError("这不是一份回答 / not an answer", field="answer") from error
    return _sent(export(value, chosen))


def _sent(file: Exported) -> Response:
    return Response(file.content, media_type=file.media_type, headers=dict(file.headers))
