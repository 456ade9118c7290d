"""Names of drafts and jobs: they sort by time, and nobody can guess them."""

from __future__ import annotations

import re
import secrets
import time

__all__ = ["is_name", "new_name"]

_NAME = re.compile(r"[0-9a-f]{24}")


def new_name() -> str:
    """Return a name that nothing has yet."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(6)}"


def is_name(text: str) -> bool:
    """Whether a text is such a name, and so no path."""
    return _NAME.fullmatch(text) is not None
