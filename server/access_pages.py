"""Pages that come with keeping: signing in and out, the history, a shared chat."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from server.conversing import SHOWN, past_chats
from server.keeping.caller import SESSION, caller_of
from server.keeping.chats import shared_chat
from server.keeping.gate import cookie
from server.keeping.keys import SESSION_DAYS, find_key, sign_in, sign_out
from server.pages import render_page
from server.recording import keeper_of, texts_kept

__all__ = ["local_path", "router"]

_WRONG = "密钥无效、已过期或已撤销 / the key is unknown, expired or revoked"

router = APIRouter(include_in_schema=False)


@router.get("/login", response_class=HTMLResponse)
def login_page(request: Request, next: str = "/") -> HTMLResponse:
    """The page to sign in with a key, or out."""
    return _page(request, local_path(next))


def _page(request: Request, target: str, error: str | None = None) -> HTMLResponse:
    key = caller_of(request).key
    signed = key.name if key and request.cookies.get(SESSION) else None
    page = render_page(
        "login.html",
        400 if error else 200,
        target=target,
        error=error,
        signed_in=signed,
        admin=key is not None and key.allows("admin"),
    )
    page.headers["Cache-Control"] = "no-store"
    return page


@router.post("/login")
async def login(request: Request) -> Response:
    """Sign in: a right key opens a session, whose cookie no script can read."""
    fields = parse_qs((await request.body()).decode("utf-8", "replace"))
    target = local_path(fields.get("next", ["/"])[0])
    return await run_in_threadpool(_sign_in, request, fields.get("key", [""])[0].strip(), target)


def _sign_in(request: Request, text: str, target: str) -> Response:
    keeper = keeper_of(request)
    key = find_key(keeper.database, text) if keeper else None
    if keeper is None or key is None:
        limiter, client = request.app.state.limiter, request.client
        if limiter:
            limiter.failed(client.host if client else "")
        return _page(request, target, _WRONG)
    _end_session(request)
    secret = sign_in(keeper.database, key)
    response = RedirectResponse(target, 303)
    response.headers["Set-Cookie"] = cookie(request, SESSION, secret, SESSION_DAYS * 24 * 3600)
    return response


@router.post("/logout")
def logout(request: Request) -> Response:
    """Sign out: the session is over, not only its cookie."""
    _end_session(request)
    response = RedirectResponse("/login", 303)
    response.headers["Set-Cookie"] = cookie(request, SESSION, "", 0)
    return response


def _end_session(request: Request) -> None:
    keeper, secret = keeper_of(request), request.cookies.get(SESSION)
    if keeper and secret:
        sign_out(keeper.database, secret)


def local_path(text: str) -> str:
    """Return a path of this site, or / for anything that may lead elsewhere.

    >>> local_path("/documents"), local_path("//evil.example"), local_path("https://evil.example")
    ('/documents', '/', '/')
    """
    leads_off = not text.startswith("/") or text[1:2] in ("/", "\\") or not text.isprintable()
    return "/" if leads_off else text


@router.get("/chats", response_class=HTMLResponse)
def chats(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    before: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """The history as plain links, a page at a time."""
    found = past_chats(request, q, SHOWN, before or None)
    more = found[-1]["updated"] if found and len(found) == SHOWN else None
    page = render_page("chats.html", chats=found, q=q, more=more)
    page.headers["Cache-Control"] = "no-store"
    return page


@router.get("/shared/{token}", response_class=HTMLResponse)
def shared(request: Request, token: str) -> HTMLResponse:
    """A chat that was shared, to read."""
    chat = shared_chat(texts_kept(request).database, token)
    page = render_page("shared.html", chat=chat)
    # The address is the secret: it shall not be kept by caches or found by searching.
    page.headers["Cache-Control"] = "no-store"
    page.headers["X-Robots-Tag"] = "noindex"
    return page
