"""Measures of support as the rows of a table: chosen by place, stage and subject, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from corpus.charge import read_charge
from corpus.document import Authority, Document
from corpus.errors import InputError
from corpus.outline import Outline
from corpus.wording import label, reference
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY
from server.notes import stacking_rules
from server.present import document_url, validity_json
from server.present_answer import number
from server.sums.facets import facets_of
from server.sums.facts import COUNTED

__all__ = [
    "Wanted",
    "entitlement_json",
    "entitlements_json",
    "most_of",
    "rows_wanted",
    "speaks_of",
    "words_of_row",
]

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which measures are asked for; None is no limit.

    ``stage`` is one of clinical research (I期, 临床前), written as anybody writes it; ``subject``
    words of who is supported or what for; ``at_least`` 元 that ``most_of`` a measure must reach;
    ``in_force`` the day on which a document must not be over or still to come.
    """

    documents: frozenset[str] | None = None
    area: str | None = None
    stage: str | None = None
    subject: str | None = None
    authority: Authority | None = "normative"
    at_least: Decimal | None = None
    in_force: date | None = None


def rows_wanted(index: ClauseIndex, wanted: Wanted) -> Iterator[Entitlement]:
    """The measures of the index that fit, in the order of its documents and clauses."""
    stages = _stage(wanted.stage)
    for document in index.documents:
        if wanted.documents is not None and document.id not in wanted.documents:
            continue
        if wanted.area not in (None, document.area):
            continue
        if wanted.authority not in (None, document.authority):
            continue
        if wanted.in_force and not _holds_on(document, wanted.in_force):
            continue
        for row in index.entitlements[document.id]:
            text = words_of_row(row)
            if stages and facets_of(text).get("stage", frozenset()).isdisjoint(stages):
                continue
            if wanted.at_least is not None and (most_of(row) or 0) < wanted.at_least:
                continue
            if wanted.subject is None or speaks_of(text, wanted.subject):
                yield row


def most_of(row: Entitlement) -> Decimal | None:
    """The highest amount or cap in 元 that the clause states for one thing, else for one recipient.

    Amounts for each square metre or month are none: what they come to is not stated.
    """
    own = [cap.quantity for cap in row.caps if cap.scope == "item"]
    own += [row.amount] if row.amount else []
    whole = [cap.quantity for cap in row.caps if cap.scope == "recipient"]
    money = [[q.value for q in found if _is_money(q.unit)] for found in (own, whole)]
    return max(money[0] or money[1], default=None)


def _is_money(unit: str) -> bool:
    name, _, each = unit.partition("/")
    return name == MONEY and (not each or each in COUNTED)


def _holds_on(document: Document, day: date) -> bool:
    """Whether a document is in force on a day, as far as its text tells."""
    return document.validity(day).status in ("in_force", "unknown")


def entitlements_json(index: ClauseIndex, wanted: Wanted, as_of: date) -> Json:
    """The table: its rows, and the day that validity is judged for."""
    rows = [entitlement_json(index, row, as_of) for row in rows_wanted(index, wanted)]
    return {"as_of": as_of.isoformat(), "count": len(rows), "entitlements": rows}


def entitlement_json(index: ClauseIndex, row: Entitlement, as_of: date) -> Json:
    """One measure. Texts are as they stand in the clause; values are in 元, %, 年."""
    reading, clause = index.clause(row.address)
    document = reading.document
    return {
        "address": str(row.address),
        "document": document.id,
        "title": f"《{document.title}》",
        "doc_number": document.doc_number,
        "label": label(row.address.path),
        "headings": list(clause.headings),
        "area": document.area,
        "authority": document.authority,
        **_fields_json(row),
        "stacking": [
            {"text": text, "address": str(address)}
            for address, text in stacking_rules(index, document.id)
        ],
        "responsible_unit": _in_charge(row, reading.outline),
        "unread": list(row.unread),
        "spans": _spans(row),
        "text": reading.outline.text(row.address.path),
        "reference": reference(document.title, document.doc_number, row.address.path),
        "validity": validity_json(document, as_of),
        "url": document_url(document.id, str(row.address.path)),
    }


