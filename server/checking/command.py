"""``tiaowen check``: the references of a file, and what is wrong with them."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from corpus.errors import InputError
from server.assembly import open_assistant
from server.checking.checked import VERDICT_WORDS, check_text, checked_json
from server.checking.naming import Register
from server.console import Bar, print_json, say, write
from server.settings import Settings

__all__ = ["check"]


def check(options: argparse.Namespace, settings: Settings) -> int:
    """Print every reference with its verdict; return 1 where something is wrong."""
    text = _read(options.file)
    register = Register(open_assistant(settings, Bar(), say).index)
    checked = check_text(text, register, options.as_of or date.today())
    result = checked_json(checked, register.index)
    if options.json:
        print_json(result)
    else:
        for item in checked.items:
            line = text.count("\n", 0, item.place.start) + 1
            words = " ".join(item.place.words.split())
            write(f"{line}: [{VERDICT_WORDS[item.verdict]}] {words}：{item.explanation}")
        write(result["summary"]["text"])
    return 1 if checked.wrong else 0


def _read(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise InputError(
            f"无法读取 {name} / cannot read: {error.strerror or error}", field="file"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name} 不是 UTF-8 文本 / not UTF-8 text", field="file") from error
