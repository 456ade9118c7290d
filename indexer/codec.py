"""Readings to JSON lines and back, for the index folder."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from corpus.address import Address, ClausePath
from corpus.document import Document, Source, Term
from corpus.outline import Clause, Finding, Outline
from indexer.read import Reading

__all__ = ["decode_reading", "encode_reading"]


def encode_reading(reading: Reading) -> dict[str, Any]:
    """Turn a reading into plain JSON values."""
    return {
        "document": _plain(reading.document),
        "scheme": reading.outline.scheme,
        "clauses": [_plain(clause) for clause in reading.outline.clauses],
        "findings": [_plain(finding) for finding in reading.outline.findings],
        "remarks": reading.remarks,
    }


def decode_reading(values: dict[str, Any]) -> Reading:
    """Turn the JSON values of encode_reading back into a reading."""
    document = dict(values["document"])
    term = dict(document.pop("term"))
    term |= {name: _date(term[name]) for name in ("start", "end", "repealed")}
    term["basis"] = tuple(Address.parse(address) for address in term["basis"])
    return Reading(
        Document(
            **document
            | {
                "source": Source(**document["source"]),
                "titles": tuple(document["titles"]),
                "issuers": tuple(document["issuers"]),
                "issued": _date(document["issued"]),
                "published": _date(document["published"]),
                "term": Term(**term),
            }
        ),
        Outline(
            tuple(
                Clause(**_pathed(c) | {"headings": tuple(c["headings"])}) for c in values["clauses"]
            ),
            tuple(Finding(**_pathed(f)) for f in values["findings"]),
            values["scheme"],
        ),
        values["remarks"],
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Address | ClausePath):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    return value


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _pathed(values: dict[str, Any]) -> dict[str, Any]:
    path = values["path"]
    return values | {"path": ClausePath.parse(path) if path else None}
