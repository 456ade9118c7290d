"""The HTML pages: they work without script; with it, questions stream."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from corpus.errors import PolicyError
from server.contents_list import contents_of, count_of
from server.conversing import ask_in, open_talk
from server.finding import MOST_DOCUMENTS, MOST_FOUND, documents_named, label_of, one_document
from server.keeping.caller import caller_of
from server.language import LANGUAGES, SPOKEN, THEME, in_language, translator, words_of
from server.live import assistant_of
from server.phrasing import patterns, phrased, put, recognised, spoken
from server.present import document_json
from server.routes import document_detail
from server.schemas import AskBody
from server.shelves import FILTERS, LONGEST_SEARCH, SORTS, shelf_of
from server.suggesting import Suggestions

__all__ = [
    "STATIC",
    "VERSION",
    "document_page",
    "home",
    "library",
    "render",
    "render_page",
    "router",
    "static",
]

VERSION = "0.1.0"
STATIC = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"
#: A longer table of contents is folded at first.
_UNFOLDED = 60
#: Documents that the start page lists.
_LISTED = 20

router = APIRouter(include_in_schema=False)


@lru_cache(maxsize=len(LANGUAGES))
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["t"] = translator(language)
    environment.globals["language"] = LANGUAGES[language]
    environment.globals["told"] = lambda message: in_language(message, language)
    environment.globals["phrase"] = lambda text: phrased(text, language)
    environment.globals["spoken"] = lambda text: spoken(text, language)
    environment.globals["recognised"] = lambda text: recognised(text, language)
    environment.globals["put"] = partial(put, language)
    environment.globals["words_of_page"] = words_of(language)
    environment.globals["phrases_of_page"] = patterns(language)
    return environment


@lru_cache(maxsize=64)
def static(path: str) -> str:
    """Return the URL of a static file, with a digest that changes when the file does."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"


def render(name: str, **values: Any) -> str:
    """Render a template with what every page needs."""
    page = _environment(SPOKEN.get()).get_template(name)
    common = {"today": date.today().isoformat(), "version": VERSION, "static": static}
    return page.render(**{**common, "theme": THEME.get(), **values})


def render_page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a template as a page."""
    return HTMLResponse(render(name, **values), status)


@router.head("/", include_in_schema=False)
@router.get("/", response_class=HTMLResponse)
def home(
    request: Request,
    q: str = "",
    area: str = "",
    as_of: str = "",
    document: str = "",
    chat: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """The chat page: a chat as it was, or with a question in the address, its answer."""
    assistant, caller = assistant_of(request), caller_of(request)
    has_cookie, error = caller.cookie is not None, None
    talk = open_talk(request, chat)
    if q.strip():
        body = AskBody(
            question=q, as_of=as_of or None, area=area or None, conversation=talk.questions,
        )  # fmt: skip
        try:
            named = [one_document(assistant.index, document)] if document.strip() else []
            body = body.model_copy(update={"documents": named})
            ask_in(request, assistant, talk, body)
        except PolicyError as problem:
            error = {"code": problem.code, "message": problem.message, "field": problem.field}
        else:
            if talk.chat and has_cookie:
                # The address names the chat: opened again, nothing is asked again.
                return RedirectResponse(f"/?chat={talk.chat['id']}#turn-{len(talk.turns)}", 303)
    last = talk.turns[-1] if talk.turns and not q else {}
    page = _home(
        request, 400 if error else 200, talk=talk, error=error, question=q, as_of=as_of,
        area=area or last.get("area") or "",
        document=document or next(iter(last.get("documents", [])), ""),
    )  # fmt: skip
    if talk.turns or talk.past:
        page.headers["Cache-Control"] = "no-store"
    return page


def _home(request: Request, status: int, **values: Any) -> HTMLResponse:
    today, caller = date.today(), caller_of(request)
    index, chosen = assistant_of(request).index, values["document"]
    every = index.documents
    known = index.readings[chosen].document if chosen in index.readings else None
    suggested: Suggestions = request.app.state.suggester.on(today)
    return render_page(
        "index.html",
        status=status,
        documents=[document_json(document, today) for document in every[:_LISTED]],
        is_long=len(every) > MOST_DOCUMENTS,
        offered=every if len(every) <= MOST_DOCUMENTS else [],
        chosen={"id": known.id, "label": label_of(known)} if known else {"id": "", "label": ""},
        total=len(every),
        areas=sorted(index.areas),
        tries=suggested.first,
        suggestions=[suggestion.question for suggestion in suggested.first],
        compared=[
            {"question": s.question, "addresses": sorted(s.addresses)} for s in suggested.compared
        ],
        signed_in=caller.key is not None and not caller.by_header,
        **values,
    )


@router.get("/documents", response_class=HTMLResponse)
def library(
    request: Request, q: Annotated[str, Query(max_length=LONGEST_SEARCH)] = ""
) -> HTMLResponse:
    """The library, searched, filtered and sorted as the address says, a page at a time."""
    names = (*FILTERS, "sort", "page")
    given = {name: request.query_params.get(name, "").strip() for name in names} | {"q": q.strip()}
    today = date.today()
    shelf = shelf_of(assistant_of(request), {k: v for k, v in given.items() if v}, today)
    return render_page("documents.html", shelf=shelf, given=given, sorts=SORTS)


@router.get("/document-names")
def document_names(
    request: Request, q: Annotated[str, Query(max_length=LONGEST_SEARCH)] = ""
) -> JSONResponse:
    """The documents that some words name, to be offered as they are typed."""
    found = documents_named(assistant_of(request).index, q)[:MOST_FOUND]
    return JSONResponse([{"id": d.id, "label": label_of(d)} for d in found])


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
        gap = " " if clause["kind"] == "article" else ""
        # A clause's own title line; the number is as the source prints it.
        clause["own"] = f"{clause['marker']}{gap}{clause['title']}" if clause["title"] else ""
        above = headings
    contents = contents_of(detail["clauses"])
    folded = count_of(contents) > _UNFOLDED
    return render_page("document.html", document=detail, contents=contents, folded=folded)
