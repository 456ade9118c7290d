"""What modules make stays: looking for garbage amid it again and again takes a sixth of a start."""

from __future__ import annotations

import gc
from importlib import import_module
from types import ModuleType

__all__ = ["imported"]


def imported(name: str) -> ModuleType:
    """Import a module with all that it needs; what they made is never looked at for garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
