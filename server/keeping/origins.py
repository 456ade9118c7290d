"""Whether a request that changes something comes from our own page, and from this machine."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from corpus.errors import InputError

__all__ = ["is_foreign", "is_local", "is_loopback", "is_strange", "read_origins"]

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: A site. It goes into headers: nothing that has a meaning there may be in it.
_ORIGIN = re.compile(
    r"https?://(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?"
)
#: What proxies say of the one behind them.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def read_origins(text: str, name: str) -> tuple[str, ...]:
    """Read sites with commas between them, of a setting or option of that name."""
    origins = tuple(part.strip().rstrip("/") for part in text.split(",") if part.strip())
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise InputError(
                f"{name} 应为 https://主机 / must be like https://host: {origin[:60]!r}",
                field=name.removeprefix("TIAOWEN_").strip("-").lower(),
            )
    return origins


def is_foreign(request: HTTPConnection, allowed: Collection[str]) -> bool:
    """Whether another site's page sends a request that may change something.

    Browsers say where a request comes from; what says nothing of it is no browser, and has no
    cookies but its own. A proxy may change Host so that our own page looks foreign: JSON passes
    then, which no page can send to another site unless that site agrees.
    """
    if request.scope["method"] in _SAFE:
        return False
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if origin in allowed:
        return False
    if site:
        return site not in ("same-origin", "none")
    if not origin or _netloc(origin) == request.headers.get("host", ""):
        return False
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media != "application/json"


def is_strange(request: HTTPConnection) -> bool:
    """Whether a request that may change something does not say that our own page sends it.

    For administration by a signed-in browser: no other origin is let in, what says nothing is
    refused too, and JSON is no exception.
    """
    if request.scope["method"] in _SAFE:
        return False
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if site and site not in ("same-origin", "none"):
        return True
    if origin:
        return _netloc(origin) != request.headers.get("host", "") and site != "same-origin"
    return site is None


def is_loopback(host: str) -> bool:
    """Whether a server that listens on a host is reached from this machine only."""
    try:
        found = socket.getaddrinfo(host or None, None, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        return False
    return all(ipaddress.ip_address(str(row[4][0])).is_loopback for row in found)


def is_local(request: HTTPConnection) -> bool:
    """Whether a request to a loopback address was made on this machine, for this machine.

    Not what a proxy passed on, nor what a page elsewhere sent by having its name point here.
    """
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
        if host == "localhost" or host.endswith(".localhost"):
            return True
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _netloc(origin: str) -> str | None:
    """The host and port of an origin; None where it is no URL."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None
