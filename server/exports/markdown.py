"""An answer in Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from server.exports.content import Block, Heading, Items, Table, Text

__all__ = ["to_markdown"]

#: Characters that would begin markup at the start of a line.
_LINE = re.compile(r"(?m)^([^\S\n]*+)([#>+*=~-]|\d++[.)])")


def to_markdown(blocks: Sequence[Block]) -> bytes:
    """Write blocks out; what a text holds is shown as it is, not taken for markup."""
    return ("\n\n".join(_written(block) for block in blocks) + "\n").encode()


def _written(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {_plain(text)}"
        case Text(text, "strong"):
            return "\n".join(f"**{_plain(line)}**" for line in text.splitlines() if line.strip())
        case Text(text, "quote"):
            return "\n".join(f"> {_plain(line)}" for line in text.splitlines())
        case Text(text, _):
            return "  \n".join(_begun(_plain(line)) for line in text.splitlines())
        case Items(items):
            return "\n".join(f"- {_begun(_plain(' '.join(item.split())))}" for item in items)
        case Table(head, rows):
            lines = [head, ("---",) * len(head), *rows]
            return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _plain(text: str) -> str:
    text = re.sub(r"([\\`*_~])", r"\\\1", text).replace("&", "&amp;").replace("<", "&lt;")
    # [1] is a marker; [words](address) would be a link, ![…] a picture.
    return re.sub(r"\](?=[(:\[])(?!\[\d)", r"\\]", text)


def _begun(line: str) -> str:
    return _LINE.sub(r"\1\\\2", line)


def _cell(text: str) -> str:
    return text if text == "---" else _plain(" ".join(text.split())).replace("|", "\\|")
