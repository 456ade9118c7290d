"""``tiaowen doctor``: looks at everything, changes nothing, prints no secret."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict

from server.console import print_json, write
from server.operating.doctor.kept import check_kept
from server.operating.doctor.library import (
    check_corpus,
    check_index,
    check_model,
    check_programs,
    look,
)
from server.operating.doctor.line import Level, Line, bad
from server.operating.doctor.machine import (
    check_clock,
    check_disk,
    check_extras,
    check_packages,
    check_python,
)
from server.operating.doctor.wishes import check_llm, check_settings
from server.operating.logs import as_line
from server.settings import Settings

__all__ = ["doctor", "examine"]

_WORDS: dict[Level, str] = {
    "ok": "正常 / ok",
    "warning": "注意 / warning",
    "error": "错误 / error",
}


def doctor(options: argparse.Namespace, settings: Settings) -> int:
    """Print the lines; return 1 if one is an error."""
    lines = examine(settings, options.host)
    counts = Counter(line.level for line in lines)
    if options.json:
        told = [asdict(line) for line in lines]
        print_json({"ok": not counts["error"], "lines": told})
    else:
        for line in lines:
            write(f"[{_WORDS[line.level]}] {line.check}: {as_line(line.message)}")
            if line.advice:
                write(f"    → {as_line(line.advice)}")
        write(
            f"{counts['ok']} 项正常，{counts['warning']} 项注意，{counts['error']} 项错误 / "
            f"{counts['ok']} ok, {counts['warning']} warnings, {counts['error']} errors"
        )
    return 1 if counts["error"] else 0


def examine(settings: Settings, host: str = "127.0.0.1") -> list[Line]:
    """Look at everything; ``host`` is what the server will listen on."""
    found = look(settings)
    built = found.index.manifest.built if found.index else None
    checks: tuple[tuple[str, Callable[[], Iterator[Line]]], ...] = (
        ("python", check_python),
        ("packages", check_packages),
        ("extras", lambda: check_extras(settings)),
        ("settings", lambda: check_settings(settings, os.environ)),
        ("model", lambda: check_model(settings)),
        ("corpus", lambda: check_corpus(found)),
        ("index", lambda: check_index(settings, found)),
        ("programs", lambda: check_programs(found)),
        ("database", lambda: check_kept(settings, host)),
        ("llm", lambda: check_llm(settings)),
        ("disk", lambda: check_disk(settings)),
        ("clock", lambda: check_clock(built)),
    )
    return [line for name, check in checks for line in _lines(name, check)]


def _lines(name: str, check: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    """The lines of a check; one that breaks does not keep the others from being told."""
    try:
        yield from check()
    except Exception as error:
        # Only the kind: a message may hold an address with its password.
        advice = "TIAOWEN_DEBUG=1 tiaowen serve"
        yield bad(name, f"无法检查 / could not be checked: {type(error).__name__}", advice)
