"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from corpus.errors import PolicyError
from server.describing.texts import ReadyReply
from server.live import assistant_of

__all__ = ["router"]

router = APIRouter()


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", summary="进程是否存活")
async def healthz() -> dict[str, bool]:
    """Say that the process is alive."""
    return {"ok": True}


@router.head("/readyz", include_in_schema=False)
@router.get(
    "/readyz",
    summary="是否可以作答",
    response_model=ReadyReply,
    responses={503: {"model": ReadyReply, "description": "现在不能 / not now; reasons 说明缘由"}},
)
def readyz(request: Request) -> JSONResponse:
    """Say whether questions can be answered, by which index, and if not why."""
    manifest = assistant_of(request).index.manifest
    problem: PolicyError | None = request.app.state.live.problem
    reasons = request.app.state.readiness.reasons()
    return JSONResponse(
        status_code=503 if reasons else 200,
        content={
            "ready": not reasons,
            "reasons": [asdict(reason) for reason in reasons],
            "documents": manifest.documents,
            "clauses": manifest.clauses,
            "embedder": manifest.embedder,
            "index": manifest.fingerprint[:16],
            "built": manifest.built,
            "problem": {"code": problem.code, "message": problem.message} if problem else None,
        },
    )
