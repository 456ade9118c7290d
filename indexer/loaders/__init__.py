"""Loaders by what a file holds, whatever it is named. A new format is a module and a line in ``every``."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import LoadError
from indexer.loaders.base import Line, Loader, Row, Source, Style, Told
from indexer.loaders.formats import SUFFIXES, format_of

__all__ = ["SUFFIXES", "Line", "Loader", "Row", "Source", "Style", "Told", "load"]


def load(path: Path) -> Source:
    """Read any supported file; raise LoadError naming the file otherwise."""
    # Here: the libraries that read files take longer to import than an index to open.
    from indexer.loaders.every import LOADERS

    try:
        return LOADERS[format_of(path)](path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise LoadError(
            f"文件无法读取 / cannot read the file: {path.name}: {reason}", field="file"
        ) from error
