"""Arrays in the files of an index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import IndexFolderError

__all__ = ["load_array"]


def load_array(path: Path, mapped: bool = False) -> Any:
    """Load an array, or map it into memory; raise IndexFolderError for a damaged file."""
    try:
        # As a plain array: each piece of a memmap is made with checks that cost more than the piece.
        return np.asarray(np.load(path, mmap_mode="r" if mapped else None))
    except (OSError, ValueError, EOFError) as error:
        raise IndexFolderError(
            f"索引文件损坏 / a file of the index is damaged: {path.parent.name}/{path.name}"
        ) from error
