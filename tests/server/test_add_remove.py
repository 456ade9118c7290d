"""``tiaowen add`` and ``tiaowen remove`` on a small corpus, and progress that only terminals see."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from corpus.catalogue import CATALOGUE_FILE, digest_of, list_entries
from indexer.clause_index import ClauseIndex
from indexer.loaders import SUFFIXES
from server.cli import main

TEXT = """某区管委会关于印发《某区试点办法{edition}》的通知
某管发〔{year}〕3号
某区试点办法{edition}
第一条 为开展试点，制定本办法。
第二条 对试点企业给予奖励：
（一）首次试点，奖励{amount}万元；
（二）再次试点，奖励5万元。
第四条 本办法自公布之日起施行。
某区管委会
{year}年3月1日
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus with a catalogue in ``corpus`` and its index in ``index``, built by the command."""
    folder = tmp_path_factory.mktemp("place")
    documents = folder / "corpus" / "documents"
    documents.mkdir(parents=True)
    first = documents / "2024.txt"
    first.write_text(TEXT.format(edition="", year=2024, amount=10), "utf-8")
    entry = f'id = "trial"\nfile = "documents/2024.txt"\nsha256 = "{digest_of(first)}"\n'
    catalogue = folder / "corpus" / CATALOGUE_FILE
    catalogue.write_text(f"# Trials.\n\n[[document]]\n{entry}", "utf-8")
    assert main(["index", str(folder / "corpus"), "--out", str(folder / "index")]) == 0
    return folder


@pytest.fixture
def run(place: Path, capsys, monkeypatch):
    monkeypatch.setenv("TIAOWEN_INDEX", str(place / "index"))

    def _run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return _run


def documents(place: Path) -> set[str]:
    """The documents of the index, which must be those of the corpus."""
    listed = {entry.id for entry in list_entries(place / "corpus", SUFFIXES)}
    assert set(ClauseIndex.open(place / "index").readings) == listed
    return listed


def test_add_then_remove(place: Path, run, tmp_path: Path) -> None:
    new = tmp_path / "某区试点办法（修订）.txt"
    new.write_text(TEXT.format(edition="（修订）", year=2026, amount=20), "utf-8")
    twin = tmp_path / "twin.txt"
    twin.write_bytes(new.read_bytes())
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 broken")
    # The corpus is the one that the index was made of.
    status, out, err = run("add", bad, new, twin, "--json")
    assert status == 1
    assert err.startswith("tiaowen: ") and err.count("\n") == 1 and "bad.pdf" in err
    result = json.loads(out)
    (added,) = result["added"]
    name = "某区试点办法（修订）"
    assert (added["id"], added["file"]) == (name, str(new))
    assert (added["doc_number"], added["issued"]) == ("某管发〔2026〕3号", "2026-03-01")
    assert added["clauses"] >= 5 and added["findings"] >= 1
    assert added["versions"] == ["trial"]
    assert {"title"} < set(added)
    assert result["present"] == [{"file": str(twin), "id": name}]
    assert [failed["file"] for failed in result["failed"]] == [str(bad)]
    assert (result["index"]["documents"], result["index"]["changed"]) == (2, True)
    assert result["index"]["embedded"] > 0 and result["index"]["reused"] > 0
    assert documents(place) == {"trial", name}

    status, out, err = run("add", new)
    assert (status, err) == (0, "")
    assert "已有 / already there" in out and name in out and "unchanged" in out

    status, out, err = run("remove", name, "--json")
    assert (status, err) == (0, "")
    result = json.loads(out)
    assert result["removed"] == [name]
    assert (result["index"]["documents"], result["index"]["embedded"]) == (1, 0)
    assert documents(place) == {"trial"}
    assert not (place / "corpus" / "documents" / f"{name}.txt").exists()


def test_only_bad_files_change_nothing(place: Path, run, tmp_path: Path) -> None:
    before = (place / "corpus" / CATALOGUE_FILE).read_bytes()
    (tmp_path / "empty.txt").touch()
    status, out, err = run("add", tmp_path / "empty.txt", tmp_path / "none.txt", "--json")
    assert status == 1 and err.count("\n") == 2
    result = json.loads(out)
    assert (result["added"], result["present"], result["index"]) == ([], [], None)
    assert len(result["failed"]) == 2
    assert (place / "corpus" / CATALOGUE_FILE).read_bytes() == before
    assert documents(place) == {"trial"}


def test_what_cannot_be_removed(place: Path, run) -> None:
    status, out, err = run("remove", "trail", "--json")
    assert (status, out) == (1, "")
    assert err.count("\n") == 1 and "close: trial" in err
    status, out, err = run("remove", "trial")
    assert (status, out) == (1, "")
    assert "last document" in err
    assert documents(place) == {"trial"}


def test_a_corpus_that_is_not_there(run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT.format(edition="", year=2025, amount=1), "utf-8")
    for arguments in (["add", file], ["remove", "a"]):
        status, out, err = run(*arguments, "--corpus", tmp_path / "none")
        assert (status, out) == (1, "")
        assert err.count("\n") == 1 and "no such corpus folder" in err


def test_a_damaged_index_has_no_other_corpus_edited(run, tmp_path: Path, monkeypatch) -> None:
    generation = tmp_path / "index" / "g-1"
    generation.mkdir(parents=True)
    (tmp_path / "index" / "current").write_text("g-1", "utf-8")
    (generation / "manifest.json").write_text('{"format": 0}', "utf-8")
    other = tmp_path / "other"
    other.mkdir()
    file = tmp_path / "a.txt"
    file.write_text(TEXT.format(edition="", year=2025, amount=1), "utf-8")
    monkeypatch.setenv("TIAOWEN_CORPUS", str(other))
    status, out, err = run("add", file, "--index", tmp_path / "index")
    assert (status, out) == (1, "")
    assert err.count("\n") == 1 and "rebuild it" in err
    assert not list(other.iterdir())


def test_an_index_that_cannot_be_built_is_said_and_the_document_is_in(
    run, tmp_path: Path, monkeypatch
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    file = tmp_path / "a.txt"
    file.write_text(TEXT.format(edition="", year=2025, amount=1), "utf-8")
    monkeypatch.setenv("TIAOWEN_EMBEDDER", str(tmp_path / "no-model"))
    index = tmp_path / "index"
    status, out, err = run("add", file, "--corpus", corpus, "--index", index, "--json")
    result = json.loads(out)
    assert (status, result["index"]) == (1, None)
    assert [added["id"] for added in result["added"]] == ["a"]
    assert err.count("\n") == 1 and "index not refreshed" in err
    assert [entry.id for entry in list_entries(corpus, SUFFIXES)] == ["a"]


def test_progress_goes_to_a_terminal_only(tmp_path: Path) -> None:
    for number in range(3):
        text = TEXT.format(edition="", year=2020 + number, amount=number)
        (tmp_path / f"{number}.txt").write_text(text + "附注文字，" * 8000, "utf-8")
    command = [sys.executable, "-m", "server.cli", "audit", str(tmp_path), "--json"]
    quiet = subprocess.run(command, capture_output=True, timeout=120)
    assert (quiet.returncode, quiet.stderr) == (0, b"")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", 24, 80, 0, 0))
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs)
    out, _ = process.communicate(timeout=120)
    os.close(theirs)
    shown = os.read(ours, 1 << 16).decode()
    os.close(ours)
    # The rate and, while there is any, the remaining time.
    assert "读取 reading: 100%" in shown and "3/3 [00:" in shown and "it" in shown
    assert out == quiet.stdout and len(json.loads(out)["documents"]) == 3
