"""Read one source into a document and its outline: the first half of the data's way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.address import ClausePath, Step
from corpus.catalogue import Entry, digest_of, printable
from corpus.document import Authority, Document, Source
from corpus.errors import LoadError
from corpus.outline import Clause, Outline
from indexer.audit import audit
from indexer.clean import Paragraph, clean
from indexer.headmatter import Head, read_head
from indexer.loaders import Line, load
from indexer.parse import parse
from indexer.reading import in_reading_order
from indexer.restore import is_scrambled, restore
from indexer.runon import part_run_on, split_inline
from indexer.validity import read_term

__all__ = ["Reading", "entry_of_file", "read_source"]

_KINDS = (
    "实施细则", "细则", "管理办法", "办法", "措施", "规定", "条例", "意见", "计划", "规划", "方案",
    "决定", "通告", "公告", "批复", "解释", "规则", "标准", "指南", "法", "通知", "函",
)  # fmt: skip
_NOT_POLICY = re.compile(r"解读|问答|答记者问|新闻|报道|发布会")
_AREA = re.compile(r"(\S{2,8}?(?:省|自治区|市|州|县|新区|高新区|经开区|区))")


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read: metadata, clauses, and the remarks of its catalogue entry."""

    document: Document
    outline: Outline
    remarks: str | None = None


def entry_of_file(path: Path) -> Entry:
    """Make an entry for a file outside any catalogue; its stem is its id."""
    if not path.is_file():
        raise LoadError(f"找不到文件 / no such file: {printable(str(path))}", field="file")
    name = printable(path.stem).replace("#", "-")
    return Entry(name, printable(path.name), path, digest_of(path))


def read_source(entry: Entry) -> Reading:
    """Load, clean, parse and audit one source; raise LoadError where it cannot be read."""
    lines = load(entry.path)
    if entry.reading:
        outline, head = _read_columns(lines, entry.reading)
    else:
        outline, head = _read_text(lines)
    if not outline.clauses:
        raise LoadError(f"没有可引用的条款 / no clause could be read: {entry.path.name}")
    document = _describe(entry, head, outline)
    document = replace(document, term=read_term(document, outline, head.enacted))
    outline = replace(outline, findings=audit(document, outline))
    return Reading(document, outline, entry.remarks)


def _read_text(lines: Sequence[Line]) -> tuple[Outline, Head]:
    printed = part_run_on(clean(lines))
    paragraphs = split_inline(printed)
    # Only run-on extractions are ever scrambled; elsewhere equal labels are ordinary restarts.
    if len(paragraphs) == len(printed) or not is_scrambled(paragraphs):
        head = read_head(paragraphs)
        return parse(head.body, head.notice), head
    parts, body = _part_scrambled(paragraphs)
    restored = restore(body)
    head = read_head(parts)
    outline = parse(
        restored.paragraphs, head.notice or head.body, restored.passages, restored.findings
    )
    return outline, head


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


def _describe(entry: Entry, head: Head, outline: Outline) -> Document:
    title = entry.title or head.title or entry.id
    issuers = entry.issuers or head.issuers
    names = dict.fromkeys((title, *entry.aliases, *head.titles))
    doc_number = entry.doc_number or head.doc_number
    return Document(
        id=entry.id,
        title=title,
        source=Source(entry.file, entry.sha256, entry.url),
        titles=tuple(name for name in names if name),
        doc_number=doc_number,
        issuers=issuers,
        area=entry.area or _area([*issuers, title]),
        issued=entry.issued or head.issued,
        published=entry.published or head.published,
        kind=entry.kind or next((k for k in _KINDS if k in title), None),
        authority=entry.authority or _authority(title, doc_number, outline),
    )


def _area(names: Sequence[str]) -> str | None:
    for name in names:
        if re.match(r"中华人民共和国|国务院|全国|最高人民|国家", name):
            return "全国"
        if match := _AREA.match(name):
            return match[1]
    return None


def _authority(title: str, doc_number: str | None, outline: Outline) -> Authority:
    if _NOT_POLICY.search(title):
        return "informational"
    named = any(title.removesuffix("）").endswith(kind) or kind in title[-8:] for kind in _KINDS)
    return "normative" if doc_number or outline.articles or named else "informational"
