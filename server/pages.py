"""The HTML pages: they work without script; with it, questions stream."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from corpus.errors import PolicyError
from server.keeping.caller import caller_of
from server.present import document_json
from server.present_answer import answer_json
from server.recording import keeper_of, kept
from server.routes import assistant_of, document_detail, query_of
from server.schemas import AskBody

__all__ = [
    "STATIC",
    "VERSION",
    "document_page",
    "home",
    "library",
    "render_page",
    "router",
    "static",
]

VERSION = "0.1.0"
STATIC = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"
_SUGGESTIONS = 4

router = APIRouter(include_in_schema=False)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=64)
def static(path: str) -> str:
    """Return the URL of a static file, with a digest that changes when the file does."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"


def render_page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a template with what every page needs."""
    page = _environment().get_template(name)
    common = {"today": date.today().isoformat(), "version": VERSION, "static": static}
    return HTMLResponse(page.render(**common, **values), status)


@router.head("/", include_in_schema=False)
@router.get("/", response_class=HTMLResponse)
def home(
    request: Request,
    q: str = "",
    area: str = "",
    as_of: str = "",
    document: str = "",
) -> HTMLResponse:
    """The chat page; with a question in the address, its answer."""
    assistant = assistant_of(request)
    answer, error = None, None
    keeper, caller = keeper_of(request), caller_of(request)
    if keeper and keeper.texts:
        caller.known()
    if q.strip():
        body = AskBody(
            question=q, as_of=as_of or None, area=area or None,
            documents=[document] if document else [],
        )  # fmt: skip
        try:
            shown = answer_json(assistant.ask(query_of(body, assistant)))
            answer = kept(request, body, shown, "page")
        except PolicyError as problem:
            error = {"code": problem.code, "message": problem.message, "field": problem.field}
    today = date.today()
    documents = [document_json(d, today) for d in assistant.index.documents]
    return render_page(
        "index.html",
        status=400 if error else 200,
        question=q,
        answer=answer,
        error=error,
        documents=documents,
        areas=sorted({row["area"] for row in documents if row["area"]}),
        area=area,
        as_of=as_of,
        document=document,
        suggestions=list(_suggestions(request)),
        signed_in=caller.key is not None and not caller.by_header,
    )


def _suggestions(request: Request) -> Iterable[str]:
    """Questions that the corpus can answer, made from titles of its own clauses."""
    index = assistant_of(request).index
    shown = 0
    for reading in index.readings.values():
        titled = [c for c in reading.outline.articles if c.title and c.title.startswith("支持")]
        for clause in titled[:_SUGGESTIONS]:
            if shown < _SUGGESTIONS:
                shown += 1
                yield f"{clause.title}，有什么支持？"


@router.get("/documents", response_class=HTMLResponse)
def library(request: Request) -> HTMLResponse:
    """The library."""
    today = date.today()
    rows = [document_json(d, today) for d in assistant_of(request).index.documents]
    return render_page("documents.html", documents=rows)


@router.get("/documents/{document}", response_class=HTMLResponse)
def document_page(request: Request, document: str) -> HTMLResponse:
    """One document, with an anchor for each clause."""
    detail = document_detail(assistant_of(request), document)
    above: list[str] = []
    for clause in detail["clauses"]:
        headings = clause["headings"]
        same = 0
        while same < min(len(above), len(headings)) and above[same] == headings[same]:
            same += 1
        # The names of a table's columns stand above its rows already.
        clause["new_headings"] = [heading for heading in headings[same:] if "\t" not in heading]
        clause["depth"] = clause["path"].count(".")
        above = headings
    return render_page("document.html", document=detail)
