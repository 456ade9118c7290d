"""Disks that are full or read-only: one clear line, and what was there stays whole."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from indexer.clause_index import ClauseIndex
from server.cli import main
from server.keeping.database import open_database
from server.keeping.gate import Access
from server.keeping.keeper import Keeper

QUESTION = "入选人才奖励多少？"


def fill(disk: Path) -> None:
    """Leave nothing free."""
    with (disk / "rest").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(b"x" * 65536)
    with (disk / "last").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(b"x")


def amount(index: Path) -> str:
    return list(ClauseIndex.open(index).readings["a"].outline)[1].text


def moved(home, disk: Path) -> Path:
    return Path(shutil.copytree(home.index, disk / "index"))


def test_an_index_on_a_full_disk_stays_and_is_renewed_later(
    home, disk, capsys, monkeypatch
) -> None:
    place = disk("size=2m")
    index = moved(home, place)
    fill(place)
    home.write("二百万元")
    assert main(["index", str(home.corpus), "--out", str(index)]) == 1
    error = capsys.readouterr().err
    assert "磁盘" in error and "No space left" in error and error.strip().count("\n") == 0
    assert "一百万元" in amount(index)
    monkeypatch.setenv("TIAOWEN_INDEX", str(index))
    assert main(["ask", QUESTION, "--json"]) == 0
    assert "一百万元" in json.loads(capsys.readouterr().out)["answer"]
    (place / "rest").unlink()
    assert main(["index", str(home.corpus), "--out", str(index)]) == 0
    assert "二百万元" in amount(index)


def test_a_document_that_does_not_fit_is_not_in_the_corpus(home, disk, capsys) -> None:
    place = disk("size=1m")
    corpus = Path(shutil.copytree(home.corpus, place / "corpus"))
    (other := home.folder / "b.txt").write_text(
        "某市租金办法\n第一条 对企业给予补贴。\n" * 9000, "utf-8"
    )
    fill(place)
    assert main(["add", str(other), "--corpus", str(corpus), "--index", str(home.index)]) == 1
    assert "No space left" in capsys.readouterr().err
    assert [p.name for p in corpus.glob("*.txt")] == ["a.txt"]
    assert not list(corpus.rglob("*.part"))


def test_a_read_only_index_answers_and_is_not_built(home, disk, capsys, monkeypatch) -> None:
    place = disk("size=8m")
    index = moved(home, place)
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
    monkeypatch.setenv("TIAOWEN_INDEX", str(index))
    assert main(["ask", QUESTION, "--json"]) == 0
    assert "一百万元" in json.loads(capsys.readouterr().out)["answer"]
    home.write("二百万元")
    assert main(["index", str(home.corpus), "--out", str(index)]) == 1
    error = capsys.readouterr().err
    assert "Read-only" in error and error.strip().count("\n") == 0


def test_answers_come_while_the_database_has_no_room(assistant, disk) -> None:
    from starlette.testclient import TestClient

    from server.app import create_app

    place = disk("size=2m")
    keeper = Keeper(open_database(f"sqlite:///{place}/kept.db"))
    client = TestClient(create_app(assistant, access=Access(keeper, "all")))
    question = {"question": "渝府办发〔2025〕56号第（十）条原文"}
    assert client.post("/api/ask", json=question).json()["id"]
    fill(place)
    answers = [client.post("/api/ask", json=question).json() for _ in range(30)]
    assert {answer["status"] for answer in answers} == {"answered"}
    assert answers[-1]["id"] is None
    keeper.close()
