"""``POST /api/check``, and the page that does the same without a script."""

from __future__ import annotations

import time
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from corpus.errors import InputError
from server.checking.checked import (
    LONGEST,
    VERDICT_WORDS,
    Checked,
    check_text,
    checked_json,
    segments,
)
from server.checking.naming import Register
from server.checking.schemas import CheckBody, CheckResult
from server.checking.verdicts import WRONG
from server.inputs import read_date
from server.live import assistant_of
from server.pages import render_page
from server.recording import noted

__all__ = ["check", "check_form", "check_page", "router"]

router = APIRouter()
#: How a verdict is shown: the class of its mark.
_TONES: dict[str, str] = dict.fromkeys(WRONG, "bad") | {
    "ok": "ok", "unsure": "unsure", "not_in_corpus": "outside", "figure": "figure", "quote": "figure",
}  # fmt: skip


@router.post(
    "/api/check",
    summary="核对一段文字里的政策引用",
    description="逐处核对：文件在不在库、有没有这一条、引文是否逐字、是否在有效期、附近带单位的数字是否与条文相符"
    "（换算单位后比较）。不能断定的判 unsure，不判错；库外文件判 not_in_corpus，不算有误。",
    response_model=CheckResult,
    tags=["check"],
)
def check(body: CheckBody, request: Request) -> dict[str, Any]:
    """Resolve every reference of a text against the corpus."""
    began, register = time.perf_counter(), _register_of(request)
    checked = _checked(body.text, body.as_of, register)
    _note(request, checked, "check", began)
    return checked_json(checked, register.index)


@router.get("/check", response_class=HTMLResponse, include_in_schema=False)
def check_page() -> HTMLResponse:
    """The empty page."""
    return _page("", "", None, None)


@router.post("/check", response_class=HTMLResponse, include_in_schema=False)
def check_form(
    request: Request, text: Annotated[str, Form()] = "", as_of: Annotated[str, Form()] = ""
) -> HTMLResponse:
    """The page with the text marked."""
    began, register = time.perf_counter(), _register_of(request)
    # Browsers send line ends of their own kind; places are counted in ours.
    text = text.replace("\r\n", "\n")
    try:
        checked = _checked(text, as_of, register)
        _note(request, checked, "check_page", began)
        return _page(text, as_of, checked, register)
    except InputError as error:
        return _page(text, as_of, None, None, error.message)


def _note(request: Request, checked: Checked, door: str, began: float) -> None:
    noted(request, checked.text, door, checked.outcome, checked.addresses, began)


def _register_of(request: Request) -> Register:
    state, index = request.app.state, assistant_of(request).index
    register: Register | None = getattr(state, "register", None)
    # Another generation of the index has other documents.
    if register is None or register.index is not index:
        state.register = register = Register(index)
    return register


def _checked(text: str, as_of: str | None, register: Register) -> Checked:
    return check_text(text, register, read_date(as_of) or date.today())


def _page(
    text: str,
    as_of: str,
    checked: Checked | None,
    register: Register | None,
    error: str | None = None,
) -> HTMLResponse:
    result = checked_json(checked, register.index) if checked and register else None
    numbers = {id(item): n for n, item in enumerate(checked.items, 1)} if checked else {}
    pieces = [
        {
            "text": piece,
            "tone": _TONES.get(kind) if item else None,
            "n": numbers[id(item)] if item else None,
            "word": VERDICT_WORDS[item.verdict] if item else "",
        }
        for piece, item, kind in (segments(checked) if checked else ())
    ]
    return render_page(
        "check.html",
        400 if error else 200,
        text=text,
        as_of=as_of,
        result=result,
        pieces=pieces,
        tones=_TONES,
        error=error,
        longest=LONGEST,
    )
