"""``tiaowen index`` and ``tiaowen eval`` on a corpus of one's own, as processes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("tiaowen")
TEXT = """某市人才引进办法
某府发〔2024〕1号
第一条 为了引进人才，制定本办法。
第二条 对入选的领军人才给予100万元奖励。
第三条 对租用人才公寓的给予每月2000元补贴。
"""
GOLD = [
    {
        "id": "t1",
        "question": "入选的领军人才奖励多少？",
        "type": "single_fact",
        "expect": {"status": "answered", "addresses": ["talent#art2"], "facts": [["100万元"]]},
    },
    {
        "id": "t2",
        "question": "上海张江的补贴",
        "type": "refuse",
        "expect": {"status": "refused", "addresses": [], "facts": []},
    },
]


def tiaowen(*arguments: object) -> dict:
    done = subprocess.run(
        [COMMAND, *map(str, arguments), "--json"],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "talent.txt").write_text(TEXT, "utf-8")
    lines = (json.dumps(question, ensure_ascii=False) for question in GOLD)
    (folder / "gold.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


# The default model is set up by then: a process that did so would not be quiet.
@pytest.fixture(scope="module")
def built(assistant, home: Path) -> dict:
    return tiaowen("index", home / "corpus", "--out", home / "index")


def test_the_first_run_builds_the_index(home: Path, built: dict) -> None:
    assert (built["documents"], built["clauses"]) == (1, 3)
    assert built["embedded"] >= built["clauses"]
    assert built["changed"] is True
    assert built["skipped"] == []
    assert Path(built["folder"]).is_relative_to(home / "index")


def test_the_second_run_changes_nothing(home: Path, built: dict) -> None:
    again = tiaowen("index", home / "corpus", "--out", home / "index")
    assert (again["changed"], again["embedded"]) == (False, 0)
    assert (again["documents"], again["clauses"]) == (built["documents"], built["clauses"])


def test_a_gold_set_is_run_over_it(home: Path, built: dict) -> None:
    report = home / "report"
    result = tiaowen("eval", home / "gold.jsonl", "--index", home / "index", "--report", report)
    assert set(result) == {"summary", "by_type", "fingerprints"}
    summary = result["summary"]
    assert (summary["questions"], summary["errors"]) == (2, 0)
    assert summary["status_accuracy"] == summary["citation_recall"] == 1.0
    assert set(result["by_type"]) == {"single_fact", "refuse"}
    files = {path.name for path in report.rglob("*") if path.is_file()}
    assert "outcomes.jsonl" in files
