"""The log: one line a record on stderr, as JSON or as text.

What callers write may be in a record. In a line nothing can begin another line or steer a
terminal: all that does not print is written as an escape.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal

__all__ = [
    "REQUEST_ID",
    "UVICORN",
    "JsonLines",
    "LogKind",
    "TextLines",
    "as_line",
    "start_logging",
]

LogKind = Literal["json", "text"]

#: The id of the request under way; threads that work for it see it too.
REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)
#: Settings of uvicorn under which its records go through our handler, and ours replace its own
#: log of requests.
UVICORN: dict[str, Any] = {"log_config": None, "access_log": False}
#: How deep a chain of causes is followed.
_CAUSES = 5


def as_line(text: str) -> str:
    """Text with everything that does not print as an escape that JSON reads too.

    >>> as_line("a\\r\\nb\\x1b[31m")
    'a\\\\u000d\\\\u000ab\\\\u001b[31m'
    """
    return "".join(c if c.isprintable() else _escape(c) for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


class _Lines(logging.Formatter):
    """Without ``texts`` the messages of errors are left out: they may quote a question."""

    def __init__(self, texts: bool) -> None:
        super().__init__()
        self._texts = texts

    def formatException(self, ei: Any) -> str:
        """The chain of errors, the first cause last, with the places in the code."""
        parts, error, tells = list[str](), ei[1], self._texts
        while error is not None and len(parts) < _CAUSES:
            what = f"{type(error).__name__}: {error}" if tells else type(error).__name__
            parts.append(what + "\n" + _places(error.__traceback__))
            hidden = error.__suppress_context__
            error = error.__cause__ or (None if hidden else error.__context__)
        return "\n".join(part.rstrip() for part in parts)

    def _fields(self, record: logging.LogRecord) -> dict[str, Any]:
        moment = datetime.fromtimestamp(record.created, UTC)
        own: dict[str, Any] = getattr(record, "fields", {})
        request = own.get("request_id") or REQUEST_ID.get()
        fields = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        return fields | ({"request_id": request} if request else {}) | own


def _places(trace: TracebackType | None) -> str:
    found = traceback.extract_tb(trace)
    return "\n".join(f"  {f.filename}:{f.lineno} {f.name}" for f in found)


class JsonLines(_Lines):
    """Each record as a JSON object on a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        fields = self._fields(record)
        if record.exc_info and record.exc_info[1]:
            fields["exception"] = self.formatException(record.exc_info)
        # What JSON leaves as it is and does not print (0x9b, U+2028, bidi marks) is escaped too.
        return as_line(json.dumps(fields, ensure_ascii=False, default=str))


class TextLines(_Lines):
    """Each record as a line for people; the lines of an error are set in below it."""

    def format(self, record: logging.LogRecord) -> str:
        fields = self._fields(record)
        first = (fields.pop("time"), fields.pop("level").upper(), fields.pop("message"))
        fields.pop("logger")
        line = as_line(" ".join(first))
        more = "".join(
            f" {name}={as_line(str(value))}" for name, value in fields.items() if value is not None
        )
        if record.exc_info and record.exc_info[1]:
            lines = self.formatException(record.exc_info).split("\n")
            more += "".join(f"\n    | {as_line(each)}" for each in lines)
        return line + more


def start_logging(kind: LogKind, texts: bool = True) -> None:
    """Send all records to stderr: ours from INFO on, those of libraries from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(texts) if kind == "json" else TextLines(texts))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("tiaowen").setLevel(logging.INFO)
    logging.captureWarnings(True)
