"""A backup taken while others write comes back elsewhere as it was; a bad one changes nothing."""

from __future__ import annotations

import json
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from server.assembly import default_index
from server.cli import main
from server.keeping.database import open_database
from server.keeping.keys import list_keys, make_key
from server.settings import Settings

TEXT = "某区试点办法\n某管发〔2026〕3号\n第一条 为开展试点，制定本办法。\n第二条 对企业每家奖励{}万元。\n"
QUESTION = "某管发〔2026〕3号第二条奖励多少？"


def use(monkeypatch: pytest.MonkeyPatch, folder: Path, models: Path) -> Path:
    """Let the command live in a folder of its own, but for the model."""
    monkeypatch.setenv("TIAOWEN_HOME", str(folder / "home"))
    monkeypatch.setenv("TIAOWEN_CORPUS", str(folder / "corpus"))
    monkeypatch.delenv("TIAOWEN_DATABASE", raising=False)
    (folder / "home").mkdir(parents=True)
    (folder / "home" / "models").symlink_to(models)
    return folder / "home" / "kept" / "tiaowen.db"


def asked(capsys: pytest.CaptureFixture[str]) -> dict:
    capsys.readouterr()
    assert main(["ask", QUESTION, "--json", "--as-of", "2026-11-24"]) == 0
    answer = json.loads(capsys.readouterr().out)
    return {name: value for name, value in answer.items() if name not in ("took_ms", "id")}


@pytest.fixture(scope="module")
def models(assistant) -> Path:
    return Settings().models


