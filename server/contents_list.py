"""The table of contents of a document's page: its headings and clauses, one within another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["contents_of", "count_of"]

Json = dict[str, Any]

#: A clause without a title is named by its first sentence where that is short.
_SHORT, _CUT = 24, 16
#: Titles that a clause beneath them repeats among its headings.
_RECENT = 6


def contents_of(clauses: Iterable[Json]) -> list[Json]:
    """Return entries (text, path, parts) from clauses with their ``new_headings``."""
    roots: list[Json] = []
    open_entries: list[tuple[int, list[Json]]] = [(-1, roots)]
    own_lines: list[str] = []

    def put(depth: int, text: str, path: str) -> None:
        while open_entries[-1][0] >= depth:
            open_entries.pop()
        entry: Json = {"text": text, "path": path, "parts": []}
        open_entries[-1][1].append(entry)
        open_entries.append((depth, entry["parts"]))

    for clause in clauses:
        own, headings = clause["own"], clause["headings"]
        for line in clause["new_headings"]:
            if line != own and line not in own_lines[-_RECENT:]:
                put(headings.index(line), line, clause["path"])
        if own and ".cell" not in clause["path"]:
            own_lines.append(own)
            depth = headings.index(own) if own in headings else len(headings)
            put(depth, own, clause["path"])
        elif name := _name(clause):
            put(len(headings), name, clause["path"])
    return roots


def _name(clause: Json) -> str | None:
    """What a clause without a title is called; None where it does not stand by itself."""
    if clause["depth"] or clause["own"]:
        return None
    if clause["kind"] in ("article", "opening", "closing"):
        return str(clause["label"])
    if clause["kind"] == "item":
        lead = clause["text"].split("。")[0]
        cut = lead if len(lead) <= _SHORT else clause["text"][:_CUT] + "…"
        return f"{clause['marker']}{cut}"
    return None


def count_of(entries: Sequence[Json]) -> int:
    """How many entries there are, at all depths."""
    return sum(1 + count_of(entry["parts"]) for entry in entries)
