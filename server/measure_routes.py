"""Measures for teams that advise companies: a profile matched, the table as a file."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from server.describing.fields import FILE
from server.entitlements import Wanted
from server.exporting import MEDIA, attachment, table_file
from server.filtering import Filters, filters_of
from server.fitting.reading import company_of
from server.fitting.schemas import MatchBody, MatchResult
from server.fitting.shown import match_json
from server.inputs import read_documents
from server.live import assistant_of
from server.recording import noted

__all__ = ["note_match", "router"]

router = APIRouter()


@router.post(
    "/api/match",
    summary="按企业情况匹配支持措施",
    response_model=MatchResult,
    response_description="三组措施、能定下来的问题、叠加规则",
)
def match(body: MatchBody, request: Request) -> JSONResponse:
    """Hold a company's profile against every support measure.

    Each condition is met, unmet or unknown with the very words it was read from. What the profile
    or the clause leaves open is unknown. Sums are shown only where an amount is called what the
    clause calls its base, and only after their working was checked. Amounts are in 元.
    """
    began, assistant = time.perf_counter(), assistant_of(request)
    wanted = Wanted(read_documents(body.documents, assistant.index))
    company = company_of(body, assistant.index)
    result = match_json(assistant.retriever, company, wanted)
    note_match(request, result, "match", began)
    return JSONResponse(result)


@router.get(
    "/api/entitlements/export",
    summary="支持措施导出为 Excel 或 CSV",
    response_class=Response,
    responses={200: {"content": dict.fromkeys(MEDIA.values(), FILE), "description": "文件"}},
)
def export(
    request: Request,
    filters: Annotated[Filters, Depends(filters_of)],
    format: Annotated[Literal["xlsx", "csv"], Query(description="文件格式")] = "xlsx",
) -> Response:
    """The rows of ``GET /api/entitlements`` with the same filters, as a file.

    Figures are numbers, their units stand in a column of their own. A cell that a spreadsheet
    would take for a formula is kept as text.
    """
    index = assistant_of(request).index
    data = table_file(index, filters, format, str(request.base_url))
    return Response(data, media_type=MEDIA[format], headers=attachment(filters.day, format))


def note_match(request: Request, result: Mapping[str, Any], door: str, began: float) -> None:
    """Note in the audit log which measures came of a profile; of the profile itself nothing."""
    found = [one["address"] for group in ("fits", "may_fit") for one in result[group]]
    noted(request, "", door, "matched" if found else "unmatched", found, began)
