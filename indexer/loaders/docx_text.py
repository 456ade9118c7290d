"""The printed text of one DOCX paragraph, out of runs, fields, changes and text boxes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from indexer.loaders.docx_fields import Fields
from indexer.loaders.docx_parts import NS, kind, number, switched, value
from indexer.loaders.docx_styles import Look, Styles

__all__ = ["PAGE", "SOFT", "Inline", "Place", "Printed"]

#: A soft break and a page break inside a paragraph; in the text of a run neither is left.
SOFT, PAGE = "\n", "\f"
_LINES = re.compile(r"[\r\n\t]+")
#: What is not printed: properties, deletions, what was moved away, the reading of a ruby.
_SILENT = frozenset(
    {
        "pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "fldData", "rt", "rubyPr",
        "del", "moveFrom", "delText", "delInstrText", "footnoteReference", "endnoteReference",
        "commentReference", "annotationRef", "footnoteRef", "endnoteRef", "ffData", "docPr",
    }
)  # fmt: skip
#: Characters of the symbol fonts that stand in text, by font and position.
_SYMBOLS = {
    "symbol": dict(zip(
        b"\xb0\xb1\xb3\xa3\xb4\xb7\xb8\xb9\xbb\xa5abgdlmpqsSDWw", "°±≥≤×•÷≠≈∞αβγδλμπθσΣΔΩω",
        strict=True,
    )),
    "wingdings": dict(zip(b"\xa8o\xfe\xfc\xfbRlnuv\xe0\xf0", "□□☑✓✗☑●■◆❖→⇨", strict=True)),
    "wingdings 2": dict(zip(b"PRSO\xa3\x2a", "✓☑☒✗□□", strict=True)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """How many page breaks stand before a place: those that Word drew, those of the author."""

    drawn: int = 0
    forced: int = 0


@dataclass(slots=True)
class Printed:
    """What a paragraph prints. Text boxes hang on it: ``above`` those before its first words."""

    pieces: list[str] = field(default_factory=list)
    place: Place | None = None
    size: int | None = None
    in_contents: bool = False
    above: list[etree._Element] = field(default_factory=list)
    below: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


class Inline:
    """Reads paragraphs in document order; fields and pages run on from one to the next."""

    def __init__(self, document: etree._Element, styles: Styles) -> None:
        self._styles = styles
        self._fields = Fields(document)
        self._now = Printed()
        self._look = Look()
        self._drawn = self._forced = 0
        self._elements: dict[str, Callable[[etree._Element], None]] = {
            "r": self._run,
            "t": lambda e: self._print(" ".join(_LINES.split(e.text or ""))),
            "tab": lambda e: self._print(" "),
            "ptab": lambda e: self._print(" "),
            "noBreakHyphen": lambda e: self._print("-"),
            "cr": lambda e: self._print(SOFT),
            "br": self._break,
            "sym": self._symbol,
            "fldChar": lambda e: self._print(self._fields.mark(e)),
            "instrText": lambda e: self._fields.code(e.text or ""),
            "lastRenderedPageBreak": self._page,
            "AlternateContent": self._alternative,
            "txbxContent": self._box,
        }

    @property
    def place(self) -> Place:
        """The place that has been read up to."""
        return Place(self._drawn, self._forced)

    def read(self, paragraph: etree._Element, look: Look) -> Printed:
        """Return what a paragraph prints."""
        self._now, self._look = Printed(), look
        if switched(paragraph.find(f"{NS}pPr"), "pageBreakBefore"):
            self._forced += 1
        self._inside(paragraph)
        return self._now

    def _inside(self, parent: etree._Element) -> None:
        for child in parent:
            name = kind(child)
            if name in self._elements:
                self._elements[name](child)
            elif name not in _SILENT:
                self._inside(child)

    def _print(self, text: str) -> None:
        if not text or not self._fields.printed:
            return
        self._now.pieces.append(text)
        if self._now.place is None and text.strip():
            # A contents field may end inside the paragraph behind it: its first words decide.
            self._now.place, self._now.in_contents = self.place, self._fields.in_contents

    def _run(self, run: etree._Element) -> None:
        properties = run.find(f"{NS}rPr")
        note = run.find(f"{NS}footnoteReference")
        note = run.find(f"{NS}endnoteReference") if note is None else note
        # The author's own mark of a footnote stands beside the reference, in the same run.
        if self._is_hidden(properties) or (
            note is not None and note.get(f"{NS}customMarkFollows") not in (None, "0", "false")
        ):
            self._marks_only(run)
            return
        self._inside(run)
        if self._now.size is None and self._now.place is not None:
            self._now.size = number(value(properties, "sz"), self._look.size)

    def _marks_only(self, run: etree._Element) -> None:
        """Follow fields and pages through a run that prints nothing itself."""
        for child in run:
            if kind(child) in ("fldChar", "instrText", "lastRenderedPageBreak"):
                self._elements[kind(child)](child)

    def _is_hidden(self, properties: etree._Element | None) -> bool:
        own = switched(properties, "vanish")
        if own is not None:
            return own
        return self._styles.hides(value(properties, "rStyle")) or self._look.hidden

    def _break(self, element: etree._Element) -> None:
        breaks = element.get(f"{NS}type")
        if breaks == "page":
            self._forced += 1
        if self._fields.printed:
            self._now.pieces.append(PAGE if breaks in ("page", "column") else SOFT)

    def _page(self, element: etree._Element) -> None:
        self._drawn += 1

    def _symbol(self, element: etree._Element) -> None:
        try:
            code = int(element.get(f"{NS}char") or "", 16)
        except ValueError:
            return
        font = (element.get(f"{NS}font") or "").lower()
        if 0xF000 <= code <= 0xF0FF or font in _SYMBOLS:
            self._print(_SYMBOLS.get(font, {}).get(code & 0xFF, ""))
        elif 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE:
            self._print(chr(code))

    def _alternative(self, element: etree._Element) -> None:
        """Read one of several forms of the same thing: the newer, or the older if that is empty."""
        forms = [child for child in element if kind(child) in ("Choice", "Fallback")]
        filled = (f for f in forms if next(f.iter(f"{NS}t", f"{NS}sym"), None) is not None)
        chosen = next(filled, forms[0] if forms else None)
        if chosen is not None:
            self._inside(chosen)

    def _box(self, element: etree._Element) -> None:
        boxes = self._now.above if self._now.place is None else self._now.below
        boxes.append(element)
