"""Originals over HTTP: the file, its pages, and the place of a clause in it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import quote as quoted

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from corpus.errors import AbsentError, LoadError
from corpus.wording import label
from indexer.clause_index import ClauseIndex
from server.inputs import check_document
from server.live import assistant_of
from server.originals.files import media_type, original_of
from server.originals.viewing import (
    LONGEST_QUOTE,
    Asked,
    View,
    asked_of,
    clauses_on,
    lines_of,
    page_of,
    picture_url,
)
from server.originals.workshop import Workshop
from server.pages import render_page
from server.present import document_json, document_url

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

#: What a file of others may do in a browser: nothing. A viewer of PDF is no script of the file's,
#: and does not run in a sandbox; it is let in for PDF only.
_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_SANDBOX = f"{_NOTHING}; sandbox"
_VIEWER = f"{_NOTHING}; object-src 'self'; style-src 'unsafe-inline'"
_DAY = "private, max-age=86400"
_MOST_PAGES = 5000

Quote = Annotated[str, Query(max_length=LONGEST_QUOTE)]
Clause = Annotated[str, Query(max_length=200)]
Number = Annotated[int, Path(ge=1, le=_MOST_PAGES)]


@router.head("/documents/{document}/source")
@router.get("/documents/{document}/source")
def source(request: Request, document: str) -> Response:
    """The original file: shown where the browser can do so safely, else sent to be kept."""
    index = _index(request, document)
    original = original_of(index, index.document(document))
    kind, is_shown = media_type(original)
    place = "inline" if is_shown else "attachment"
    headers = {
        "Content-Disposition": f"{place}; filename*=UTF-8''{quoted(original.name, safe='')}",
        "Content-Security-Policy": _VIEWER if original.format == "pdf" else _SANDBOX,
        "Cache-Control": "private, no-cache",
    }
    return FileResponse(original.path, media_type=kind, headers=headers)


@router.get("/documents/{document}/original", response_class=HTMLResponse)
def original(
    request: Request, document: str, clause: Clause = "", quote: Quote = ""
) -> HTMLResponse:
    """The original where the clause stands: the page of a PDF, the lines of anything else."""
    index, workshop = _index(request, document), _workshop(request)
    asked = asked_of(index, document, clause, quote)
    try:
        has_pages = original_of(index, asked.reading.document).format == "pdf"
    except AbsentError:
        has_pages = False
    if has_pages:
        view = _first_view(index, workshop, asked)
    else:
        view = lines_of(index, workshop, asked, asked.page)
    return _shown(asked, view, clause, quote)


def _first_view(index: ClauseIndex, workshop: Workshop, asked: Asked) -> View:
    """The page of the clause on which the quote stands: a clause may go on for pages."""
    pages = sorted({box.page for box in asked.boxes})
    for page in pages[:6]:
        view = page_of(index, workshop, asked, page)
        if view.how == "quote":
            return view
    return page_of(index, workshop, asked, asked.page or 1)


@router.get("/documents/{document}/pages/{number:int}.png")
def picture(request: Request, document: str, number: Number) -> Response:
    """A page of a PDF as a picture."""
    index = _index(request, document)
    original = original_of(index, index.document(document))
    etag = f'"{original.sha256[:24]}-{number}"'
    headers = {"ETag": etag, "Cache-Control": _DAY, "Content-Security-Policy": _SANDBOX}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    try:
        drawn = _workshop(request).picture(original, number)
    except LoadError as problem:
        raise AbsentError(problem.message, field="page") from problem
    return Response(drawn.png, media_type="image/png", headers=headers)


@router.get("/documents/{document}/pages/{number:int}", response_class=HTMLResponse)
def page(
    request: Request, document: str, number: Number, clause: Clause = "", quote: Quote = ""
) -> HTMLResponse:
    """A page of the original, with the clause or the words quoted of it marked."""
    index = _index(request, document)
    asked = asked_of(index, document, clause, quote)
    view = page_of(index, _workshop(request), asked, number)
    return _shown(asked, view, clause, quote)


def _shown(asked: Asked, view: View, clause: str, quote: str) -> HTMLResponse:
    document = asked.reading.document
    own = asked.clause
    name = quoted(document.id, safe="")
    values: dict[str, Any] = {
        "document": document_json(document, date.today()),
        "view": view,
        "clause": own and {"label": label(own.path), "path": str(own.path)},
        "passage": asked.passage if own else "",
        "back": document_url(document.id, str(own.path) if own else None),
        "file_url": f"/documents/{name}/source",
        "picture_url": picture_url(asked, view.page) if view.picture and view.page else None,
        "page_url": lambda number: f"/documents/{name}/pages/{number}" + _query(clause, quote),
        "beside": clauses_on(asked, view.page) if view.picture and view.page else [],
    }
    return render_page("original.html", **values)


def _query(clause: str, quote: str) -> str:
    named = {"clause": clause, "quote": quote}
    parts = [f"{key}={quoted(value, safe='')}" for key, value in named.items() if value]
    return "?" + "&".join(parts) if parts else ""


def _index(request: Request, document: str) -> ClauseIndex:
    index = assistant_of(request).index
    check_document(document, index)
    return index


def _workshop(request: Request) -> Workshop:
    workshop: Workshop = request.app.state.workshop
    return workshop
