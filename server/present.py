"""The JSON of the public interface, from our types: one function a shape."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as quoted

from corpus.address import Address, ClausePath
from corpus.charge import read_charge
from corpus.document import Document
from corpus.outline import Clause, Finding, Outline
from corpus.references import Library, references
from corpus.wording import label
from indexer.readings import Reading
from retriever.fusion import bundled_weights, highest
from retriever.query import Hit, Retrieval

if TYPE_CHECKING:
    # A command that only reads a file needs no index.
    from indexer.clause_index import ClauseIndex

__all__ = [
    "clause_json",
    "document_json",
    "document_url",
    "finding_json",
    "outline_clause_json",
    "outline_json",
    "search_json",
    "validity_json",
]

Json = dict[str, Any]


def validity_json(document: Document, as_of: date) -> Json:
    """Status and span of a document on a day, with the clauses that say so."""
    validity = document.validity(as_of)
    end = document.term.repealed or document.term.end
    return {
        "status": validity.status,
        "from": _iso(document.term.start),
        "to": _iso(end),
        "basis": [str(address) for address in document.term.basis],
        "note": document.term.note,
    }


def document_json(document: Document, as_of: date) -> Json:
    """One row of the catalogue."""
    return _metadata(document) | {
        "title": f"《{document.title}》",
        "validity": validity_json(document, as_of),
        "source": {
            "file": document.source.file,
            "sha256": document.source.sha256,
            "url": document.source.url,
        },
        "changes": _changes_json(document),
        "url": document_url(document.id),
    }


def _changes_json(document: Document, path: ClausePath | None = None) -> list[Json]:
    """What other documents changed in this one, or in one clause of it."""
    return [
        {
            "address": str(Address(document.id, change.path)),
            "label": label(change.path),
            "kind": change.kind,
            "by": str(change.by),
            "since": _iso(change.since),
            "until": _iso(change.until),
        }
        for change in document.changes
        if path is None or change.touches(path)
    ]


def _metadata(document: Document) -> Json:
    return {
        "id": document.id,
        "title": document.title,
        "titles": list(document.titles),
        "doc_number": document.doc_number,
        "issuers": list(document.issuers),
        "area": document.area,
        "issued": _iso(document.issued),
        "published": _iso(document.published),
        "kind": document.kind,
        "authority": document.authority,
        "addressees": list(document.addressees),
        "explains": document.explains,
        "repeals": [
            {"title": r.title, "doc_number": r.doc_number, "by": str(r.by)}
            for r in document.repeals
        ],
    }


def _term_json(document: Document) -> Json:
    """What a document's own clauses say of its term, before it is judged on a day."""
    term = document.term
    return {
        "from": _iso(term.start),
        "to": _iso(term.end),
        "repealed": _iso(term.repealed),
        "basis": [str(address) for address in term.basis],
        "note": term.note,
    }


def document_url(document: str, path: str | None = None) -> str:
    """The page of a document, or the place of a clause on it."""
    return f"/documents/{quoted(document, safe='')}" + (f"#{path}" if path else "")


def outline_json(reading: Reading, file: str | None = None) -> Json:
    """The outline of one document, as ``tiaowen parse`` prints it."""
    document, outline = reading.document, reading.outline
    clauses = [
        outline_clause_json(document.id, clause)
        | {"references": _references_json(document.id, clause, outline)}
        for clause in outline
    ]
    return {
        "file": file or document.source.file,
        "document": _metadata(document) | {"term": _term_json(document)},
        "scheme": outline.scheme,
        "clauses": clauses,
        "findings": [finding_json(document.id, finding) for finding in outline.findings],
        "remarks": reading.remarks,
    }


def outline_clause_json(document: str, clause: Clause) -> Json:
    """One clause of an outline: its own words only.

    ``boxes`` are where it stands, as fractions of the page from the top left; ``metadata`` are
    the labelled facts of a guide's measure; ``ocr`` is the confidence of recognised text.
    """
    # The label of a guide's cell (责任单位) says what the names in it are.
    spoken = f"{clause.title}：{clause.text}" if clause.title else clause.text
    charge = read_charge(spoken)
    return {
        "address": str(Address(document, clause.path)),
        "path": str(clause.path),
        "label": label(clause.path),
        "kind": clause.kind,
        "title": clause.title,
        "marker": clause.marker,
        "headings": list(clause.headings),
        "text": clause.text,
        "page": clause.page,
        "line": clause.line,
        "boxes": [
            {"page": b.page, "box": [round(n, 4) for n in (b.left, b.top, b.right, b.bottom)]}
            for b in clause.boxes
        ],
        "ocr": clause.ocr,
        "metadata": dict(clause.details),
        "lead_units": list(charge.lead),
        "responsible_units": list(charge.responsible),
    }


def _references_json(
    document: str, clause: Clause, outline: Outline, library: Library | None = None
) -> list[Json]:
    """What a clause refers to; the address is null where the corpus does not hold it."""
    here = Address(document, clause.path)
    return [
        {
            "text": reference.words,
            "document": reference.document,
            "address": str(reference.address) if reference.address else None,
        }
        for reference in references(clause.text, here, outline, library)
    ]


def finding_json(document: str, finding: Finding) -> Json:
    """One finding, with its address where it has one."""
    return {
        "kind": finding.kind,
        "detail": finding.detail,
        "address": str(Address(document, finding.path)) if finding.path else None,
        "page": finding.page,
        "line": finding.line,
    }


def clause_json(index: ClauseIndex, address: Address, as_of: date) -> Json:
    """One clause, whole, with what stands above it and beneath it."""
    reading, clause = index.clause(address)
    outline = reading.outline
    parts = [part for part in outline.under(address.path) if part.path != address.path]
    return {
        "address": str(address),
        "document": address.document,
        "title": f"《{reading.document.title}》",
        "doc_number": reading.document.doc_number,
        "label": label(address.path),
        "kind": clause.kind,
        "headings": list(clause.headings),
        "text": outline.text(address.path),
        "parts": [outline_clause_json(address.document, part) for part in parts],
        "references": _references_json(address.document, clause, outline, index.named),
        "page": clause.page,
        "boxes": outline_clause_json(address.document, clause)["boxes"],
        "authority": reading.document.authority,
        "area": reading.document.area,
        "validity": validity_json(reading.document, as_of),
        "changes": _changes_json(reading.document, address.path),
        "url": document_url(address.document, str(address.path)),
    }


def search_json(retrieval: Retrieval, index: ClauseIndex, took_ms: float) -> Json:
    """Ranked clauses of a search."""
    as_of = retrieval.query.as_of
    hits = [_hit_json(rank, hit, index, as_of) for rank, hit in enumerate(retrieval.hits, 1)]
    return {
        "query": retrieval.query.text,
        "as_of": as_of.isoformat(),
        "hits": hits,
        "took_ms": took_ms,
    }


def _hit_json(rank: int, hit: Hit, index: ClauseIndex, as_of: date) -> Json:
    address = hit.passage.address
    reading, clause = index.clause(address)
    return {
        "rank": rank,
        "score": round(max(0.0, hit.score / highest(bundled_weights())), 4),
        "address": str(address),
        "document": address.document,
        "title": f"《{reading.document.title}》",
        "doc_number": reading.document.doc_number,
        "label": label(address.path),
        "headings": list(clause.headings),
        "text": hit.passage.text,
        "page": clause.page,
        "authority": reading.document.authority,
        "area": reading.document.area,
        "validity": validity_json(reading.document, as_of),
        "changes": _changes_json(reading.document, address.path),
        "found_by": list(hit.found_by),
        "url": document_url(address.document, str(address.path)),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
