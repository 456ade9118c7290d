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
    assert {"summary", "by_type", "by_set", "intervals", "fingerprints", "run"} <= set(result)
    summary = result["summary"]
    assert (summary["questions"], summary["errors"]) == (2, 0)
    assert summary["status_accuracy"] == summary["citation_recall"] == 1.0
    assert set(result["by_type"]) == {"single_fact", "refuse"}
    assert {b["name"] for b in result["baselines"]} == {"bm25", "dense", "fixed", "langchain"}
    files = {path.name for path in report.rglob("*") if path.is_file()}
    assert files == {"run.json", "outcomes.jsonl", "report.html"}


def test_a_run_is_kept_and_another_compared_with_it(home: Path, built: dict) -> None:
    usual = ("eval", home / "gold.jsonl", "--index", home / "index")
    first = tiaowen(*usual)
    second = tiaowen(*usual, "--without", "dense", "--against", first["run"])
    assert second["variant"] == "without dense"
    assert second["comparison"]["against"] == first["run"]
    assert second["comparison"]["unpaired"] == 0


def test_variants_are_swept_into_one_table(home: Path, built: dict) -> None:
    usual = ("eval", home / "gold.jsonl", "--index", home / "index")
    rows = tiaowen(*usual, "--sweep", "without=,lexical")["sweep"]
    assert [row["variant"] for row in rows] == ["default", "without lexical"]
    assert rows[0]["difference"] == 0.0


@pytest.mark.parametrize(
    "wrong",
    [
        ("--against", "no-such-run"),
        ("--without", "luck"),
        ("--sweep", "weather=fine"),
        ("--threshold", "high"),
        ("--as-of", "soon"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_told_in_one_line(home: Path, built: dict, wrong: tuple[str, ...]) -> None:
    arguments = ["eval", home / "gold.jsonl", "--index", home / "index", *wrong]
    done = subprocess.run(
        [COMMAND, *map(str, arguments)], capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_the_linter_sets_the_status(home: Path, built: dict) -> None:
    arguments = ["eval", home / "gold.jsonl", "--index", home / "index", "--lint", "--json"]
    done = subprocess.run(
        [COMMAND, *map(str, arguments)], capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert any(r["kind"] == "type" for r in json.loads(done.stdout)["gold"])
