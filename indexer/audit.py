"""Find what is wrong with a source, without labels: official numbers run 1, 2, 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from corpus.address import ClausePath
from corpus.document import Document
from corpus.outline import Clause, Finding, Outline
from corpus.wording import label

__all__ = ["audit"]


def audit(document: Document, outline: Outline) -> tuple[Finding, ...]:
    """Return all findings on a document, those of its reading first."""
    checks = (_numbering(outline), _empty(outline), _metadata(document))
    known = {(f.kind, f.detail) for f in outline.findings}
    fresh = (f for check in checks for f in check if (f.kind, f.detail) not in known)
    return (*outline.findings, *fresh)


def _numbering(outline: Outline) -> Iterator[Finding]:
    gaps_known = any(f.kind == "gap" for f in outline.findings)
    last: dict[tuple[ClausePath | None, str], int] = defaultdict(int)
    for clause in outline:
        step = clause.path.steps[-1]
        if step.rank not in ("art", "sec", "item", "num"):
            continue
        key = (clause.path.parent, step.rank)
        before, last[key] = last[key], step.number
        place = {"path": clause.path, "page": clause.page, "line": clause.line}
        if step.number > before + 1 and not gaps_known:
            missing = before + 1 if before + 2 == step.number else f"{before + 1}—{step.number - 1}"
            yield Finding("gap", f"{label(clause.path)}之前缺号：{missing}", **place)  # type: ignore[arg-type]
        elif step.number < before or (step.number == before and not step.branch):
            yield Finding("out_of_order", f"{label(clause.path)}排在{before}之后", **place)  # type: ignore[arg-type]


def _empty(outline: Outline) -> Iterator[Finding]:
    for clause in outline:
        if clause.kind not in ("article", "item") or clause.title:
            continue
        if not outline.text(clause.path).strip():
            yield _at(clause, "empty", f"{label(clause.path)}没有内容")


def _metadata(document: Document) -> Iterator[Finding]:
    wanted = {"title": "标题", "issued": "成文日期"}
    if document.authority == "normative":
        wanted |= {"doc_number": "发文字号", "issuers": "发文机关"}
    for name, word in wanted.items():
        if not getattr(document, name):
            yield Finding("missing_metadata", f"未找到{word} / no {name} found")


def _at(clause: Clause, kind: str, detail: str) -> Finding:
    return Finding(kind, detail, clause.path, clause.page, clause.line)
