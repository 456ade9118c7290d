"""An answer to a file: the one function that others call."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any, Literal, get_args

from server.downloads import download_headers
from server.exports.content import Block, content_of
from server.exports.shape import read_answer

__all__ = ["FORMATS", "Exported", "Format", "export"]

Format = Literal["md", "docx", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)
_MEDIA = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
#: Where each format is written; imported when it is asked for.
_WRITERS = {
    "md": ("markdown", "to_markdown"),
    "docx": ("word", "to_word"),
    "pdf": ("pdf", "to_pdf"),
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A file: its content, its media type, its name."""

    content: bytes
    media_type: str
    name: str

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of a download; the name is safe in them."""
        return download_headers(f"tiaowen.{self.name.rpartition('.')[2]}", self.name)


def export(answer: Any, format: Format, today: date | None = None) -> Exported:
    """Write the JSON of an answer as a file; raise InputError where it is none."""
    sent = read_answer(answer)
    module, function = _WRITERS[format]
    write: Callable[[Sequence[Block]], bytes] = getattr(
        import_module(f"server.exports.{module}"), function
    )
    content = write(content_of(sent, today or date.today()))
    return Exported(content, _MEDIA[format], f"{_name(sent.question)}.{format}")


def _name(question: str) -> str:
    bare = re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]+", "", question)[:24]
    return f"条文-{bare}" if bare else "条文"
