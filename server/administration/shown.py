"""Drafts and generations as the API and the pages show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from corpus.document import Document
from indexer.clause_index import ClauseIndex
from indexer.codec import decode_document
from indexer.index_folder import Generation, generations, read_titles
from indexer.sources import Listing, read_listing
from server.administration.drafts import Drafts
from server.administration.found import SEVERITIES, weighed
from server.present import document_json

__all__ = ["draft_json", "generations_json"]

Json = dict[str, Any]
_FIELDS = (
    "title", "titles", "doc_number", "issuers", "area", "issued", "published", "kind", "authority",
    "explains", "validity",
)  # fmt: skip


def draft_json(draft: Json, index: ClauseIndex, drafts: Drafts) -> Json:
    """A draft with what was read of it, what is wrong with it, and what is held already."""
    document = decode_document(draft["document"])
    read = document_json(document, date.today())
    findings = weighed(draft["findings"])
    counts = Counter(finding["severity"] for finding in findings)
    made = datetime.fromisoformat(draft["made"])
    own = {name: draft[name] for name in ("id", "file", "size", "sha256", "made")}
    return own | {
        "expires": (made + timedelta(days=drafts.days)).isoformat(timespec="seconds"),
        "document": document.id,
        **{name: read[name] for name in _FIELDS},
        "clauses": draft["clauses"],
        "outline": draft["outline"],
        "findings": findings,
        "counts": {severity: counts[severity] for severity in SEVERITIES},
        "duplicates": list(_held(document, index)),
    }


def _held(document: Document, index: ClauseIndex) -> Iterator[Json]:
    """Documents of the library that are this one, or other versions of it; each once."""
    number = document.doc_number
    same = index.names.by_number.get(number, ()) if number else ()
    versions = index.names.versions(document)
    for held in index.documents:
        if held.source.sha256 == document.source.sha256:
            reason = "content"
        elif held.id in same:
            reason = "doc_number"
        elif held.id in versions or (held.title == document.title and held.title):
            reason = "title"
        else:
            continue
        yield {
            "document": held.id,
            "title": f"《{held.title}》",
            "doc_number": held.doc_number,
            "reason": reason,
        }


def generations_json(folder: Path, served: Path) -> list[Json]:
    """The generations of an index, the latest first, each with what going back to it would change."""
    found = generations(folder)
    current = next((one for one in found if one.current), None)
    present = read_listing(current.folder) if current else None
    return [_generation_json(one, served, current, present) for one in found]


def _generation_json(
    one: Generation, served: Path, current: Generation | None, present: Listing | None
) -> Json:
    listing, manifest = read_listing(one.folder), one.manifest
    shown: Json = {
        "id": one.name,
        "built": manifest.built,
        "documents": manifest.documents,
        "clauses": manifest.clauses,
        "embedder": manifest.embedder,
        "current": one.current,
        "served": one.folder == served,
        "restorable": not one.current and listing is not None and present is not None,
        "returning": [], "leaving": [], "changing": [],
    }  # fmt: skip
    if one.current or listing is None or present is None or current is None:
        return shown
    then = {d.id: d.sha256 for d in listing.documents}
    now = {d.id: d.sha256 for d in present.documents}
    if then != now:
        titles = read_titles(current.folder) | read_titles(one.folder)
        shown |= {
            "returning": _named(then.keys() - now.keys(), titles),
            "leaving": _named(now.keys() - then.keys(), titles),
            "changing": _named({n for n in then.keys() & now.keys() if then[n] != now[n]}, titles),
        }
    return shown


def _named(names: set[str], titles: dict[str, tuple[str, ...]]) -> list[Json]:
    return [
        {"document": name, "title": f"《{titles[name][0]}》" if name in titles else None}
        for name in sorted(names)
    ]
