"""The outlines of the first corpus, as a person reviewed them against the sources."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.catalogue import Entry, bundled_corpus, read_catalogue
from corpus.outline import Outline
from corpus.wording import label
from indexer.clean import tidy
from indexer.read import read_source
from indexer.readings import Reading

HERE = Path(__file__).parent
ENTRIES = {entry.id: entry for entry in read_catalogue(bundled_corpus(), (".txt",))}


@pytest.fixture(scope="module")
def fresh() -> dict[str, Reading]:
    return {name: read_source(entry) for name, entry in ENTRIES.items()}


def golden(name: str) -> dict[str, Any]:
    return json.loads((HERE / f"{name}.json").read_text("utf-8"))


def test_each_source_has_its_golden():
    assert {path.stem for path in HERE.glob("*.json")} == set(ENTRIES)


@pytest.mark.parametrize("name", ENTRIES)
def test_outline_is_as_reviewed(fresh: dict[str, Reading], name: str):
    reviewed = golden(name)
    assert date.fromisoformat(reviewed["reviewed"]) and reviewed["source"] == ENTRIES[name].file
    outline = fresh[name].outline
    rows = [[str(c.path), label(c.path), c.kind, list(c.headings), c.text, c.page] for c in outline]
    for row, expected in zip(rows, reviewed["clauses"], strict=False):
        assert row == expected
    assert [row[0] for row in rows] == [row[0] for row in reviewed["clauses"]]
    assert [f"{f.kind}: {f.detail}" for f in outline.findings] == reviewed["findings"]


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", tidy(text))


def told(outline: Outline) -> str:
    """All that an outline says, each heading where it first stands, in document order."""
    words, above = "", ()
    for clause in outline:
        new = [h for i, h in enumerate(clause.headings) if above[i : i + 1] != (h,)]
        above = clause.headings
        own = clause.marker + (clause.title or "")
        # The heading of an article is its own line; it is not said twice.
        new = [h for h in new if squeeze(h) != squeeze(own)]
        inside = [h for h in new if squeeze(h) not in squeeze(words[-400:])]
        words += "".join(inside) + own + clause.text
    return squeeze(words)


#: The first and the last words of each body, notice included.
BODIES = {
    "cqzfb-2019-52": ("生物医药产业关系国计民生", "确保各项工作任务落地落实。"),
    "cqgxq-2024-31": ("第一章总则", "本办法由重庆高新区管委会负责解释。"),
    "cqzfb-2025-56": ("一、总体目标", "“从优、就高、不重复”的原则执行。"),
}


def body_of(entry: Entry, first: str, last: str) -> str:
    text = squeeze(entry.path.read_text("utf-8").replace("\n", ""))
    start = text.index(first)
    return text[start : text.index(last, start) + len(last)]


@pytest.mark.parametrize("name", BODIES)
def test_nothing_of_a_body_is_lost(fresh: dict[str, Reading], name: str):
    outline = fresh[name].outline
    notice = "".join(clause.text for clause in outline if str(clause.path) == "notice")
    assert told(outline).removeprefix(squeeze(notice)) == body_of(ENTRIES[name], *BODIES[name])


@pytest.mark.parametrize("name", BODIES)
def test_each_number_is_the_one_that_is_printed(fresh: dict[str, Reading], name: str):
    lines = ENTRIES[name].path.read_text("utf-8").split("\n")
    numbered = [clause for clause in fresh[name].outline if clause.marker]
    assert len(numbered) > 15
    for clause in numbered:
        assert lines[(clause.line or 0) - 1].strip().startswith(clause.marker)
        own = (clause.title or clause.text)[:6]
        if own:
            assert squeeze(own) in squeeze("".join(lines[(clause.line or 0) - 1 :][:2]))


@pytest.mark.parametrize("name", ENTRIES)
def test_every_clause_is_words_of_its_source(fresh: dict[str, Reading], name: str):
    source = squeeze(ENTRIES[name].path.read_text("utf-8").replace("\n", ""))
    for clause in fresh[name].outline:
        for sentence in re.findall("[^。\n]+", clause.text):
            assert squeeze(sentence) in source
