"""Which documents put which others out of force, and what that does to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from corpus.address import Address
from corpus.document import Document, Repeal
from corpus.outline import Clause, Outline
from indexer.docnumbers import normal_number

__all__ = ["apply_repeals", "named_by", "read_repeals"]

_NAMED = r"《(?P<title>[^》]{1,200})》(?:[（(](?P<number>[^（）()]{1,80}号)[）)])?"
#: One of several, with what parts it from the next.
_LISTED = r"《[^》]{1,200}》(?:[（(][^（）()]{1,80}号[）)])?[、和及与，\s]*+"
_EACH = re.compile(_NAMED)
_REPEAL = re.compile(
    rf"(?:{_LISTED}){{1,200}}+(?:(?!第\S{{1,6}}[条款项章])[^。；《》]){{0,12}}?(?:同时|即行|予以|自本\S{{1,4}}(?:施行|实施|执行|发布|公布|印发)之日起)废止"
)
# Takes 决定废止《…》（…）、《…》; refuses the title 关于废止《…》的通知 and 废止《…》第三条.
_REPEALS = re.compile(
    r"废止(?:以下文件)?[：:]?\s*(?P<all>(?:《[^》]+》(?:[（(][^（）()]+号[）)])?[、和及与，\s]*)+)(?!的(?:通知|决定|公告)|第\S{1,6}[条款项章]|中)"
)
#: What heads a list of them: 废止下列文件, 予以废止的规范性文件.
_HEADS = re.compile(
    r"废止(?:下列|以下|的)\S{0,12}(?:文件|政策|办法|规定)|(?:下列|以下)\S{0,20}予以废止"
)


def read_repeals(document: Document, outline: Outline) -> tuple[Repeal, ...]:
    """Read which documents the clauses of this one repeal."""
    found: list[Repeal] = []
    for clause in outline:
        by = Address(document.id, clause.path)
        for match in _repealed(clause):
            number = normal_number(match["number"]) if match["number"] else None
            found.append(Repeal(match["title"], number, by))
    return tuple(dict.fromkeys(found))


def _repealed(clause: Clause) -> Iterator[re.Match[str]]:
    """The documents that a clause repeals, or that it lists under a heading which does."""
    if clause.headings and _HEADS.search(clause.headings[-1]):
        if match := _EACH.match(clause.text):
            yield match
    elif "废止" in clause.text:
        for repeal in (*_REPEAL.finditer(clause.text), *_REPEALS.finditer(clause.text)):
            yield from _EACH.finditer(repeal[0])


def apply_repeals(documents: dict[str, Document]) -> None:
    """Mark documents that another one of the same corpus repeals, from the day it is in force."""
    named = named_by(documents)
    for by in list(documents.values()):
        for repeal in by.repeals:
            for name in named(repeal.title, repeal.doc_number):
                _repeal(documents, by, name, repeal.by)


def named_by(documents: Mapping[str, Document]) -> Callable[[str, str | None], list[str]]:
    """Return what finds the documents that a title and a 文号 name: the 文号 decides, if known."""
    numbers: dict[str, list[str]] = {}
    titles: dict[str, list[str]] = {}
    for document in documents.values():
        if document.doc_number:
            numbers.setdefault(document.doc_number, []).append(document.id)
        for title in document.titles:
            titles.setdefault(title, []).append(document.id)

    def named(title: str, doc_number: str | None) -> list[str]:
        alike = titles.get(title, [])
        if not doc_number:
            return list(alike)
        known = [name for name in alike if not documents[name].doc_number]
        return [*numbers.get(doc_number, ()), *known]

    return named


def _repeal(documents: dict[str, Document], by: Document, name: str, clause: Address) -> None:
    document = documents[name]
    # A newer version bears the title of the one it repeals, and does not repeal itself or what follows.
    later = bool(document.issued and by.issued and document.issued > by.issued)
    if name == by.id or later or document.term.repealed is not None:
        return
    term = replace(
        document.term,
        repealed=by.term.start or by.issued,
        basis=(*document.term.basis, clause),
        note=f"被《{by.title}》废止",
    )
    documents[name] = replace(document, term=term)
