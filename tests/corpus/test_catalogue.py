"""A corpus folder with a catalogue, without one, and every way that it can be wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.catalogue import CATALOGUE_FILE, bundled_corpus, digest_of, read_catalogue
from corpus.errors import CatalogueError

SUFFIXES = (".txt", ".pdf")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("第一条 甲。", "utf-8")
    return tmp_path


def catalogue(folder: Path, *tables: str) -> Path:
    sha = digest_of(folder / "a.txt")
    text = "\n".join(f"[[document]]\n{table}" for table in tables).replace("SHA", sha)
    (folder / CATALOGUE_FILE).write_text(text, "utf-8")
    return folder


GOOD = 'id = "a"\nfile = "a.txt"\nsha256 = "SHA"'


def test_entry_carries_what_the_catalogue_says(folder: Path):
    (entry,) = read_catalogue(
        catalogue(folder, f'{GOOD}\nissued = 2024-12-04\nissuers = ["甲", "乙"]'), SUFFIXES
    )
    assert (entry.id, entry.file, entry.path) == ("a", "a.txt", folder / "a.txt")
    assert (entry.issued, entry.issuers) == (date(2024, 12, 4), ("甲", "乙"))
    assert entry.title is None


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        pytest.param(["id = "], "bad catalogue", id="bad-toml"),
        pytest.param([f'{GOOD}\ntitel = "x"'], "unknown fields.*titel", id="unknown-field"),
        pytest.param([f'{GOOD}\npath = "/x"'], "unknown fields.*path", id="path-is-not-given"),
        pytest.param(['id = "a"\nfile = "a.txt"'], "missing fields.*sha256", id="missing-field"),
        pytest.param(
            ['id = "a"\nfile = "b.txt"\nsha256 = "SHA"'], "missing source file b.txt", id="no-file"
        ),
        pytest.param(
            [f'id = "a"\nfile = "a.txt"\nsha256 = "{"0" * 64}"'],
            "differs from its sha256",
            id="sha",
        ),
        pytest.param([GOOD, GOOD], "a: .*listed twice", id="duplicate-id"),
        pytest.param([GOOD.replace('"a"', '"a#b"')], "no '#' in an id", id="hash-sign"),
        pytest.param([f'{GOOD}\nissued = "下周"'], "issued", id="date-type"),
        pytest.param([f'{GOOD}\nissuers = "甲"'], "issuers", id="list-type"),
        pytest.param([f'{GOOD}\nauthority = "law"'], "authority", id="not-one-of"),
        pytest.param(
            [GOOD.replace('"a.txt"', "5")],
            "file",
            id="file-type",
        ),
        pytest.param([GOOD.replace('"SHA"', "5")], "sha256", id="sha-type"),
        pytest.param([], "the corpus is empty", id="empty"),
    ],
)
def test_bad_catalogue_is_refused(folder: Path, tables: list[str], words: str):
    with pytest.raises(CatalogueError, match=words) as caught:
        read_catalogue(catalogue(folder, *tables), SUFFIXES)
    assert any("\u4e00" <= c <= "\u9fff" for c in caught.value.message)


def test_every_problem_is_named_at_once(folder: Path):
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(
            catalogue(folder, f'{GOOD}\nx = 1\ny = "2"', 'id = "b"\nfile = "a.txt"', GOOD), SUFFIXES
        )
    assert "['x', 'y']" in caught.value.message and "b: 缺少字段" in caught.value.message


def test_document_that_is_no_table_is_refused(folder: Path):
    (folder / CATALOGUE_FILE).write_text('document = ["a.txt"]', "utf-8")
    with pytest.raises(CatalogueError):
        read_catalogue(folder, SUFFIXES)


def test_missing_folder(tmp_path: Path):
    with pytest.raises(CatalogueError, match="no such corpus folder") as caught:
        read_catalogue(tmp_path / "none", SUFFIXES)
    assert caught.value.field == "corpus"


def test_empty_folder(tmp_path: Path):
    (tmp_path / "notes.doc").write_bytes(b"x")
    with pytest.raises(CatalogueError, match="the corpus is empty"):
        read_catalogue(tmp_path, SUFFIXES)


def test_folder_without_catalogue_is_named_by_stems(tmp_path: Path):
    for name in ("b.txt", "甲#乙.TXT", "sub/c.pdf", ".hidden.txt", ".git/d.txt", "e.doc"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    entries = read_catalogue(tmp_path, SUFFIXES)
    assert [(entry.id, entry.file) for entry in entries] == [
        ("b", "b.txt"),
        ("c", "sub/c.pdf"),
        ("甲-乙", "甲#乙.TXT"),
    ]


def test_equal_stems_get_different_names(tmp_path: Path):
    for name in ("a.txt", "a.pdf", "sub/a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert [entry.id for entry in read_catalogue(tmp_path, SUFFIXES)] == [
        "a.pdf",
        "a.txt",
        "sub-a.txt",
    ]


def test_bundled_corpus_is_whole():
    entries = read_catalogue(bundled_corpus(), SUFFIXES)
    assert [entry.id for entry in entries] == [
        "cqzfb-2019-52",
        "cqzfb-2021-17",
        "cqgxq-2024-31",
        "cqzfb-2025-56",
        "news-biocity",
    ]
    assert [entry.authority for entry in entries] == ["normative"] * 4 + ["informational"]
