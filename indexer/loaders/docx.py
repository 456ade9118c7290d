"""DOCX: paragraphs with their automatic numbers, tables in rows, in document order."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from corpus.errors import LoadError
from corpus.outline import Finding
from indexer.loaders.base import Source
from indexer.loaders.docx_body import read_body
from indexer.loaders.docx_lines import lines_of
from indexer.loaders.docx_parts import NS, open_parts

__all__ = ["load_docx"]

_CHANGES = tuple(NS + name for name in ("ins", "del", "moveFrom", "moveTo"))


def load_docx(path: Path) -> Source:
    """Read a DOCX; headers, footers, notes, comments, deletions and hidden text are left out."""
    parts = open_parts(path)
    try:
        lines = lines_of(read_body(parts))
    except (RecursionError, OverflowError) as error:
        raise LoadError(
            f"文件结构过于复杂，拒绝读取 / the file is nested too deeply or too large: "
            f"{path.name}: {error}",
            field="file",
        ) from error
    if not lines:
        raise LoadError(f"文件没有文字 / the file holds no text: {path.name}", field="file")
    return Source(lines, findings=_changes(parts.document))


def _changes(document: etree._Element) -> tuple[Finding, ...]:
    if next(document.iter(*_CHANGES), None) is None:
        return ()
    detail = "含未接受的修订，按全部接受后的文字读取 / tracked changes are read as accepted"
    return (Finding("tracked_changes", detail),)
