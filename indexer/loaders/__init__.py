"""Loaders by file suffix. A new format is a module here and a line in LOADERS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.errors import LoadError
from indexer.loaders.base import Line, Loader
from indexer.loaders.pdf import load_pdf
from indexer.loaders.text import load_text

__all__ = ["LOADERS", "Line", "Loader", "load"]

LOADERS: dict[str, Loader] = {".txt": load_text, ".md": load_text, ".pdf": load_pdf}


def load(path: Path) -> Sequence[Line]:
    """Read any supported file into lines; raise LoadError naming the file otherwise."""
    loader = LOADERS.get(path.suffix.lower())
    if loader is None:
        known = "、".join(sorted(LOADERS))
        raise LoadError(f"不支持的文件格式 / unsupported format: {path.name}（{known}）")
    try:
        return loader(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise LoadError(f"文件无法读取 / cannot read the file: {path.name}: {reason}") from error
