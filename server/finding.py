"""Documents and measures found by their names and words, where a library has too many to list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from corpus.document import Document
from corpus.errors import AbsentError, InputError
from indexer.clause_index import ClauseIndex
from indexer.docnumbers import normal_number
from indexer.entitlements import Entitlement
from server.calculating import can_be_calculated
from server.entitlements import speaks_of, words_of_row
from server.picked import names_of_document, row_named
from server.shelves import named

__all__ = [
    "MOST_DOCUMENTS",
    "MOST_FOUND",
    "documents_found",
    "documents_named",
    "label_of",
    "measures_found",
    "normative",
    "one_document",
    "short_name",
]

Json = dict[str, Any]

#: So many documents, and measures, are offered as a list; of more, those that some words find.
MOST_DOCUMENTS, MOST_MEASURES = 100, 300
#: How many of those found are offered.
MOST_FOUND, _MEASURES = 20, 60
#: A measure in a list is named by so many characters at most.
_NAME = 44


def normative(index: ClauseIndex) -> list[Document]:
    """The documents that measures can be of."""
    return [document for document in index.documents if document.authority == "normative"]


def label_of(document: Document) -> str:
    """A document as it is offered: its title, told apart by its number, else by its day."""
    apart = document.doc_number or (document.issued.isoformat() if document.issued else "")
    return f"《{document.title}》（{apart}）" if apart else f"《{document.title}》"


def documents_named(index: ClauseIndex, text: str) -> list[Document]:
    """The one document of an id, a 文号 or a label, else all whose names hold some words."""
    name, number = text.strip(), normal_number(text)
    for document in index.documents:
        known = (document.id, label_of(document))
        if name in known or (number and document.doc_number == number):
            return [document]
    return named(index.documents, name)


def one_document(index: ClauseIndex, text: str) -> str:
    """The id of the one document that a text names; an error where it is none, or several."""
    found = documents_named(index, text)
    if not found:
        raise AbsentError(f"库内没有这份文件 / no such document: {text[:80]!r}", field="document")
    if len(found) > 1:
        raise InputError(
            f"有 {len(found)} 份文件的名称含“{text[:40]}”，请写明是哪一份 / "
            f"{len(found)} documents are named so, say which",
            field="document",
        )
    return found[0].id


def documents_found(
    documents: Sequence[Document], words: str, chosen: Collection[str]
) -> tuple[list[Document], int]:
    """What a list offers: all documents, or of many those chosen and found; and how many fit."""
    if len(documents) <= MOST_DOCUMENTS:
        return list(documents), len(documents)
    kept = [document for document in documents if document.id in chosen]
    found = [d for d in named(documents, words) if d.id not in chosen] if words.strip() else []
    return kept + found[:MOST_FOUND], len(found)


def measures_found(
    index: ClauseIndex, words: str, chosen: Collection[str], only_sums: bool = False
) -> tuple[list[Json], int | None]:
    """The measures that a list offers, by document: all, or of many those chosen and found.

    With the number that the words find, None where all are listed. A measure is found where its
    own words and the names of its document hold all of them.
    """
    documents = normative(index)
    count = sum(len(index.entitlements[document.id]) for document in documents)
    if count <= MOST_MEASURES:
        every = [(d, list(_named(index, d, only_sums))) for d in documents]
        return [_offered(d, rows) for d, rows in every if rows], None
    found, offered = 0, dict[str, list[tuple[str, Entitlement]]]()
    for name in dict.fromkeys(chosen):
        offered.setdefault(name.partition("#")[0], []).append((name, row_named(index, name)))
    for document in documents if words.strip() else ():
        rest = [word for word in words.split() if not named([document], word)]
        for name, row in _named(index, document, only_sums):
            if speaks_of(words_of_row(row), " ".join(rest)):
                found += 1
                if found <= _MEASURES and name not in chosen:
                    offered.setdefault(document.id, []).append((name, row))
    return [_offered(index.document(name), rows) for name, rows in offered.items()], found


def _named(
    index: ClauseIndex, document: Document, only_sums: bool
) -> Iterator[tuple[str, Entitlement]]:
    for name, row in names_of_document(index, document.id):
        if (row.event or row.name) and (not only_sums or can_be_calculated(row)):
            yield name, row


def _offered(document: Document, rows: Sequence[tuple[str, Entitlement]]) -> Json:
    return {
        "id": document.id,
        "name": f"{document.area or ''} {document.doc_number or document.title}".strip(),
        "measures": [{"name": name, "text": short_name(row)} for name, row in rows],
    }


def short_name(row: Entitlement) -> str:
    """A measure in one line: its occasion; what tells it apart stands at both ends."""
    text = "，".join("".join(span.text.split()) for span in row.event)
    text = text or (row.name.text if row.name else "")
    text = text.lstrip("、，；")
    half = _NAME // 2
    return text if len(text) <= _NAME else f"{text[:half]}…{text[-half:]}"
