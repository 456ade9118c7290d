"""PDF through pypdf. A file without a text layer is said to be so, not taken for empty."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from corpus.errors import LoadError
from indexer.loaders.base import Line

__all__ = ["load_pdf"]

# pypdf reports every oddity of a damaged file as a warning; the outcome is what counts here.
logging.getLogger("pypdf").setLevel(logging.ERROR)


def load_pdf(path: Path) -> Sequence[Line]:
    """Read the text layer page by page; raise LoadError if encrypted, damaged or scanned."""
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise LoadError(f"PDF 已加密，无法读取 / the PDF is encrypted: {path.name}")
        pages = [page.extract_text() for page in reader.pages]
    except LoadError:
        raise
    # A damaged PDF can fail anywhere inside the parser, with errors of many kinds.
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
        NotImplementedError,
    ) as error:
        raise LoadError(f"PDF 损坏或不完整 / the PDF is damaged: {path.name}: {error}") from error
    if not any(text.strip() for text in pages):
        raise LoadError(
            f"PDF 没有文字层（扫描件），需先做文字识别 / "
            f"the PDF has no text layer (scanned); recognise its text first: {path.name}"
        )
    lines: list[Line] = []
    for page, text in enumerate(pages, 1):
        before = len(lines)
        lines += (Line(raw, before + i, page) for i, raw in enumerate(text.split("\n"), 1))
    return lines
