"""Word's automatic numbers: they stand in no paragraph and must be counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from indexer.loaders.docx_formats import print_number
from indexer.loaders.docx_parts import NS, number, switched, value

__all__ = ["Numbering"]

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
#: Word allows no longer pattern for a number.
_LONGEST = 255
_CLOSED = ("）", "、", "．", "。", "，", "：", "】", "〕")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass(slots=True)
class _List:
    """One ``w:num``: whose counters it counts on, its levels, and where it begins anew."""

    counters: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


class Numbering:
    """The lists of a document and how far each has been counted."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[int, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is None:
            return
        abstract = {str(a.get(f"{NS}abstractNumId")): a for a in root.iterfind(f"{NS}abstractNum")}
        linked = {
            name: identity for identity, a in abstract.items() if (name := value(a, "styleLink"))
        }
        levels = {identity: _levels(a) for identity, a in abstract.items()}
        for num in root.iterfind(f"{NS}num"):
            identity = str(value(num, "abstractNumId"))
            style = value(abstract.get(identity), "numStyleLink")
            identity = linked.get(style, identity) if style else identity
            if (list_id := number(num.get(f"{NS}numId"))) is not None:
                self._lists[list_id] = _list(num, identity, levels.get(identity, {}))

    def label(self, list_id: int | None, level: int | None, style: str = "") -> str:
        """Count one paragraph and return what is printed before it, with the blank behind it.

        Empty for no list, a bullet, or a list that is not defined. Where the paragraph names no
        level, the level is the one that belongs to its style.
        """
        found = self._lists.get(list_id) if list_id else None
        if found is None:
            return ""
        depth = _depth_of(found, level, style)
        definition = found.levels.get(depth)
        if definition is None:
            return ""
        counts = self._counts.setdefault(found.counters, [None] * _LEVELS)
        _count(found, depth, counts)
        return _printed(found, definition, counts)


def _depth_of(found: _List, level: int | None, style: str) -> int:
    if level is None:
        level = next((at for at, it in found.levels.items() if it.style and it.style == style), 0)
    return min(max(level, 0), _LEVELS - 1)


def _count(found: _List, depth: int, counts: list[int | None]) -> None:
    """Step the counter of a level and reset those that start anew beneath it."""
    before = counts[depth]
    if depth in found.restarts:
        # A list that continues another's counters begins anew once, at its first paragraph.
        counts[depth] = found.restarts.pop(depth)
    else:
        counts[depth] = found.levels[depth].start if before is None else before + 1
    for deeper, level in found.levels.items():
        # lvlRestart counts levels from 1; 0 means never. By default any outer level restarts.
        limit = deeper if level.restart is None else min(level.restart, deeper)
        if deeper > depth and depth < limit:
            counts[deeper] = None


def _printed(found: _List, level: _Level, counts: list[int | None]) -> str:
    if level.number_format == "bullet" or not level.text:
        return ""

    def place(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        other = found.levels.get(at, _Level())
        count = counts[at]
        shown = "decimal" if level.legal and other.number_format != "none" else other.number_format
        return (
            ""
            if shown == "bullet"
            else print_number(other.start if count is None else count, shown)
        )

    printed = _PLACE.sub(place, level.text).strip()
    return printed + _gap(printed, level.suffix) if printed else ""


def _gap(printed: str, suffix: str) -> str:
    """The blank behind a number: a number must not grow together with what follows it."""
    if printed.endswith(_CLOSED):
        return ""
    runs_on = suffix == "nothing" and not printed[-1].isascii() and printed[-1] not in "条章节编"
    return "" if runs_on else " "


def _list(num: etree._Element, counters: str, levels: dict[int, _Level]) -> _List:
    levels, restarts = dict(levels), dict[int, int]()
    for override in num.iterfind(f"{NS}lvlOverride"):
        at = number(override.get(f"{NS}ilvl"))
        if at is None or not 0 <= at < _LEVELS:
            continue
        own = override.find(f"{NS}lvl")
        if own is not None:
            levels[at] = _level(own)
        start = number(value(override, "startOverride"))
        if start is not None:
            restarts[at] = max(start, 0)
    return _List(counters, levels, restarts)


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in abstract.iterfind(f"{NS}lvl"):
        at = number(level.get(f"{NS}ilvl"))
        if at is not None and 0 <= at < _LEVELS:
            found[at] = _level(level)
    return found


def _level(level: etree._Element) -> _Level:
    text = value(level, "lvlText") or ""
    hidden = switched(level.find(f"{NS}rPr"), "vanish")
    # A format of its own is wrapped; what older programs shall use comes last.
    formats = [str(f.get(f"{NS}val")) for f in level.iter(f"{NS}numFmt")]
    return _Level(
        start=max(number(value(level, "start"), 0) or 0, 0),
        number_format=formats[-1] if formats else "decimal",
        text=text if len(text) <= _LONGEST and not hidden else "",
        suffix=value(level, "suff") or "tab",
        legal=bool(switched(level, "isLgl")),
        restart=number(value(level, "lvlRestart")),
        style=value(level, "pStyle"),
    )
