"""The loader of each format; by itself, as most of those who ask about formats load nothing."""

from __future__ import annotations

from indexer.loaders.base import Loader
from indexer.loaders.doc import load_doc
from indexer.loaders.docx import load_docx
from indexer.loaders.html import load_html
from indexer.loaders.image import load_image
from indexer.loaders.ofd import load_ofd
from indexer.loaders.pdf import load_pdf
from indexer.loaders.text import load_text

__all__ = ["LOADERS"]

LOADERS: dict[str, Loader] = {
    "pdf": load_pdf,
    "docx": load_docx,
    "doc": load_doc,
    "ofd": load_ofd,
    "html": load_html,
    "image": load_image,
    "text": load_text,
}
