"""Official texts as DOCX: articles, headings and items as their truth says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from corpus.outline import Clause, Outline
from indexer.read import entry_of_file, read_source

LAWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "flk-docx"
REAL = LAWS.parent / "real-files" / "docx"
SAMPLE = 25
#: Read beside the sample: a heading over a soft break, 分编, an article before any chapter.
ODD = ("国际刑事司法协助法", "民法典", "全国人民代表大会议事规则")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def differences(outline: Outline, law: dict[str, Any]) -> list[str]:
    """What of a law was read otherwise than its truth says."""
    articles = {squeezed(clause.marker): clause for clause in outline.articles}
    if [squeezed(c.marker) for c in outline.articles] != law["article_numbers"]:
        return [f"articles: {len(articles)} of {law['n_articles']}"]
    return [
        f"{truth['no']}: {wrong}"
        for truth in law["articles"]
        if (wrong := difference(outline, articles[truth["no"]], truth))
    ]


def difference(outline: Outline, clause: Clause, truth: dict[str, Any]) -> str:
    above = clause.headings[:-1] if clause.title else clause.headings
    under = outline.under(clause.path)
    items = [c.marker for c in under if c.path.steps[-1].rank == "item"]
    # The truth knows numbered headings only; 附则 of a code has none.
    unnumbered = above == ("附则",)
    if not unnumbered and list(map(squeezed, above)) != list(map(squeezed, truth["path"])):
        return f"under {above}, not {truth['path']}"
    if items != truth["items"]:
        return f"items {items}, not {truth['items']}"
    text = squeezed((clause.title or "") + outline.text(clause.path))
    if not text.startswith(squeezed(truth["head"])):
        return f"begins {text[:30]}"
    # The truth counts annexes and notes behind the last article as its end.
    last = clause is outline.articles[-1]
    tail = squeezed(truth["tail"]).removesuffix("附则")
    return "" if last or text.endswith(tail) else f"ends {text[-30:]}"


@pytest.mark.skipif(not LAWS.is_dir(), reason=f"the laws are not at {LAWS}")
def test_laws_are_read_as_they_are():
    laws = json.loads((LAWS / "truth.json").read_text("utf-8"))
    plain = [law for law in laws if law["articles"] and not (law["tables"] or law["notes"][1:])]
    sample = plain[3 :: len(plain) // SAMPLE][:SAMPLE]
    sample += [law for law in laws if any(name in law["id"] for name in ODD)]
    wrong = {}
    for law in sample:
        outline = read_source(entry_of_file(LAWS / law["docx"])).outline
        if found := differences(outline, law):
            wrong[law["id"]] = found[:3]
    assert len(sample) >= SAMPLE
    assert not wrong


@pytest.mark.skipif(not REAL.is_dir(), reason=f"the files are not at {REAL}")
def test_real_files_hold_their_articles():
    lines = (REAL.parent / "manifest.tsv").read_text("utf-8").splitlines()
    wanted = {
        name.removeprefix("docx/"): int(match[1])
        for name, *_, expected, _ in (line.split("\t") for line in lines[1:])
        if name.startswith("docx/") and (match := re.match(r"(\d+) articles", expected))
    }
    assert len(wanted) >= 5
    found = {n: len(read_source(entry_of_file(REAL / n)).outline.articles) for n in wanted}
    assert found == wanted
