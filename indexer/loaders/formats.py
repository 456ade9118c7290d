"""What a file holds, told by its first bytes: a wrong suffix is common on government sites."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from corpus.errors import LoadError

__all__ = ["SUFFIXES", "format_of"]

#: The suffixes that a corpus folder is searched for.
SUFFIXES = (
    ".txt", ".md", ".markdown", ".html", ".htm", ".shtml", ".pdf", ".docx", ".doc", ".wps",
    ".rtf", ".ofd", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp",
)  # fmt: skip
#: Larger files are no official documents.
LARGEST_FILE = 512 << 20
_HEAD = 4096
_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
#: Takes {\\rtf1\\ansi…; refuses the mark alone before bytes of another kind.
_RTF = re.compile(rb"\{\\rtf\d*\s*\\[a-z]{2,}")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|div|p|table)\b", re.IGNORECASE)


def format_of(path: Path) -> str:
    """Return the name of a file's format; raise LoadError for one that no loader reads."""
    if path.stat().st_size > LARGEST_FILE:
        raise LoadError(f"文件过大 / the file is too large: {path.name}", field="file")
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    suffix = path.suffix.lower()
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path, suffix)
    if told := _by_magic(head, suffix):
        return told
    if suffix in (".html", ".htm", ".shtml") or _looks_like_html(head):
        return "html"
    if suffix in (".txt", ".md", ".markdown"):
        return "text"
    if suffix in SUFFIXES:
        raise LoadError(
            f"文件内容与后缀不符或已损坏 / the file is damaged or not what its suffix says: {path.name}",
            field="file",
        )
    raise _unsupported(path)


def _by_magic(head: bytes, suffix: str) -> str | None:
    """The format that the first bytes of a file tell by themselves."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if _RTF.match(head):
        return "doc"
    if head.startswith(b"BM") and suffix == ".bmp":
        return "image"
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


def _zipped(path: Path, suffix: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        if suffix in (".docx", ".ofd"):
            raise LoadError(
                f"文件损坏或不完整 / the file is damaged: {path.name}: {error}", field="file"
            ) from error
        raise _unsupported(path) from error
    if "word/document.xml" in names:
        return "docx"
    # An encrypted OFD may hold no plain OFD.xml; its loader says that it is encrypted.
    if names & {"OFD.xml", "Encryptions.xml"}:
        return "ofd"
    raise _unsupported(path)


def _looks_like_html(head: bytes) -> bool:
    """Whether bytes begin as a page does, in any encoding that keeps ASCII."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and bool(_HTML.search(head[:2048]))


def _unsupported(path: Path) -> LoadError:
    known = "、".join(SUFFIXES)
    return LoadError(f"不支持的文件格式 / unsupported format: {path.name}（{known}）", field="file")
