"""The JSON of an answer: its claims, citations, and the sum with its working."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from corpus.wording import label
from server.answer import Answer, Citation
from server.comparing.shown import comparison_json
from server.present import document_url, validity_json

__all__ = ["answer_json", "citation_json", "number"]

Json = dict[str, Any]


def answer_json(answer: Answer) -> Json:
    """An answer with its citations; ``id`` is given to it where it is kept."""
    trace = answer.trace
    return {
        "id": None,
        "question": answer.question,
        "as_of": answer.as_of.isoformat(),
        "status": answer.status,
        "answer": answer.text,
        "claims": [{"text": text, "citations": list(ns)} for text, ns in answer.claims],
        "citations": [citation_json(citation, answer.as_of) for citation in answer.citations],
        "calculation": _calculation_json(answer),
        "comparison": comparison_json(answer.comparison, answer.citations),
        "notes": list(answer.notes),
        "facts": [
            {"text": f.text, "kind": f.kind, "turn": f.turn, "used": f.used} for f in answer.facts
        ],
        "mode": answer.mode,
        "trace": {
            "index": trace.index,
            "embedder": trace.embedder,
            "prompt": trace.prompt,
            "model": trace.model,
            "problems": [
                {"claim": p.claim, "check": p.check, "detail": p.detail} for p in trace.problems
            ],
        },
        "took_ms": answer.took_ms,
    }


def _calculation_json(answer: Answer) -> Json | None:
    """A sum with its working; numbers are exact in ``display``, plain JSON numbers in ``result``."""
    calculation = answer.calculation
    if calculation is None:
        return None
    result = calculation.result
    return {
        "result": result if result is None else number(result),
        "unit": calculation.unit,
        "display": calculation.display,
        "steps": [
            {
                "text": step.text,
                "citations": [c.n for c in answer.citations if c.address in step.addresses],
            }
            for step in calculation.steps
        ],
        "caps": list(calculation.caps),
        "assumptions": list(calculation.assumptions),
        "missing": list(calculation.missing),
    }


def number(value: Decimal) -> int | float:
    """A value as JSON writes numbers, whole where it is."""
    return int(value) if value == value.to_integral_value() else float(value)


def citation_json(citation: Citation, as_of: date) -> Json:
    """A numbered reference with its clause."""
    document = citation.document
    return {
        "n": citation.n,
        "address": str(citation.address),
        "document": document.id,
        "title": f"《{document.title}》",
        "doc_number": document.doc_number,
        "label": label(citation.address.path),
        "headings": list(citation.passage.context[1:]),
        "quote": citation.quote,
        "text": citation.passage.text,
        "page": citation.page,
        "authority": document.authority,
        "area": document.area,
        "validity": validity_json(document, as_of),
        "url": document_url(document.id, str(citation.address.path)),
    }
