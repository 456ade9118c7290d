"""Read one source into a document and its outline: the first half of the data's way."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.address import ClausePath, Step
from corpus.catalogue import Entry, digest_of, printable
from corpus.catalogue_edit import safe_name
from corpus.errors import LoadError
from corpus.outline import Clause, Finding, Outline
from indexer.audit import audit
from indexer.clean import Paragraph, clean
from indexer.codec import encode_reading
from indexer.describe import describe
from indexer.headmatter import Head, read_head
from indexer.loaders import Line, Told, load
from indexer.pagehead import without_page
from indexer.parse import parse
from indexer.reading import in_reading_order
from indexer.readings import Reading
from indexer.restore import is_scrambled, restore
from indexer.runon import part_glued, part_run_on, split_inline
from indexer.segments import part_texts

__all__ = ["entry_of_file", "read_source", "read_to_json"]

_UNTITLED = Finding(
    "missing_metadata", "原文没有标题，以文件名代替 / no title found, the file's name stands for it"
)


def entry_of_file(path: Path) -> Entry:
    """Make an entry for a file outside any catalogue; its stem is its id."""
    if not path.is_file():
        raise LoadError(f"找不到文件 / no such file: {printable(str(path))}", field="file")
    return Entry(safe_name(path.stem), printable(path.name), path, digest_of(path))


def read_source(entry: Entry) -> Reading:
    """Load, clean, parse and audit one source; raise LoadError where it cannot be read."""
    source = load(entry.path)
    if entry.reading:
        outline, head = _read_columns(source.lines, entry.reading)
    else:
        outline, head = _read_text(source.lines, source.told)
    if not outline.clauses:
        raise LoadError(f"没有可引用的条款 / no clause could be read: {entry.path.name}")
    untitled = () if head.title or entry.title else (_UNTITLED,)
    outline = replace(outline, findings=(*source.findings, *untitled, *outline.findings))
    document = describe(entry, head, outline)
    outline = replace(outline, findings=audit(document, outline))
    return Reading(document, outline, entry.remarks)


def read_to_json(entry: Entry) -> str:
    """Read one source in a worker process, and leave the work of encoding there too."""
    return json.dumps(encode_reading(read_source(entry)), ensure_ascii=False)


def _read_text(lines: Sequence[Line], told: Told) -> tuple[Outline, Head]:
    printed = part_run_on(clean(lines))
    paragraphs = split_inline(printed)
    # Only run-on extractions are ever scrambled; elsewhere equal labels are ordinary restarts.
    if len(paragraphs) == len(printed) or not is_scrambled(paragraphs):
        kept, page = without_page(paragraphs)
        texts = part_texts(part_glued(kept))
        head = read_head(texts.main, told, page)
        listed = (*texts.listed, *head.contacts)
        return parse(head.body, head.notice, others=texts.others, listed=listed), head
    parts, body = _part_scrambled(paragraphs)
    restored = restore(body)
    head = read_head(parts, told)
    notice = head.notice or head.body
    return parse(restored.paragraphs, notice, restored.passages, restored.findings), head


def _part_scrambled(
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Paragraph], list[Paragraph]]:
    """Part the lines of head and signature from those of the body, wherever they stand."""
    first = next(i for i, p in enumerate(paragraphs) if p.text.startswith("一、"))
    titles = {p.text for p in paragraphs[:first]}
    parts, body = list(paragraphs[:first]), list[Paragraph]()
    signed = re.compile(
        r"[（(]此件[^）)]+[）)]|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日|\S{4,20}(?:办公厅|政府|委员会|管委会)"
    )
    for paragraph in paragraphs[first:]:
        named = any(paragraph.text in title for title in titles)
        (parts if named or signed.fullmatch(paragraph.text) else body).append(paragraph)
    return parts, body


def _read_columns(lines: Sequence[Line], order: Sequence[str]) -> tuple[Outline, Head]:
    """A page read in its reviewed order: each paragraph is a clause under its headline."""
    clauses: list[Clause] = []
    for section in in_reading_order(lines, order):
        headings = (section.headline,) if section.headline else ()
        for paragraph in section.paragraphs:
            path = ClausePath((Step("para", len(clauses) + 1),))
            clauses.append(Clause(path, "paragraph", paragraph.text, headings, line=paragraph.line))
    return Outline(tuple(clauses)), read_head([])