def _fields_json(row: Entitlement) -> Json:
    """What was read of a measure: texts as they stand, figures with their values."""
    return _limits_json(row) | {
        "event": _joined(row.event),
        "subject": row.subject and row.subject.text,
        "condition": _joined([*row.conditions, *(b.of for b in row.bounds if b.of)]),
        "conditions": [span.text for span in row.conditions],
        "thresholds": [
            {"of": b.of and b.of.text, "relation": b.relation} | _quantity_json(b.quantity)
            for b in row.bounds
        ],
        "form": row.form and row.form.text,
        "name": row.name and row.name.text,
        "base": row.base and row.base.text,
        "rate": row.rate and _quantity_json(row.rate),
        "amount": row.amount and _quantity_json(row.amount),
        "each": row.each and row.each.text,
        "at_most": row.at_most,
        "frequency": row.frequency and row.frequency.text,
        "years": row.years and _quantity_json(row.years),
        "deductions": [span.text for span in row.deductions],
        "exclusions": [span.text for span in row.exclusions],
    }


def _limits_json(row: Entitlement) -> Json:
    """The figures that come in lists: tiers, caps, increments."""
    return {
        "tiers": [
            {
                "from": tier.low and _quantity_json(tier.low),
                "to": tier.high and _quantity_json(tier.high),
                "rate": _quantity_json(tier.rate),
            }
            for tier in row.tiers
        ],
        "cap": "；".join(_unspaced(cap.quantity.span.text) for cap in row.caps) or None,
        "caps": [
            _quantity_json(cap.quantity)
            | {"scope": cap.scope, "yearly": cap.yearly, "address": str(cap.quantity.span.address)}
            for cap in row.caps
        ],
        "increments": [
            {"event": _joined(i.event)} | _quantity_json(i.amount) for i in row.increments
        ],
    }


def _spans(row: Entitlement) -> dict[str, list[Json]]:
    """Where the fields were read: characters of the clause's own text."""
    fields: dict[str, Sequence[Span | None]] = {
        "event": row.event,
        "subject": [row.subject],
        "conditions": row.conditions,
        "form": [row.form],
        "base": [row.base],
        "rate": [row.rate.span if row.rate else None],
        "amount": [row.amount.span if row.amount else None],
        "caps": [cap.quantity.span for cap in row.caps],
    }
    return {
        name: [
            {"address": str(s.address), "start": s.start, "end": s.end, "text": s.text}
            for s in spans
            if s
        ]
        for name, spans in fields.items()
        if any(spans)
    }


def _quantity_json(quantity: Quantity) -> Json:
    """A figure as it stands, and its value in its unit; ``low`` is a range's lower end."""
    return {
        "text": _unspaced(quantity.span.text),
        "value": number(quantity.value),
        "low": None if quantity.low is None else number(quantity.low),
        "unit": quantity.unit,
    }


def _in_charge(row: Entitlement, outline: Outline) -> Json:
    """The units in charge that the clause, or one above it, names."""
    path = row.address.path
    while True:
        charge = read_charge(outline[path].text) if path in outline else read_charge("")
        if charge.lead or charge.responsible or path.parent is None:
            return {"lead": list(charge.lead), "responsible": list(charge.responsible)}
        path = path.parent


def _stage(text: str | None) -> frozenset[str]:
    if text is None or not text.strip():
        return frozenset()
    stages = facets_of(text).get("stage")
    if not stages:
        raise InputError(
            f"阶段有误，应为 临床前、I期、II期、III期 或 IV期 / no stage of clinical research: {text[:40]!r}",
            field="stage",
        )
    return stages


def words_of_row(row: Entitlement) -> str:
    """What a measure is for, for whom and of what, in its own words."""
    spans = [*row.event, row.subject, row.base, row.name]
    return " ".join(span.text for span in spans if span)


def speaks_of(text: str, words: str) -> bool:
    """Whether a measure speaks of all of some words."""
    return all(word in text for word in words.split())


def _joined(spans: Sequence[Span]) -> str | None:
    return "，".join(dict.fromkeys(span.text for span in spans)) or None


def _unspaced(text: str) -> str:
    return "".join(text.split())
