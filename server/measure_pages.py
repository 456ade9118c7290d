"""Pages on measures: the table, a calculator, measures side by side, a company's profile.

They are plain forms and work without script; script only fetches a page anew as a form changes.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from corpus.errors import InputError, PolicyError
from indexer.clause_index import ClauseIndex
from server.calculating import Calculated, calculated, can_be_calculated, inputs_of
from server.chosen_sides import compared_sides, nearest_in, references_to, side_of
from server.entitlements import Wanted, entitlement_json
from server.finding import (
    MOST_DOCUMENTS,
    documents_found,
    label_of,
    measures_found,
    normative,
    short_name,
)
from server.fitting.conditions import demands_of
from server.fitting.profile_form import choices, profile_in, read_form
from server.fitting.reading import company_of
from server.fitting.shown import DISCLAIMER, match_json
from server.inputs import read_date
from server.live import assistant_of
from server.measure_routes import note_match
from server.measure_table import (
    FIELDS,
    PER_PAGE,
    chips,
    export_url,
    filters_in,
    table,
    url_of,
    ways_out,
)
from server.notes import stacking_rules
from server.pages import render_page
from server.picked import row_named
from server.shelves import page_in
from server.sums.money import written

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

Json = dict[str, Any]

#: Measures of each group that the page of a match shows.
_SHOWN = 60
#: Rules on taking support of two policies that it shows.
_RULES = 20
#: A form longer than this is none of ours.
_LARGEST = 64 * 1024


@router.get("/measures", response_class=HTMLResponse)
def measures(request: Request) -> HTMLResponse:
    """The table, filtered and sorted as the address says, a page at a time."""
    assistant = assistant_of(request)
    index = assistant.index
    given = _given(request, *FIELDS, "as_of", "sort", "order")
    documents = normative(index)
    values: Json = {
        "given": given,
        "documents": documents if len(documents) <= MOST_DOCUMENTS else [],
        "areas": sorted(index.areas),
        "url_of": lambda **changed: url_of(given, **changed),
        "export_url": lambda kind: export_url(index, given, kind),
        "chips": [], "table": None, "ways": [], "error": None, "total": 0,
        "day": date.today().isoformat(), "per_page": PER_PAGE,
    }  # fmt: skip
    try:
        filters = filters_in(assistant, given)
        falling, page = given.get("order") == "down", page_in(_given(request, "page"))
        found = table(assistant, filters, given.get("sort", ""), falling, page)
    except PolicyError as problem:
        return render_page("measures.html", 400, **values | {"error": _problem(problem)})
    values |= {
        "day": filters.day.isoformat(),
        "table": found,
        "total": sum(len(index.entitlements[document.id]) for document in documents),
        "chips": chips(assistant, given),
        "ways": [] if found.count else ways_out(assistant, given),
    }
    return render_page("measures.html", **values)


@router.get("/calculator", response_class=HTMLResponse)
def calculator(request: Request) -> HTMLResponse:
    """One measure worked out with what is filled in."""
    assistant, index = assistant_of(request), assistant_of(request).index
    given = {name: value for name, value in request.query_params.items() if value.strip()}
    values: Json = {
        "given": given, "choices": [], "found": None, "measure": None, "inputs": (),
        "result": None, "error": None, "conditions": [], "disclaimer": DISCLAIMER,
    }  # fmt: skip
    try:
        names = [given["measure"]] if given.get("measure") else []
        values["choices"], values["found"] = measures_found(
            index, given.get("find", ""), names, only_sums=True
        )
        day = read_date(given.get("as_of")) or date.today()
        values["day"] = day.isoformat()
        if given.get("measure"):
            row = row_named(index, given["measure"])
            inputs = inputs_of(row, index)
            values["inputs"] = inputs
            values["measure"] = entitlement_json(index, row, day)
            values["conditions"] = [d.words for d in demands_of(row, index) if not d.bound]
            if can_be_calculated(row):
                asked = any(one.name in given for one in inputs) or "go" in given
                done = calculated(assistant.retriever, row, inputs, given) if asked else None
                values["result"] = done and _shown(request, done, day)
    except PolicyError as problem:
        values["error"] = _problem(problem)
        values.setdefault("day", date.today().isoformat())
    status = 400 if values["error"] else 200
    return render_page("calculator.html", status, **values)


def _shown(request: Request, done: Calculated, day: date) -> Json:
    """A result with numbered references; two readings where the text leaves two."""
    shown: Json = {"faults": done.faults, "missing": done.missing, "sum": None}
    calculation = done.worked.sum.calculation if done.worked else None
    if calculation is None or calculation.result is None or done.worked is None:
        return shown
    index = assistant_of(request).index
    places = list(dict.fromkeys(a for step in calculation.steps for a in step.addresses))
    places = places or list(dict.fromkeys(span.address for span in done.worked.sum.sources))
    rules = list(stacking_rules(index, places[0].document))
    places += [address for address, _ in rules if address not in places]
    numbers = {address: n for n, address in enumerate(places, 1)}
    low, high = calculation.result, done.worked.sum.high
    shown["citations"] = references_to(index, places, day)
    shown["sum"] = {
        "display": calculation.display,
        "at_most": calculation.display.startswith("最高"),
        "low": written(low, calculation.unit),
        "high": None if high in (None, low) else written(high or low, calculation.unit),
        "two_readings": "另一种读法" in calculation.display,
        "steps": [
            {"text": step.text, "citations": [numbers[a] for a in step.addresses]}
            for step in calculation.steps
        ],
        "assumptions": list(calculation.assumptions),
        "notes": [{"text": text, "citations": [numbers[address]]} for address, text in rules],
    }
    return shown


@router.get("/compare", response_class=HTMLResponse)
def compare(request: Request) -> HTMLResponse:
    """Two or three measures, or what two or three documents have on one thing, side by side."""
    assistant, index = assistant_of(request), assistant_of(request).index
    names = [name for name in request.query_params.getlist("measure") if name.strip()]
    documents = [name for name in request.query_params.getlist("document") if name.strip()]
    words = request.query_params.get("q", "").strip()
    find, of = (request.query_params.get(name, "").strip() for name in ("find", "of"))
    offered, fitting = documents_found(normative(index), of, documents)
    values: Json = {
        "choices": [], "found": None, "names": names, "chosen_documents": documents, "words": words,
        "find": find, "of": of, "label_of": label_of, "documents": offered, "fitting": fitting,
        "is_long": len(normative(index)) > MOST_DOCUMENTS, "table": None, "silent": [], "error": None, "day": date.today().isoformat(),
        "asked": bool(names or documents),
    }  # fmt: skip
    try:
        day = read_date(request.query_params.get("as_of")) or date.today()
        values["day"] = day.isoformat()
        values["choices"], values["found"] = measures_found(index, find, names)
        rows = [row_named(index, name) for name in names]
        sides = [side_of(row) for row in rows]
        for name in documents if words else ():
            side = nearest_in(assistant.retriever, _known(index, name), words)
            sides += [side] if side else []
            values["silent"] += [] if side else [index.document(name)]
        if len(sides) > 1 or names or (documents and words and not values["silent"]):
            values["table"] = _told_apart(compared_sides(index, sides, day), rows)
    except PolicyError as problem:
        values["error"] = _problem(problem)
    return render_page("compare.html", 400 if values["error"] else 200, **values)


@router.get("/match", response_class=HTMLResponse)
def match_form(request: Request) -> HTMLResponse:
    """The empty form of a company's profile."""
    return _match_page(request, {})


