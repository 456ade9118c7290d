"""Times and names of what is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

__all__ = ["digest", "later", "new_id", "now", "plain"]

#: Microseconds: chats are listed page by page by their time.
_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def now() -> str:
    """Return the time, in UTC."""
    return later(timedelta())


def later(wait: timedelta) -> str:
    """Return the time after (or, with a negative wait, before) now."""
    return (datetime.now(UTC) + wait).strftime(_FORMAT)


def new_id(size: int = 16) -> str:
    """Return a name that nobody can guess: 128 bits, for URLs."""
    return secrets.token_urlsafe(size)


def digest(secret: str) -> str:
    """Return what is kept of a random secret.

    SHA-256 is enough: slow hashes hold off guessing of what people think up; nobody goes through
    2^128 random values, however fast each try is.
    """
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def plain(text: str) -> str:
    """Return a text that every database can hold: no NUL, no half of a surrogate pair."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
