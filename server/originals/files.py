"""Where the original file of a document lies, and what a browser may be told that it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.catalogue import digest_of
from corpus.document import Document
from corpus.errors import AbsentError, LoadError
from indexer.clause_index import ClauseIndex
from indexer.loaders.formats import format_of

__all__ = ["Original", "media_type", "original_of"]

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Shown by the browser itself; all else is kept as a file: a page of others would run its scripts.
_SHOWN = {"pdf": "application/pdf", "text": "text/plain"}
_KEPT = {"docx": _DOCX, "doc": "application/msword", "ofd": "application/ofd"}
_PICTURES = {b"\x89P": "image/png", b"\xff\xd8": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a document was read from, with what it holds (pdf, docx, html, …)."""

    document: str
    path: Path
    name: str
    sha256: str
    format: str


def original_of(index: ClauseIndex, document: Document) -> Original:
    """Find the original of a document; raise AbsentError where it is gone or another one now.

    Its digest is that of the index: nothing else that lies in its place is ever sent.
    """
    source = document.source
    path = Path(index.manifest.corpus) / source.file
    try:
        held = path.stat()
        if not index.manifest.corpus or not path.is_file():
            raise FileNotFoundError
        digest = _digest(path, held.st_mtime_ns, held.st_size)
    except OSError as error:
        raise AbsentError(
            "原件不在这台服务器上，请看条文文字 / the original file is not on this server",
            field="document",
        ) from error
    if digest != source.sha256:
        raise AbsentError(
            "原件在建索引之后改动过，不再展示 / the original was changed after it was indexed",
            field="document",
        )
    try:
        kind = format_of(path)
    except LoadError:
        kind = "unknown"
    return Original(document.id, path, Path(source.file).name, source.sha256, kind)


@lru_cache(maxsize=4096)
def _digest(path: Path, changed: int, size: int) -> str:
    """The digest of a file as it was at one time: a large one is not read for each page."""
    return digest_of(path)


def media_type(original: Original) -> tuple[str, bool]:
    """Return a safe content type, and whether the browser may show the file itself."""
    if original.format == "image":
        with original.path.open("rb") as file:
            kind = _PICTURES.get(file.read(2))
        return kind or "application/octet-stream", kind is not None
    if original.format == "text":
        return f"text/plain; charset={_charset(original.path)}", True
    if original.format in _SHOWN:
        return _SHOWN[original.format], True
    return _KEPT.get(original.format, "application/octet-stream"), False


def _charset(path: Path) -> str:
    head = path.read_bytes()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
