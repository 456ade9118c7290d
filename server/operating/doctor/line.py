"""One line of the check of an installation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

__all__ = ["Level", "Line", "bad", "fine", "host_of", "note"]

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Line:
    """What was looked at, how it is, and where it is not well what to do."""

    check: str
    level: Level
    message: str
    advice: str | None = None


def fine(check: str, message: str) -> Line:
    """All is well."""
    return Line(check, "ok", message)


def note(check: str, message: str, advice: str) -> Line:
    """It works, and may not be meant."""
    return Line(check, "warning", message, advice)


def bad(check: str, message: str, advice: str) -> Line:
    """It does not work, or must not stay as it is."""
    return Line(check, "error", message, advice)


def host_of(url: str) -> str:
    """An address without what may be secret: user, password, path and query.

    >>> host_of("https://me:secret@model.example:8000/v1?key=1")
    'https://model.example:8000'
    """
    parts = urlsplit(url)
    name = parts.hostname or ""
    name = f"[{name}]" if ":" in name else name
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        port = ""
    return f"{parts.scheme}://{name}{port}"
