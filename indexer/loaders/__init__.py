"""Loaders by what a file holds, whatever it is named. A new format is a module and a line here."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import LoadError
from indexer.loaders.base import Line, Loader, Row, Source, Style, Told
from indexer.loaders.doc import load_doc
from indexer.loaders.docx import load_docx
from indexer.loaders.formats import SUFFIXES, format_of
from indexer.loaders.html import load_html
from indexer.loaders.image import load_image
from indexer.loaders.ofd import load_ofd
from indexer.loaders.pdf import load_pdf
from indexer.loaders.text import load_text

__all__ = ["LOADERS", "SUFFIXES", "Line", "Loader", "Row", "Source", "Style", "Told", "load"]

LOADERS: dict[str, Loader] = {
    "pdf": load_pdf,
    "docx": load_docx,
    "doc": load_doc,
    "ofd": load_ofd,
    "html": load_html,
    "image": load_image,
    "text": load_text,
}


def load(path: Path) -> Source:
    """Read any supported file; raise LoadError naming the file otherwise."""
    try:
        return LOADERS[format_of(path)](path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise LoadError(
            f"文件无法读取 / cannot read the file: {path.name}: {reason}", field="file"
        ) from error