@router.post("/match", response_class=HTMLResponse)
async def match(request: Request) -> HTMLResponse:
    """A profile with its result; nothing of the profile is kept, and nothing stands in the address."""
    body = (await request.body())[:_LARGEST]
    return await run_in_threadpool(_match_page, request, read_form(body))


def _match_page(request: Request, form: Mapping[str, list[str]]) -> HTMLResponse:
    began, assistant = time.perf_counter(), assistant_of(request)
    values: Json = {
        "form": form, "choices": choices(assistant.index), "result": None, "error": None,
        "disclaimer": DISCLAIMER, "earlier": {}, "most_rules": _RULES,
    }  # fmt: skip
    if form:
        try:
            body = profile_in(form)
            values["earlier"] = body.answers
            company = company_of(body, assistant.index)
            values["result"] = match_json(assistant.retriever, company, Wanted(), _SHOWN)
            note_match(request, values["result"], "match_page", began)
        except PolicyError as problem:
            values["error"] = _problem(problem)
    return render_page("match.html", 400 if values["error"] else 200, **values)


def _known(index: ClauseIndex, name: str) -> str:
    """The id of a document that the index holds."""
    if name not in index.readings:
        raise InputError(f"库内没有这份文件 / no such document: {name[:80]!r}", field="document")
    return name


def _told_apart(table: Json | None, rows: Sequence[Any]) -> Json | None:
    """Columns of one name by the occasion of each measure: two stages of one clause."""
    columns = table["columns"] if table else []
    if rows and len({(c["name"], c["label"]) for c in columns}) < len(columns) == len(rows):
        for column, row in zip(columns, rows, strict=True):
            column["name"] = short_name(row)
    return table


def _given(request: Request, *names: str) -> dict[str, str]:
    """The values of an address that the page knows, without blanks."""
    found = {name: request.query_params.get(name, "").strip() for name in names}
    return {name: value for name, value in found.items() if value}


def _problem(problem: PolicyError) -> Json:
    return {"code": problem.code, "message": problem.message, "field": problem.field}
