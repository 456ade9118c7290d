"""Every request passes here: who is it, may they, is it too much, does another site send it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import StoreError
from server.failing import answer_error
from server.keeping.caller import BROWSER, SESSION, Caller, key_text
from server.keeping.keeper import Keeper
from server.keeping.keys import PREFIX, find_key, key_of_session, note_use
from server.keeping.limiting import Limiter, Room
from server.keeping.moments import digest
from server.keeping.origins import is_foreign, is_local, is_strange
from server.keeping.scopes import is_open, is_unwatched, is_widget, scope_of

__all__ = ["Access", "Gate", "cookie"]

_YEAR = 365 * 24 * 3600
#: The last use of a key is written down once in so many seconds.
_NOTED = 60.0
#: So many keys that opened are remembered.
_REMEMBERED = 10_000


@dataclass(frozen=True)
class Access:
    """Who may ask. Without a key: anybody, people on this machine (``local``), or nobody."""

    keeper: Keeper | None = None
    without_key: Literal["all", "local", "none"] = "all"
    limiter: Limiter | None = None
    #: Other sites whose pages may call the API.
    origins: tuple[str, ...] = ()
    #: Addresses and networks of proxies that are believed when they say who asks.
    proxies: tuple[str, ...] = ()
    #: Sites whose pages may hold the widget without a key.
    widget: tuple[str, ...] = ()
    noted: dict[str, float] = field(default_factory=dict)
    #: Digests of keys that opened: they are looked at however many others from there did not.
    opened: set[str] = field(default_factory=set)


class Gate:
    """Lets requests pass, or answers them itself; a pure ASGI layer, so that streams flow."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Who watches the server needs no thread, and so none that is free.
        if scope["type"] != "http" or is_unwatched(scope["path"]):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        cookie_of = {} if is_widget(request.url.path) else request.cookies
        caller = Caller(cookie=cookie_of.get(BROWSER))
        request.state.caller = caller
        refusal, room = await run_in_threadpool(self._admit, request, caller)
        more = room.headers if room else {}

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [(k.lower().encode(), v.encode()) for k, v in more.items()]
                if caller.new_cookie:
                    value = cookie(request, BROWSER, caller.new_cookie, _YEAR)
                    headers.append((b"set-cookie", value.encode()))
                message = {**message, "headers": [*message["headers"], *headers]}
            await send(message)

        await (refusal or self._app)(scope, receive, sent)

    def _admit(self, request: Request, caller: Caller) -> tuple[Response | None, Room | None]:
        """Look at a request; return the response to it where it may not pass."""
        if barred := self._barred(request):
            return _too_many(request, barred), barred
        refusal = None
        try:
            self._recognize(request, caller)
        except StoreError as error:
            refusal = answer_error(request, 503, error.code, error.message)
        room = self._count(request, caller)
        if room and room.full:
            return _too_many(request, room), room
        refusal = refusal or self._forbid(request, caller)
        return refusal, room

    def _recognize(self, request: Request, caller: Caller) -> None:
        keeper = self._access.keeper
        if keeper is None:
            return
        text, session = key_text(request), request.cookies.get(SESSION)
        session = None if is_widget(request.url.path) else session
        if text:
            caller.key, caller.by_header = find_key(keeper.database, text), True
            self._remember(request, text, caller.key is not None)
        elif session:
            caller.key = key_of_session(keeper.database, session)
        if caller.key:
            self._note(keeper, caller.key.id)

    def _barred(self, request: Request) -> Room | None:
        """Whether so many keys from there did not open that no more are looked at.

        One that opened before still does: who shares an address with others, as behind a proxy
        that is not named, is not shut out by their guesses.
        """
        limiter, text = self._access.limiter, key_text(request) or ""
        signs_in = request.method == "POST" and request.url.path == "/login"
        if limiter is None or not (signs_in or text.startswith(PREFIX)):
            return None
        known = not signs_in and digest(text) in self._access.opened
        return None if known else limiter.barred(_address(request))

    def _remember(self, request: Request, text: str, opens: bool) -> None:
        access = self._access
        if opens and len(access.opened) < _REMEMBERED:
            access.opened.add(digest(text))
        # What does not begin like a key is none of ours: clients send words where they must.
        elif not opens and access.limiter and text.startswith(PREFIX):
            access.limiter.failed(_address(request))

    def _note(self, keeper: Keeper, id: str) -> None:
        last, noted = time.monotonic(), self._access.noted
        if last - noted.get(id, -_NOTED) >= _NOTED:
            noted[id] = last
            keeper.writer.put(lambda: note_use(keeper.database, id), wait=False)

    def _count(self, request: Request, caller: Caller) -> Room | None:
        limiter = self._access.limiter
        asks = request.url.path == "/widget/ask"
        return limiter.hit(caller.key_id, _address(request), asks) if limiter else None

    def _forbid(self, request: Request, caller: Caller) -> Response | None:
        path, access = request.url.path, self._access
        # A key in a header is no cookie: no other site's page can make a browser send it. That of
        # a widget everybody knows: its own page sends it, no other.
        carried = caller.by_header and caller.key is not None and not is_widget(path)
        scope = scope_of(path)
        # A site that may ask may not administrate, whatever a signed-in browser would send for it.
        strict = scope == "admin" and caller.key is not None
        foreign = is_strange(request) if strict else is_foreign(request, access.origins)
        if not carried and foreign:
            message = "请求来自别的网站，未执行 / sent by another site, nothing was done"
            return answer_error(request, 403, "cross_site", message)
        if is_open(path):
            return None
        if caller.key is None:
            claimed = (key_text(request) or "").startswith(PREFIX)
            free = access.without_key == "all" or (
                access.without_key == "local" and is_local(request)
            )
            return None if free and not claimed and scope != "admin" else _no_key(request)
        if not caller.key.allows(scope):
            message = f"密钥没有 {scope} 权限 / the key lacks the scope {scope}"
            return answer_error(request, 403, "insufficient_scope", message)
        return None


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _no_key(request: Request) -> Response:
    """Send people to the sign-in page, and programs an error."""
    page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if page and not request.url.path.startswith(("/api/", "/v1/", "/widget")):
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(target, safe='')}", 303)
    if key_text(request):
        message = "密钥无效、已过期或已撤销 / the key is unknown, expired or revoked"
    else:
        message = (
            "需要密钥：Authorization: Bearer KEY，或在 /login 登录 / a key is needed, or sign in"
        )
    response = answer_error(request, 401, "invalid_api_key", message)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _too_many(request: Request, room: Room) -> Response:
    message = (
        f"请求太多，请 {room.seconds} 秒后再试 / too many requests, try again in {room.seconds} s"
    )
    return answer_error(request, 429, "rate_limit_exceeded", message)


def cookie(request: Request, name: str, value: str, seconds: int) -> str:
    """Write a Set-Cookie header that script cannot read and other sites' forms do not send."""
    secure = "; Secure" if request.url.scheme == "https" else ""
    return f"{name}={value}; HttpOnly; Max-Age={seconds}; Path=/; SameSite=Lax{secure}"
