"""What is shown of an original for one clause: its page with the passage marked, or its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote as quoted

from corpus.address import ClausePath
from corpus.errors import AbsentError, AddressError, LoadError, PolicyError
from corpus.outline import Box, Clause
from corpus.wording import label
from indexer.clause_index import ClauseIndex
from indexer.readings import Reading
from server.originals.files import Original, media_type, original_of
from server.originals.marking import Area, Marked, marked_lines, on_page
from server.originals.pictures import Picture
from server.originals.workshop import Workshop

__all__ = [
    "LONGEST_QUOTE",
    "Asked",
    "View",
    "asked_of",
    "clauses_on",
    "lines_of",
    "page_of",
    "picture_url",
]

LONGEST_QUOTE = 600
#: Lines that are shown before and after a passage.
_AROUND = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """The clause that is looked for in its document, and the words of it that are quoted."""

    reading: Reading
    clause: Clause | None
    passage: str

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Where the clause stands, that what lies beneath it too."""
        if self.clause is None:
            return ()
        return tuple(b for c in self.reading.outline.under(self.clause.path) for b in c.boxes)

    @property
    def page(self) -> int | None:
        """The page that its words begin on."""
        own = self.clause.page if self.clause else None
        return own or next((box.page for box in self.boxes), None)


@dataclass(frozen=True, slots=True)
class View:
    """A page as a picture or lines; ``how`` says what is marked: the quote, its clause, nothing.

    ``problem`` is why there is no picture, or no line either.
    """

    how: str
    page: int | None = None
    pages: int | None = None
    picture: Picture | None = None
    areas: tuple[Area, ...] = ()
    lines: tuple[Marked, ...] = ()
    problem: PolicyError | None = None
    original: Original | None = None
    is_shown: bool = False


def asked_of(index: ClauseIndex, document: str, path: str, quote: str) -> Asked:
    """Read what is looked for; raise AddressError for a clause that is not there."""
    reading = index.readings[document]
    if not path:
        return Asked(reading, None, quote)
    try:
        own = ClausePath.parse(path)
        clause = reading.outline[own]
    except (AddressError, KeyError) as error:
        raise AddressError(
            f"没有这一条款 / no such clause: {path[:80]!r}", field="clause"
        ) from error
    words = quote or clause.text or reading.outline.text(own) or clause.title or ""
    return Asked(reading, clause, words)


def page_of(index: ClauseIndex, workshop: Workshop, asked: Asked, number: int) -> View:
    """Show a page of a PDF with the passage marked; raise AbsentError where there is none."""
    original = original_of(index, asked.reading.document)
    if original.format != "pdf":
        raise AbsentError(
            "这份文件没有分页的原件 / the original of this document has no pages", field="page"
        )
    try:
        picture = workshop.picture(original, number)
    except LoadError as problem:
        if problem.field == "page" and "没有这一页" in problem.message:
            raise AbsentError(problem.message, field="page") from problem
        return lines_of(index, workshop, asked, number, problem)
    boxes = [box for box in asked.boxes if box.page == number]
    areas = on_page(picture, asked.passage, boxes) if asked.passage else []
    how = "quote" if areas else "clause" if boxes else "nothing"
    areas = areas or [Area(b.left, b.top, b.right, b.bottom) for b in boxes]
    return View(
        how, number, picture.pages, picture, tuple(areas), original=original, is_shown=True
    )  # fmt: skip


def lines_of(
    index: ClauseIndex,
    workshop: Workshop,
    asked: Asked,
    page: int | None = None,
    problem: PolicyError | None = None,
) -> View:
    """Show the lines of a file around the passage, or of a page that cannot be drawn."""
    original: Original | None = None
    try:
        original = original_of(index, asked.reading.document)
        shown = media_type(original)[1]
        lines = workshop.lines(original)
    except (AbsentError, LoadError) as trouble:
        return View("nothing", page, problem=problem or trouble, original=original)
    near = asked.clause.line if asked.clause else None
    # Where a page is asked for that another clause stands on, it is its lines that are meant.
    if page and page != asked.page and not asked.passage:
        near = next((line.number for line in lines if line.page == page), near)
    marked, found = marked_lines(lines, asked.passage, near, _AROUND)
    how = "quote" if found else "nothing"
    return View(
        how, page, lines=tuple(marked), problem=problem, original=original, is_shown=shown
    )  # fmt: skip


def picture_url(asked: Asked, number: int) -> str:
    """The address of a page's picture; the digest in it lets browsers keep it."""
    document = asked.reading.document
    name = quoted(document.id, safe="")
    return f"/documents/{name}/pages/{number}.png?v={document.source.sha256[:12]}"


def clauses_on(asked: Asked, number: int) -> Sequence[tuple[str, str]]:
    """The clauses that stand on a page: path and label."""
    found = [c for c in asked.reading.outline if any(b.page == number for b in c.boxes)]
    return [(str(c.path), label(c.path)) for c in found]
