"""``/api/batches``: a file of questions in, progress, results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.datastructures import UploadFile

from corpus.errors import BusyError, InputError, ServeError
from server.batches.asked import BatchQuestion, json_questions
from server.batches.reading import LONGEST, read_questions
from server.batches.result import ResultFormat, json_lines, workbook
from server.batches.store import Job, Jobs, Progress
from server.batches.worker import Worker
from server.describing.document import links
from server.describing.fields import FILE, asked_schema, form_of
from server.downloads import XLSX, download_headers
from server.keeping.caller import caller_of

__all__ = ["BatchMade", "BatchState", "Batches", "create", "delete", "progress", "result", "router"]

router = APIRouter(tags=["batches"])
#: So many jobs may be unfinished at a time.
_MOST_OPEN = 20
_MEDIA: dict[ResultFormat, str] = {
    "xlsx": XLSX,
    "jsonl": "application/x-ndjson",
}
#: What can be done with a new job.
_LINKS = links(
    readBatch=("read_batch", "id", "id"),
    readBatchResult=("read_batch_result", "id", "id"),
    deleteBatch=("delete_batch", "id", "id"),
)
#: What is read of a text: something, and no JSON that is none.
_TEXT = {"type": "string", "pattern": r"^\s*[^\s\x1c-\x1f\x85{][^\x00]*$"}
_EXAMPLE = "question,as_of,area\n三类医疗器械注册证奖励多少,2026-11-29,重庆高新区\n"
_QUESTIONS = {
    "type": "array",
    "items": {
        "anyOf": [{"type": "string"} | asked_schema(LONGEST), BatchQuestion.model_json_schema()]
    },
    "minItems": 1,
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": form_of(FILE["schema"])
            | {"encoding": {"file": {"contentType": f"text/csv, text/plain, {_MEDIA['xlsx']}"}}},
            "text/csv": FILE | {"example": _EXAMPLE},
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {"questions": _QUESTIONS},
                    "required": ["questions"],
                },
                "example": {"questions": ["三类证奖励多少", {"question": "首台套奖励多少"}]},
            },
            "text/plain": {"schema": _TEXT, "example": "三类证奖励多少\n"},
            _MEDIA["xlsx"]: FILE,
        },
    }
}


@dataclass(frozen=True, slots=True)
class Batches:
    """What the routes work with; ``most`` is how many questions a job may have."""

    jobs: Jobs
    worker: Worker
    most: int


class BatchMade(BaseModel):
    """A new job."""

    id: str = Field(description="取进度与结果用，不可猜测")
    total: int = Field(description="问题数")


class BatchState(BatchMade):
    """How far a job is."""

    created: str = Field(description="ISO 8601，UTC")
    done: int = Field(description="已有结果的问题数，含出错的")
    failed: int = Field(description="出错的问题数")
    missing: int = Field(description="尚无结果的问题数")
    state: Literal["running", "done"]


@router.post(
    "/api/batches",
    status_code=202,
    summary="提交一份问题清单，在后台逐个作答",
    description="文件（字段 file）或请求体：XLSX、CSV、JSON 行、每行一个问题的纯文本，按内容识别。"
    "JSON 行的类型写 application/x-ndjson。列名 question、as_of、area、documents（以 ; 分隔），或 问题、判断日、地区、文件。",
    response_model=BatchMade,
    responses={202: _LINKS},
    openapi_extra=_BODY,
)
async def create(request: Request) -> JSONResponse:
    """Take questions in; they are kept on disk before this answers."""
    batches = _batches_of(request)
    content = await _content(request)
    job = await run_in_threadpool(_created, content, batches, caller_of(request).key_id)
    made = {"id": job.id, "total": len(job.questions)}
    return JSONResponse(made, 202, headers={"Location": f"/api/batches/{job.id}"})


@router.get(
    "/api/batches/{id}",
    summary="进度",
    response_model=BatchState,
)
def progress(id: str, request: Request) -> dict[str, Any]:
    """Say how far a job is."""
    return _state(_batches_of(request).jobs.progress(id))


@router.get(
    "/api/batches/{id}/result",
    summary="结果，没有答完时给出已有的",
    description="xlsx：一题一行；jsonl：一题一个对象，answer 是 /api/ask 的 JSON。未答的行写明尚未作答（state 为 missing）。",
    response_class=Response,
    responses={
        200: {
            "content": {
                _MEDIA["xlsx"]: FILE,
                _MEDIA["jsonl"]: {"schema": {"type": "string"}},
            },
            "description": "文件",
        }
    },
)
def result(
    id: str, request: Request, format: Annotated[ResultFormat, Query()] = "xlsx"
) -> Response:
    """The results so far; the header X-Missing says how many are still to come."""
    job = _batches_of(request).jobs.read(id)
    content = workbook(job) if format == "xlsx" else json_lines(job)
    headers = download_headers(f"tiaowen-{job.id[:8]}.{format}")
    headers["X-Missing"] = str(len(job.open))
    return Response(content, media_type=_MEDIA[format], headers=headers)


@router.delete(
    "/api/batches/{id}", status_code=204, summary="删除，未答的不再作答", response_class=Response
)
def delete(id: str, request: Request) -> Response:
    """Delete a job with its results."""
    _batches_of(request).jobs.delete(id)
    return Response(status_code=204)


def _batches_of(request: Request) -> Batches:
    batches: Batches | None = getattr(request.app.state, "batches", None)
    if batches is None:
        raise ServeError("没有开启批量提问 / batches are not available here")
    return batches


def _created(content: bytes, batches: Batches, key: str | None) -> Job:
    questions = read_questions(content, batches.most)
    running = sum(bool(batches.jobs.progress(name).missing) for name in batches.jobs.all())
    if running >= _MOST_OPEN:
        raise BusyError(
            f"未完成的批次已有 {running} 个，请稍后 / too many unfinished batches", field="file"
        )
    job = batches.jobs.create(questions, key)
    batches.worker.wake()
    return job


async def _content(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        body = await request.body()
        return json_questions(body) if kind == "application/json" else body
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise InputError("缺少文件字段 file / the field file is missing", field="file")
        return await file.read()


def _state(told: Progress) -> dict[str, Any]:
    return {
        "id": told.id,
        "created": told.created,
        "total": told.total,
        "done": told.done,
        "failed": told.failed,
        "missing": told.missing,
        "state": "running" if told.missing else "done",
    }