@pytest.fixture(scope="module")
def taken(models, tmp_path_factory) -> Iterator[tuple[Path, dict, list[str], str]]:
    """A backup made while keys are made; the answer, the keys before, the generation."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "corpus" / "下").mkdir(parents=True)
    (folder / "corpus" / "a.txt").write_text(TEXT.format(70), "utf-8")
    other = TEXT.replace("3号", "4号").format(80)
    (folder / "corpus" / "下" / "100%办法.txt").write_text(other, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        place = use(patch, folder, models)
        batches = folder / "home" / "batches"
        batches.mkdir()
        (batches / ("a" * 32 + ".jsonl")).write_text('{"batch": "a"}\n', "utf-8")
        index = default_index(Settings())
        assert main(["index"]) == 0
        database = open_database(f"sqlite:///{place}")
        before = [make_key(database, f"k{n}", ["read"])[0].id for n in range(3)]
        stop = threading.Event()

        def write() -> None:
            while not stop.is_set():
                make_key(database, "more", ["read"])

        writer = threading.Thread(target=write)
        writer.start()
        try:
            assert main(["backup", str(folder / "b.zip")]) == 0
        finally:
            stop.set()
            writer.join()
        written = len(list_keys(database))
        database.close()
        assert written > 3
        yield folder, before, (index / "current").read_text("utf-8")


def test_a_backup_comes_back_in_an_empty_home(
    taken, models, tmp_path: Path, monkeypatch, capsys
) -> None:
    folder, before, generation = taken
    file = folder / "b.zip"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIAOWEN_HOME", str(folder / "home"))
        patch.setenv("TIAOWEN_CORPUS", str(folder / "corpus"))
        first = asked(capsys)
    place = use(monkeypatch, tmp_path / "second", models)
    assert main(["restore", str(file), "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert set(done["places"]) == {"corpus", "index", "batches", "database"}
    assert asked(capsys) == first
    assert "70万元" in first["answer"]
    # Nothing was built anew, and what edits the corpus finds the new place.
    folder = default_index(Settings())
    assert (folder / "current").read_text("utf-8") == generation
    made = json.loads((folder / generation / "manifest.json").read_text("utf-8"))
    assert made["corpus"] == str(tmp_path / "second" / "corpus")
    assert (tmp_path / "second" / "corpus" / "下" / "100%办法.txt").is_file()
    database = open_database(f"sqlite:///{place}")
    assert {key.id for key in list_keys(database)} >= set(before)
    database.close()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_what_is_there_is_replaced_only_by_force_and_kept(
    taken, models, tmp_path: Path, monkeypatch, capsys
) -> None:
    file = taken[0] / "b.zip"
    place = use(monkeypatch, tmp_path, models)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "mine.txt").write_text("mine", "utf-8")
    database = open_database(f"sqlite:///{place}")
    mine = make_key(database, "mine", ["read"])[0].id
    assert main(["restore", str(file)]) == 2
    assert "--force" in capsys.readouterr().err
    # A server has the database open: nothing is exchanged under it.
    assert main(["restore", str(file), "--force"]) == 2
    assert (tmp_path / "corpus" / "mine.txt").read_text("utf-8") == "mine"
    assert not (tmp_path / "home" / "index").exists() or not list(
        (tmp_path / "home" / "index").iterdir()
    )
    database.close()
    capsys.readouterr()
    assert main(["restore", str(file), "--force", "--json"]) == 0
    before = json.loads(capsys.readouterr().out)["before"]
    kept = {Path(path).parent.name: Path(path) for path in before}
    assert (kept[tmp_path.name] / "mine.txt").read_text("utf-8") == "mine"
    with closing(sqlite3.connect(kept["kept"])) as old:
        assert old.execute("SELECT id FROM api_keys").fetchall() == [(mine,)]
    assert not (tmp_path / "corpus" / "mine.txt").exists()


def test_a_file_that_is_there_is_no_backup_file(taken, capsys) -> None:
    assert main(["backup", str(taken[0] / "b.zip")]) == 2
    assert zipfile.is_zipfile(taken[0] / "b.zip")


Change = Callable[[dict[str, bytes]], object]


def changed(source: Path, target: Path, change: Change, mode: int = 0o100600) -> Path:
    """A copy of an archive with its files changed by hand."""
    with zipfile.ZipFile(source) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (mode if name == "corpus/a.txt" else 0o100600) << 16
            archive.writestr(entry, data)
    return target


def moved(name: str) -> Change:
    """Move a file, in the manifest too: its checksum is right."""

    def change(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"])
        files[name] = files.pop("corpus/a.txt")
        manifest["files"][name] = manifest["files"].pop("corpus/a.txt")
        files["manifest.json"] = json.dumps(manifest).encode()

    return change


def put(name: str, data: bytes) -> Change:
    return lambda files: files.update({name: data})


BAD = {
    "another content": put("corpus/a.txt", TEXT.format(90).encode()),
    "longer": lambda files: files.update({"corpus/a.txt": files["corpus/a.txt"] + b"x"}),
    "a file too many": put("corpus/b.txt", b""),
    "a file too few": lambda files: files.pop("corpus/a.txt"),
    "no manifest": lambda files: files.pop("manifest.json"),
    "no JSON": put("manifest.json", b"[" * 100_000),
    "a list": put("manifest.json", b"[]"),
    "up": moved("corpus/../../evil.txt"),
    "up, escaped": moved("corpus/%2e%2e/%2e%2e/evil.txt"),
    "a slash, escaped": moved("corpus/..%2f..%2fevil.txt"),
    "absolute": moved("/tmp/tiaowen-evil.txt"),
    "absolute below": moved("corpus//tmp/tiaowen-evil.txt"),
    "elsewhere": moved("models/evil.txt"),
    "database": put("database/tiaowen.db", b"x" * 99),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_archive_changes_nothing(
    taken, models, tmp_path: Path, monkeypatch, capsys, name: str
) -> None:
    file = changed(taken[0] / "b.zip", tmp_path / "bad.zip", BAD[name])
    is_refused(file, models, tmp_path, monkeypatch, capsys)


def test_links_and_cut_off_archives(taken, models, tmp_path, monkeypatch, capsys) -> None:
    good = taken[0] / "b.zip"
    link = changed(good, tmp_path / "link.zip", lambda files: None, 0o120777)
    is_refused(link, models, tmp_path / "a", monkeypatch, capsys)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(good.read_bytes()[:-2000])
    is_refused(cut, models, tmp_path / "b", monkeypatch, capsys)
    flipped = bytearray(good.read_bytes())
    with zipfile.ZipFile(good) as archive:
        entry = archive.getinfo("database/tiaowen.db")
    # Amid its data, well behind its header.
    flipped[entry.header_offset + entry.compress_size // 2] ^= 0xFF
    cut.write_bytes(flipped)
    is_refused(cut, models, tmp_path / "c", monkeypatch, capsys)


def is_refused(file: Path, models: Path, folder: Path, monkeypatch, capsys) -> None:
    use(monkeypatch, folder / "new", models)
    capsys.readouterr()
    assert main(["restore", str(file)]) == 1
    err = capsys.readouterr().err
    assert err.startswith("tiaowen: ")
    assert err.count("\n") == 1
    left = {path.name for path in (folder / "new").rglob("*") if path.is_file()}
    assert left == set()
    assert not (folder / "new" / "corpus").exists()
    assert not list(folder.rglob("evil*"))
    assert not Path("/tmp/tiaowen-evil.txt").exists()
