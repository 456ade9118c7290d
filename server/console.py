"""Writing to the terminal: results to stdout, everything else to stderr."""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any

from tqdm import tqdm

__all__ = ["Bar", "complain", "print_json", "say", "speak_utf8", "stop_quietly", "write"]

_STAGES = {"read": "读取 reading", "embed": "向量化 embedding", "ask": "提问 asking"}


class Bar:
    """A progress bar on stderr with rate and remaining time, shown only on a terminal."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            quiet = not sys.stderr.isatty()
            self._bar = tqdm(total=total, desc=_STAGES.get(stage, stage), disable=quiet)
        self._bar.update(done - self._bar.n)
        if done >= total:
            self._bar.close()
            self._bar = None


def write(text: str = "") -> None:
    """Write a line of a result."""
    sys.stdout.write(text + "\n")


def print_json(value: Any, indent: int | None = 1) -> None:
    """Write one JSON object, and nothing else, to stdout."""
    write(json.dumps(value, ensure_ascii=False, indent=indent))


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says: the interface's text is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Tell what is going on, to a person only."""
    if sys.stderr.isatty():
        sys.stderr.write(text + "\n")


def complain(text: str) -> None:
    """Write an error in one line."""
    sys.stderr.write("tiaowen: " + " ".join(text.splitlines()) + "\n")


def stop_quietly() -> None:
    """Close stdout for a reader that has gone away (``tiaowen … | head``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
