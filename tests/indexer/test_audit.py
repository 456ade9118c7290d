"""Findings on a source: gaps, disorder, empty clauses, missing metadata."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.document import Document, Source
from corpus.outline import Outline
from indexer.audit import audit
from indexer.readings import Reading

OutlineOf = Callable[[str], Outline]

WHOLE = Document(
    "a", "办法", Source("a.txt", "0"), (), "甲发〔2024〕1号", ("甲局",), issued=date(2024, 1, 2)
)


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        pytest.param("第一条 甲。\n第二条 乙。", [], id="in-order"),
        pytest.param("第一条 甲。\n第三条 乙。", [("gap", "art3", "2")], id="one-missing"),
        pytest.param("第一条 甲。\n第五条 乙。", [("gap", "art5", "2—4")], id="several-missing"),
        pytest.param("第二条 甲。\n第三条 乙。", [("gap", "art2", "1")], id="first-missing"),
        pytest.param(
            "第一条 甲。\n第三条 乙。\n第二条 丙。",
            [("gap", "art3", "2"), ("out_of_order", "art2", "3")],
            id="out-of-order",
        ),
        pytest.param("第一条 甲。\n第一条之一 乙。\n第二条 丙。", [], id="branch-is-no-gap"),
        pytest.param(
            "第一条 甲：\n（一）乙；\n（三）丙。\n第二条 丁。",
            [("gap", "art1.item3", "2")],
            id="item-missing",
        ),
        pytest.param(
            "第一条 甲：\n（一）乙；\n（二）丙。\n第二条 丁：\n（一）戊；\n（二）己。",
            [],
            id="items-start-anew",
        ),
        pytest.param("第一条\n第二条 乙。", [("empty", "art1", "没有内容")], id="empty-article"),
    ],
)
def test_numbering(outline_of: OutlineOf, text: str, findings: list[tuple[str, str, str]]):
    found = audit(WHOLE, outline_of(text))
    assert [(f.kind, str(f.path)) for f in found] == [(kind, path) for kind, path, _ in findings]
    for finding, (_, path, words) in zip(found, findings, strict=True):
        assert words in finding.detail
        line = text.split("\n")[(finding.line or 0) - 1]
        assert line.startswith(("第", "（")) and path


@pytest.mark.parametrize(
    ("document", "missing"),
    [
        pytest.param(WHOLE, [], id="whole"),
        pytest.param(
            Document("a", "办法", Source("a.txt", "0")),
            ["成文日期", "发文字号", "发文机关"],
            id="normative",
        ),
        pytest.param(
            Document("a", "报道", Source("a.txt", "0"), authority="informational"),
            ["成文日期"],
            id="news-has-no-number",
        ),
    ],
)
def test_missing_metadata(outline_of: OutlineOf, document: Document, missing: list[str]):
    found = audit(document, outline_of("第一条 甲。\n第二条 乙。"))
    assert [f.kind for f in found] == ["missing_metadata"] * len(missing)
    assert all(word in f.detail for word, f in zip(missing, found, strict=True))


@pytest.mark.parametrize("name", ["cqzfb-2019-52", "cqgxq-2024-31", "cqzfb-2025-56"])
def test_sound_sources_have_no_findings(sources: dict[str, Reading], name: str):
    assert sources[name].outline.findings == ()
