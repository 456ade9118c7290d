"""The styles of a DOCX: what a paragraph or run inherits from them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from indexer.loaders.docx_parts import NS, number, switched, value

__all__ = ["Look", "Styles"]

#: The built-in styles of a contents page, under the names that Word, WPS and LibreOffice write.
_CONTENTS = re.compile(
    r"(?:toc|contents)\s*(?:\d|heading)|table of figures|目录(?:\s*\d|标题)", re.IGNORECASE
)
_TITLE = re.compile(r"title|标题|文档标题|公文标题", re.IGNORECASE)
_HEADING = re.compile(r"heading\s*\d|标题\s*\d", re.IGNORECASE)
#: Half points of a run for which nothing is set.
_USUAL_SIZE = 20
#: Styles are based on each other a few levels deep.
_LONGEST_CHAIN = 50


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph's own properties and its styles say of it. ``size`` is in half points."""

    style: str = ""
    contents: bool = False
    title: bool = False
    heading: bool = False
    alignment: str = ""
    indent: str = ""
    size: int = _USUAL_SIZE
    hidden: bool = False
    list_id: int | None = None
    level: int | None = None


class Styles:
    """The styles part, each style resolved once with what it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        found = root.iterfind(f"{NS}style") if root is not None else ()
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        for style in found:
            name = style.get(f"{NS}styleId") or ""
            self._styles[name] = style
            if style.get(f"{NS}default") == "1" and style.get(f"{NS}type") == "paragraph":
                self._default = name
        defaults = (
            root.find(f"{NS}docDefaults/{NS}rPrDefault/{NS}rPr") if root is not None else None
        )
        self._size = number(value(defaults, "sz")) or _USUAL_SIZE
        self._known: dict[str | None, Look] = {}
        self._hidden: dict[str | None, bool] = {}

    def hides(self, character_style: str | None) -> bool:
        """Tell whether a character style hides its text."""
        if character_style not in self._hidden:
            told = (switched(s.find(f"{NS}rPr"), "vanish") for s in self._chain(character_style))
            nearest = next((hidden for hidden in told if hidden is not None), False)
            self._hidden[character_style] = nearest
        return self._hidden[character_style]

    def look(self, properties: etree._Element | None) -> Look:
        """Return the look of a paragraph with these properties of its own."""
        name = value(properties, "pStyle")
        if name not in self._known:
            self._known[name] = self._resolve(name if name in self._styles else self._default)
        inherited = self._known[name]
        return _overlay(inherited, properties, None) if properties is not None else inherited

    def _chain(self, name: str | None) -> list[etree._Element]:
        """A style and what it is based on, nearest first; a circle ends where it closes."""
        chain: list[etree._Element] = []
        seen = set[str]()
        while name and name in self._styles and name not in seen and len(chain) < _LONGEST_CHAIN:
            seen.add(name)
            chain.append(self._styles[name])
            name = value(chain[-1], "basedOn")
        return chain

    def _resolve(self, name: str | None) -> Look:
        look = Look(style=name or "", size=self._size)
        for style in reversed(self._chain(name)):
            look = _overlay(look, style.find(f"{NS}pPr"), style.find(f"{NS}rPr"))
            called = (value(style, "name") or "").strip()
            look = _with(
                look,
                # What is based on the style of a heading looks like one, but need not be one.
                title=bool(_TITLE.fullmatch(called)),
                contents=look.contents or bool(_CONTENTS.match(called)),
                heading=look.heading or bool(_HEADING.match(called)),
            )
        return look


def _overlay(look: Look, own: etree._Element | None, run: etree._Element | None) -> Look:
    """Lay paragraph and run properties over what is inherited."""
    changes: dict[str, object] = {}
    if (alignment := value(own, "jc")) is not None:
        changes["alignment"] = alignment
    if (level := number(value(own, "outlineLvl"))) is not None:
        changes["heading"] = 0 <= level < 9
    indent = own.find(f"{NS}ind") if own is not None else None
    if indent is not None:
        changes["indent"] = " ".join(str(indent.get(f"{NS}{side}")) for side in ("left", "start"))
    listed = own.find(f"{NS}numPr") if own is not None else None
    if (list_id := number(value(listed, "numId"))) is not None:
        changes["list_id"] = list_id
    if (depth := number(value(listed, "ilvl"))) is not None:
        changes["level"] = depth
    if (size := number(value(run, "sz"))) is not None:
        changes["size"] = size
    if (hidden := switched(run, "vanish")) is not None:
        changes["hidden"] = hidden
    return _with(look, **changes) if changes else look


def _with(look: Look, **changes: object) -> Look:
    # dataclasses.replace is typed too loosely to check, and too slow for each paragraph.
    values = {name: changes.get(name, getattr(look, name)) for name in Look.__slots__}
    return Look(**values)  # type: ignore[arg-type]
