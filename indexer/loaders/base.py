"""What a loader yields, and what it promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

__all__ = ["Line", "Loader"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source as printed, unstripped; ``page`` and ``number`` count from 1."""

    text: str
    number: int
    page: int | None = None


class Loader(Protocol):
    """Read a file into lines, or raise LoadError saying what is wrong with it."""

    def __call__(self, path: Path) -> Sequence[Line]: ...
