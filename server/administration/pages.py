"""The maintainers' pages. They are plain forms and work without script."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from corpus.errors import DocumentError, PolicyError
from indexer.index_folder import current_generation
from server.administration.report_routes import candidates, mark
from server.administration.routes import take_files
from server.administration.serving import desk_of, keeper_needed, maintainer_of
from server.administration.shown import draft_json, generations_json
from server.chat_schemas import Verdict
from server.inputs import check_document
from server.keeping.actions import list_actions
from server.keeping.inbox import STATES, State, inbox
from server.keeping.statistics import statistics_json
from server.live import assistant_of
from server.pages import render_page

__all__ = ["router"]

router = APIRouter(prefix="/admin", include_in_schema=False)

#: Feedback of one page.
_SHOWN = 30
_VERDICTS: tuple[Verdict, ...] = (
    "wrong_figure", "wrong_article", "outdated", "not_answered", "right",
)  # fmt: skip


def _page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
    page = render_page(f"admin_{name}.html", status, tab=name, **values)
    page.headers["Cache-Control"] = "no-store"
    return page


def _to_job(job: dict[str, Any]) -> RedirectResponse:
    return RedirectResponse(f"/admin/jobs/{job['id']}", 303)


@router.get("", response_class=HTMLResponse)
def overview(request: Request) -> HTMLResponse:
    """Where everything stands."""
    desk, index = desk_of(request), assistant_of(request).index
    database = keeper_needed(request).database
    jobs = desk.jobs.latest(8)
    return _page(
        "overview",
        manifest=index.manifest,
        behind=current_generation(desk.index) != index.folder,
        drafts=len(desk.drafts.all()),
        fresh=sum(c["count"] for c in inbox(database, limit=1)["counts"] if c["state"] == "new"),
        running=next((job for job in jobs if job["state"] == "running"), None),
        broken=jobs[0] if jobs and jobs[0]["state"] in ("failed", "interrupted") else None,
        jobs=jobs,
        actions=list_actions(database, 20),
    )


@router.get("/documents", response_class=HTMLResponse)
def documents(request: Request) -> HTMLResponse:
    """Upload, what waits for a decision, and what is held."""
    return _documents(request)


def _documents(
    request: Request, status: int = 200, failed: Any = (), error: str | None = None
) -> HTMLResponse:
    desk, index = desk_of(request), assistant_of(request).index
    held = [
        {"id": d.id, "title": f"《{d.title}》", "doc_number": d.doc_number, "area": d.area}
        for d in index.documents
    ]
    return _page(
        "documents",
        status,
        drafts=[draft_json(draft, index, desk.drafts) for draft in reversed(desk.drafts.all())],
        held=held,
        skipped=index.manifest.skipped,
        failed=failed,
        error=error,
        most=request.app.state.max_document,
    )


@router.post("/documents", response_class=HTMLResponse)
async def upload(request: Request) -> Response:
    """Read files; those that could not be read are named above the others."""
    desk, who = desk_of(request), maintainer_of(request)
    try:
        taken = await take_files(request, desk, who)
    except PolicyError as problem:
        return await run_in_threadpool(_documents, request, 400, (), problem.message)
    if not taken["failed"]:
        return RedirectResponse("/admin/documents#drafts", 303)
    status = 200 if taken["drafts"] else 400
    return await run_in_threadpool(_documents, request, status, taken["failed"])


@router.post("/drafts/accept")
def accept_several(request: Request, draft: Annotated[list[str], Form()]) -> Response:
    """Put drafts into the library in one change."""
    return _to_job(desk_of(request).accept(draft, maintainer_of(request)))


@router.post("/drafts/{id}/accept")
def accept(request: Request, id: str) -> Response:
    """Put a draft into the library."""
    return _to_job(desk_of(request).accept([id], maintainer_of(request)))


@router.post("/drafts/{id}/discard")
def discard(request: Request, id: str) -> Response:
    """Delete a draft."""
    desk_of(request).discard(id, maintainer_of(request))
    return RedirectResponse("/admin/documents#drafts", 303)


@router.get("/documents/{document}/remove", response_class=HTMLResponse)
def ask_removal(request: Request, document: str) -> HTMLResponse:
    """Ask before a document is removed."""
    desk_of(request)
    index = assistant_of(request).index
    check_document(document, index)
    held = index.document(document)
    clauses = len(index.readings[document].outline.clauses)
    return _page("remove", document=held, clauses=clauses)


@router.post("/documents/{document}/remove")
def remove(request: Request, document: str) -> Response:
    """Take a document out of the library."""
    return _to_job(desk_of(request).remove([document], maintainer_of(request)))


@router.get("/generations", response_class=HTMLResponse)
def generations(request: Request) -> HTMLResponse:
    """The states of the library that can be gone back to."""
    desk = desk_of(request)
    found = generations_json(desk.index, assistant_of(request).index.folder)
    return _page("generations", generations=found, busy=desk.jobs.busy)


@router.post("/reindex")
def reindex(request: Request) -> Response:
    """Build the index anew."""
    return _to_job(desk_of(request).reindex(maintainer_of(request)))


@router.get("/generations/{id}/restore", response_class=HTMLResponse)
def ask_restoring(request: Request, id: str) -> HTMLResponse:
    """Ask before going back, and say what that changes."""
    found = generations_json(desk_of(request).index, assistant_of(request).index.folder)
    one = next((g for g in found if g["id"] == id), None)
    if one is None:
        raise DocumentError(f"没有这一代索引 / no such generation: {id[:80]!r}", field="id")
    return _page("restore", generation=one)


@router.post("/generations/{id}/restore")
def restore(request: Request, id: str) -> Response:
    """Go back to a generation."""
    return _to_job(desk_of(request).restore(id, maintainer_of(request)))


@router.get("/jobs/{id}", response_class=HTMLResponse)
def job(request: Request, id: str) -> HTMLResponse:
    """How far a job is, and what came of it."""
    return _page("job", job=desk_of(request).jobs.read(id))


@router.get("/feedback", response_class=HTMLResponse)
def feedback(
    request: Request,
    verdict: Annotated[Verdict | Literal[""], Query()] = "",
    state: Annotated[State | Literal["", "all"], Query()] = "",
    before: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """The inbox: what is new, unless another state is asked for."""
    chosen = {"": "new", "all": None}.get(state, state)
    database = keeper_needed(request).database
    found = inbox(database, verdict or None, chosen, _SHOWN, before or None)
    rows = found["feedback"]
    more = rows[-1]["at"] if len(rows) == _SHOWN else None
    given = {"verdict": verdict, "state": state}
    return _page(
        "feedback",
        rows=rows,
        counts={s: sum(c["count"] for c in found["counts"] if c["state"] == s) for s in STATES},
        verdicts=_VERDICTS,
        states=STATES,
        verdict=verdict,
        state=chosen or "all",
        here=f"/admin/feedback?{urlencode(given)}",
        more=f"/admin/feedback?{urlencode(given | {'before': more})}" if more else None,
    )


@router.get("/feedback/gold")
def gold(
    request: Request,
    verdict: Annotated[Verdict | Literal[""], Query()] = "",
    state: Annotated[State | Literal["", "all"], Query()] = "",
) -> Response:
    """Feedback as candidates for gold questions."""
    return candidates(request, verdict or None, None if state in ("", "all") else state)


@router.post("/feedback/{answer}")
def marked(
    request: Request,
    answer: Annotated[str, Path(max_length=64)],
    state: Annotated[State, Form()],
    verdict: Annotated[str, Form(max_length=40)] = "",
    shown: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Mark feedback, and go on with the list as it was filtered."""
    mark(request, answer, state)
    query = urlencode({"verdict": verdict, "state": shown})
    return RedirectResponse(f"/admin/feedback?{query}", 303)


@router.get("/statistics", response_class=HTMLResponse)
def statistics(request: Request, days: Annotated[int, Query(ge=1, le=3650)] = 30) -> HTMLResponse:
    """What was asked, and what became of it."""
    sums = statistics_json(keeper_needed(request).database, days)
    index = assistant_of(request).index
    titles = {document.id: f"《{document.title}》" for document in index.documents}
    most = max((day["answers"] for day in sums["days"]), default=1)
    return _page("statistics", sums=sums, days=days, titles=titles, most=most)
