"""``/api/admin``: documents, drafts, jobs and generations."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import UploadFile

from corpus.errors import InputError, LoadError
from server.administration.desk import Desk, Maintainer
from server.administration.schemas import (
    AcceptBody,
    DraftList,
    DraftReply,
    GenerationList,
    JobList,
    JobReply,
    Uploaded,
)
from server.administration.serving import desk_of, maintainer_of
from server.administration.shown import draft_json, generations_json
from server.assistant import Assistant
from server.describing.document import links
from server.describing.fields import FILE, form_of
from server.live import assistant_of
from server.schemas import ErrorBody

__all__ = ["router", "take_files"]

_CONFLICT: dict[int | str, dict[str, Any]] = {
    409: {"model": ErrorBody, "description": "现在不能做，如另一项改动正在进行 / not as things are"}
}
router = APIRouter(prefix="/api/admin", tags=["admin"])

#: Files of one request.
_MOST_FILES = 20
_FILES = {"type": "array", "items": FILE["schema"], "minItems": 1, "maxItems": _MOST_FILES}
_BODY = {"requestBody": {"required": True, "content": {"multipart/form-data": form_of(_FILES)}}}
_DRAFT_LINKS = links(
    readDraft=("read_draft", "id", "drafts/0/id"), acceptDraft=("accept_draft", "id", "drafts/0/id")
)
_JOB_LINKS = links(readJob=("read_job", "id", "id"))
_STARTED: dict[int | str, dict[str, Any]] = _CONFLICT | {202: _JOB_LINKS}

DraftId = Annotated[str, Path(description="待定文件的 id")]


def _json(value: Any, status: int = 200, **headers: str) -> JSONResponse:
    return JSONResponse(value, status, {"Cache-Control": "no-store"} | headers)


def _started(job: dict[str, Any]) -> JSONResponse:
    return _json(job, 202, Location=f"/api/admin/jobs/{job['id']}")


@router.post(
    "/documents",
    status_code=201,
    summary="上传文件，读出要点与发现，尚不收入",
    description="字段 file，可多份。每份在单独的进程里读取，时间和内存有限；读不成的列在 failed。"
    "请求不超过 TIAOWEN_MAX_DOCUMENT 字节。",
    response_model=Uploaded,
    responses=_CONFLICT | {201: _DRAFT_LINKS},
    openapi_extra=_BODY,
)
async def upload(request: Request) -> JSONResponse:
    """Read files; each becomes a draft. An error where none can be read."""
    desk, who = desk_of(request), maintainer_of(request)
    taken = await take_files(request, desk, who)
    if not taken["drafts"]:
        raise LoadError("；".join(one["message"] for one in taken["failed"]), field="file")
    return _json(taken, 201)


async def take_files(request: Request, desk: Desk, who: Maintainer) -> dict[str, Any]:
    """Make drafts of the files of a form; say of the others why not."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise InputError("请用表单上传文件（multipart）/ a multipart form is needed", field="file")
    async with request.form(max_files=_MOST_FILES, max_fields=10) as form:
        files = [f for f in form.getlist("file") if isinstance(f, UploadFile) and f.filename]
        if not files:
            raise InputError("没有选择文件 / the field file is missing", field="file")
        return await run_in_threadpool(_looked_at, files, desk, who, assistant_of(request))


def _looked_at(
    files: list[UploadFile], desk: Desk, who: Maintainer, assistant: Assistant
) -> dict[str, Any]:
    drafts: list[dict[str, Any]] = []
    failed: list[dict[str, Any]] = []
    for file in files:
        try:
            draft = desk.look(str(file.filename), file.file, who)
            drafts.append(draft_json(draft, assistant.index, desk.drafts))
        except LoadError as error:
            failed.append({"file": str(file.filename)[:200], "message": error.message})
    return {"drafts": drafts, "failed": failed}


@router.delete(
    "/documents/{document}",
    status_code=202,
    summary="移除一份文件，重建索引",
    response_model=JobReply,
    responses=_STARTED,
)
def remove(request: Request, document: str) -> JSONResponse:
    """Take a document out; its file is kept while a generation that lists it is."""
    return _started(desk_of(request).remove([document], maintainer_of(request)))


@router.get("/drafts", summary="待定的文件", response_model=DraftList)
def drafts(request: Request) -> JSONResponse:
    """List the files that wait for a decision."""
    desk, index = desk_of(request), assistant_of(request).index
    return _json({"drafts": [draft_json(d, index, desk.drafts) for d in desk.drafts.all()]})


@router.post(
    "/accept",
    status_code=202,
    summary="收入几份文件，一次重建索引",
    response_model=JobReply,
    responses=_STARTED,
)
def accept_all(request: Request, body: AcceptBody) -> JSONResponse:
    """Put several drafts into the library in one change."""
    return _started(desk_of(request).accept(body.drafts, maintainer_of(request)))


@router.get("/drafts/{id}", summary="一份待定的文件", response_model=DraftReply)
def draft(request: Request, id: DraftId) -> JSONResponse:
    """Return a draft."""
    desk = desk_of(request)
    return _json(draft_json(desk.drafts.read(id), assistant_of(request).index, desk.drafts))


@router.post(
    "/drafts/{id}/accept",
    status_code=202,
    summary="收入，重建索引",
    response_model=JobReply,
    responses=_STARTED,
)
def accept(request: Request, id: DraftId) -> JSONResponse:
    """Put a draft into the library; the answer is the job that does it."""
    return _started(desk_of(request).accept([id], maintainer_of(request)))


@router.delete("/drafts/{id}", status_code=204, summary="放弃", response_class=Response)
def discard(request: Request, id: DraftId) -> Response:
    """Delete a draft with its file."""
    desk_of(request).discard(id, maintainer_of(request))
    return Response(status_code=204)


@router.post(
    "/reindex",
    status_code=202,
    summary="按语料现状重建索引",
    response_model=JobReply,
    responses=_STARTED,
)
def reindex(request: Request) -> JSONResponse:
    """Build the index anew where the corpus, the program or the model changed."""
    return _started(desk_of(request).reindex(maintainer_of(request)))


@router.get("/generations", summary="各代索引，及回退会改变什么", response_model=GenerationList)
def generations(request: Request) -> JSONResponse:
    """List the states of the library that are kept."""
    desk = desk_of(request)
    found = generations_json(desk.index, assistant_of(request).index.folder)
    return _json({"generations": found})


@router.post(
    "/generations/{id}/restore",
    status_code=202,
    summary="回退到这一代，语料与索引一起",
    response_model=JobReply,
    responses=_STARTED,
)
def restore(request: Request, id: Annotated[str, Path(description="索引代的 id")]) -> JSONResponse:
    """Put corpus and index back; what was added since leaves, and can be brought back likewise."""
    return _started(desk_of(request).restore(id, maintainer_of(request)))


@router.get("/jobs", summary="最近的任务", response_model=JobList)
def jobs(request: Request) -> JSONResponse:
    """List the last jobs."""
    return _json({"jobs": desk_of(request).jobs.latest(20)})


@router.get("/jobs/{id}", summary="一项任务的进度", response_model=JobReply)
def job(request: Request, id: Annotated[str, Path(description="任务的 id")]) -> JSONResponse:
    """Say how far a job is."""
    return _json(desk_of(request).jobs.read(id))
