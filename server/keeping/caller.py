"""Who makes a request: a browser by its cookie, a program by its key, or nobody known."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from server.keeping.keys import Key
from server.keeping.moments import digest, new_id

__all__ = ["BROWSER", "SESSION", "Caller", "caller_of", "key_text"]

#: The cookie that chats belong to, and the one of a browser that signed in.
BROWSER, SESSION = "tiaowen_browser", "tiaowen_session"


@dataclass(slots=True)
class Caller:
    """Who asks. ``by_header``: the key came with the request, not from a session."""

    key: Key | None = None
    by_header: bool = False
    cookie: str | None = None
    #: A cookie that the response must set.
    new_cookie: str | None = None

    @property
    def key_id(self) -> str | None:
        """The id of the key, for the audit log."""
        return self.key.id if self.key else None

    @property
    def owner(self) -> str | None:
        """Whose chats these are. Kept is a digest: whoever reads the database is not let in."""
        if self.key and self.by_header:
            return f"key:{self.key.id}"
        cookie = self.new_cookie or self.cookie
        return f"browser:{digest(cookie)}" if cookie else None

    def known(self) -> str:
        """The owner; a browser without a cookie gets one."""
        if self.owner is None:
            self.new_cookie = new_id()
        return str(self.owner)


def caller_of(request: HTTPConnection) -> Caller:
    """Return who makes a request, as the gate found out."""
    caller: Caller = request.state.caller
    return caller


def key_text(request: HTTPConnection) -> str | None:
    """The key that a request carries in a header; a frame, which has none, in its address."""
    kind, _, text = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and text.strip():
        return text.strip()
    named = request.query_params.get("key", "") if request.url.path == "/widget" else ""
    return request.headers.get("x-api-key", "").strip() or named.strip() or None
