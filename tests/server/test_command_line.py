"""The command line, called in this process: exit status, one line on stderr, JSON on stdout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.cli import main

COMMANDS = [
    "parse", "audit", "index", "add", "remove", "search", "ask", "show", "serve", "eval", "bench",
]  # fmt: skip
TEXT = """某区管委会关于印发《某区试点办法》的通知
某管发〔2026〕3号
某区试点办法
第一条 为开展试点，制定本办法。
第二条 对试点企业给予奖励：
（一）首次试点，奖励10万元；
（二）再次试点，奖励5万元。
第四条 本办法自公布之日起施行。
"""


@pytest.fixture
def run(capsys):
    def _run(*arguments: object) -> tuple[int, str, str]:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return _run


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "trial.txt"
    path.write_text(TEXT, "utf-8")
    return path


def one_line(err: str) -> bool:
    return err.startswith("tiaowen: ") and err.count("\n") == 1 and err.endswith("\n")


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_everywhere(run, command: list[str]) -> None:
    status, out, err = run(*command, "--help")
    assert (status, err) == (0, "")
    assert out.startswith("usage: tiaowen")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["ask"],
        ["show"],
        ["parse"],
        ["search", "奖励", "-k", "0"],
        ["search", "奖励", "-k", "many"],
        ["search", "奖励", "--authority", "rumour"],
        ["ask", "奖励", "--as-of", "2026-02-30"],
        ["ask", "奖励", "--as-of", "soon"],
        ["ask", "奖励", "--colour"],
        ["serve", "--port", "http"],
        pytest.param(["serve", "--port", "99999"], id="no-such-port"),
    ],
)
def test_wrong_use_is_2(run, arguments: list[str]) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert "error:" in err.splitlines()[-1]


def test_parse_prints_the_outline_as_one_json_object(run, source: Path) -> None:
    status, out, err = run("parse", source, "--json")
    outline = json.loads(out)
    assert (status, err) == (0, "")
    assert {"file", "document", "clauses", "findings"} <= set(outline)
    document = outline["document"]
    assert document["id"] == "trial"
    assert document["doc_number"] == "某管发〔2026〕3号"
    assert {"title", "issuers", "area", "issued", "kind", "authority"} <= set(document)
    clauses = {clause["address"]: clause for clause in outline["clauses"]}
    item = clauses["trial#art2.item1"]
    assert item["label"] == "第二条第（一）项"
    assert item["text"] == "首次试点，奖励10万元；"
    assert {"kind", "headings", "page"} <= set(item)
    assert any(finding["kind"] == "gap" for finding in outline["findings"])


def test_parse_of_several_files_prints_one_object_a_line(run, source: Path, tmp_path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(TEXT.replace("3号", "4号"), "utf-8")
    status, out, _ = run("parse", source, other, "--json")
    assert status == 0
    objects = [json.loads(line) for line in out.splitlines()]
    assert [o["document"]["id"] for o in objects] == ["trial", "other"]


def test_parse_for_people(run, source: Path) -> None:
    status, out, _ = run("parse", source)
    assert status == 0
    assert "第二条第（一）项" in out
    assert "《某区试点办法》某管发〔2026〕3号" in out


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02\xff" * 50, b"%PDF-1.7 broken", b"PK\x03\x04zip"]
)
def test_an_unreadable_file_is_1_and_one_line(run, tmp_path: Path, content: bytes) -> None:
    for suffix in (".txt", ".pdf"):
        path = tmp_path / f"bad{suffix}"
        path.write_bytes(content)
        status, out, err = run("parse", path, "--json")
        assert (status, out) == (1, "")
        assert one_line(err)
        assert "bad" in err


def test_a_bad_file_does_not_stop_the_others(run, source: Path, tmp_path: Path) -> None:
    status, out, err = run("parse", tmp_path / "none.txt", source, "--json")
    assert status == 1
    assert json.loads(out)["document"]["id"] == "trial"
    assert one_line(err)


def test_an_unknown_format_is_1(run, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    status, out, err = run("parse", path)
    assert (status, out) == (1, "")
    assert one_line(err)


def test_audit_counts_what_is_wrong_with_the_sources(run) -> None:
    status, out, err = run("audit", "--json")
    result = json.loads(out)
    assert (status, err) == (0, "")
    assert len(result["documents"]) == 5
    gaps = [
        finding["detail"]
        for finding in result["findings"]
        if finding["document"] == "cqzfb-2021-17" and finding["kind"] == "gap"
    ]
    assert all(any(str(n) in detail for detail in gaps) for n in (10, 11, 15, 16))
    status, out, _ = run("audit")
    assert status == 0
    assert f"{len(result['findings'])} findings" in out


def test_audit_reports_a_file_that_cannot_be_read(run, source: Path) -> None:
    (source.parent / "bad.txt").write_bytes(b"\x00\xff" * 100)
    status, out, _ = run("audit", source.parent, "--json")
    assert status == 0
    result = json.loads(out)
    assert list(result["documents"]) == ["trial"]
    assert [f["kind"] for f in result["findings"] if "bad.txt" in f["detail"]] == ["unreadable"]


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_corpus_that_is_not_there_is_1(run, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    status, out, err = run("audit", tmp_path / name)
    assert (status, out) == (1, "")
    assert one_line(err)


@pytest.mark.parametrize("command", [["ask", "奖励"], ["search", "奖励"], ["show", "a#art1"]])
def test_an_index_that_is_not_there_or_damaged_is_1(run, tmp_path: Path, command) -> None:
    damaged = tmp_path / "damaged"
    generation = damaged / "g-1"
    generation.mkdir(parents=True)
    (damaged / "current").write_text("g-1", "utf-8")
    (generation / "manifest.json").write_text("{broken", "utf-8")
    (tmp_path / "nothing").mkdir()
    for folder in (damaged, tmp_path / "nothing", tmp_path / "missing"):
        status, out, err = run(*command, "--index", folder)
        assert (status, out) == (1, "")
        assert one_line(err)
