"""A catalogue edited byte by byte: what is not touched stays, what cannot be edited is refused."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from corpus.catalogue import CATALOGUE_FILE, Entry
from corpus.catalogue_edit import (
    copy_in,
    discard_parts,
    list_in,
    safe_name,
    take_out,
    write_whole,
)
from corpus.errors import CatalogueError, LoadError

HEAD = "# The corpus of a town.\n# Keep it tidy.\n\n"
FIRST = '# 2023\n[[document]]\nid = "a"   # the first\nfile = "a.txt"\nissued = 2023-01-02\n'
SECOND = (
    '# 2024: two\n# lines\n[[document]]\nid = "b"\ntitle = """\n[[document]]\nid = "no"\n"""\n'
    "aliases = [\n  '甲',  # why\n]\n"
)
BETWEEN = "\n# ---- old ones ----\n\n"
THIRD = '[[document]]\nid = "c"\nfile = "c.txt"'
WHOLE = HEAD + FIRST + "\n" + SECOND + BETWEEN + THIRD


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / CATALOGUE_FILE).write_bytes(WHOLE.encode())
    return tmp_path


def text_of(corpus: Path) -> str:
    return (corpus / CATALOGUE_FILE).read_bytes().decode()


def entry(name: str) -> Entry:
    return Entry(name, f"documents/{name}.txt", Path(), "0" * 64)


def test_an_entry_is_put_behind_the_others(corpus: Path) -> None:
    list_in(corpus, [entry("新办法（修订）"), entry('a "quoted" \\ name')])
    text = text_of(corpus)
    assert text.startswith(WHOLE + "\n\n[[document]]\n")
    tables = tomllib.loads(text)["document"]
    assert [t["id"] for t in tables[3:]] == ["新办法（修订）", 'a "quoted" \\ name']
    assert set(tables[3]) == {"id", "file", "sha256"}
    assert [path.name for path in corpus.iterdir()] == [CATALOGUE_FILE]


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (["a"], HEAD + SECOND + BETWEEN + THIRD),
        (["b"], HEAD + FIRST + "\n" + BETWEEN[1:] + THIRD),
        (["c"], HEAD + FIRST + "\n" + SECOND + BETWEEN),
        (["a", "c"], HEAD + SECOND + BETWEEN),
    ],
)
def test_an_entry_goes_with_the_comment_above_it(corpus: Path, names: list[str], left: str) -> None:
    take_out(corpus, names)
    assert text_of(corpus) == left


def test_what_was_put_in_and_taken_out_leaves_no_trace(corpus: Path) -> None:
    list_in(corpus, [entry("n")])
    before = text_of(corpus)
    list_in(corpus, [entry("m")])
    take_out(corpus, ["m"])
    assert text_of(corpus).rstrip("\n") == before.rstrip("\n")


def test_line_ends_of_another_system_stay(corpus: Path) -> None:
    catalogue = corpus / CATALOGUE_FILE
    catalogue.write_bytes((HEAD + FIRST).replace("\n", "\r\n").encode())
    list_in(corpus, [entry("n")])
    assert catalogue.read_bytes().count(b"\n") == catalogue.read_bytes().count(b"\r\n")
    take_out(corpus, ["a"])
    assert [t["id"] for t in tomllib.loads(text_of(corpus))["document"]] == ["n"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('document = [{id = "a"}, {id = "b"}]\n# end\n', id="inline"),
        pytest.param("", id="empty"),
        pytest.param("# only this\n", id="comment"),
        pytest.param('[[document]]\nid = "b"\ny = [\n[1],\n[2]]\n', id="nested-lists"),
        pytest.param("[ [document] ]\n", id="no-catalogue"),
    ],
)
def test_other_ways_to_write_a_catalogue(corpus: Path, text: str) -> None:
    (corpus / CATALOGUE_FILE).write_text(text, "utf-8")
    try:
        before = tomllib.loads(text).get("document", [])
    except tomllib.TOMLDecodeError:
        with pytest.raises(tomllib.TOMLDecodeError):
            list_in(corpus, [entry("n")])
        assert text_of(corpus) == text
        return
    list_in(corpus, [entry("n")])
    tables = tomllib.loads(text_of(corpus))["document"]
    assert tables[:-1] == before and tables[-1]["id"] == "n"
    assert all(line in text_of(corpus) for line in text.splitlines() if line.startswith("#"))
    take_out(corpus, ["b"])
    tables = tomllib.loads(text_of(corpus))["document"]
    assert [t["id"] for t in tables] == [t["id"] for t in (*before, tables[-1]) if t["id"] != "b"]


def test_a_catalogue_that_cannot_hold_documents_is_left_as_it_is(corpus: Path) -> None:
    (corpus / CATALOGUE_FILE).write_text("document = []\n[document-notes]\n", "utf-8")
    list_in(corpus, [entry("n")])
    (corpus / CATALOGUE_FILE).write_text("[other]\ndocument = 1\n", "utf-8")
    list_in(corpus, [entry("n")])
    assert tomllib.loads(text_of(corpus))["document"][0]["id"] == "n"
    with pytest.raises(CatalogueError, match="cannot be edited"):
        list_in(corpus, [Entry("\ud800", "x", Path(), "")])
    assert tomllib.loads(text_of(corpus))["other"] == {"document": 1}


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("渝府办发〔2024〕31号", "渝府办发〔2024〕31号"),
        ("a#b", "a-b"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\x\\y", "C-x-y"),
        ("...", "document"),
        ("", "document"),
        ("\u200b\n\x00", "document"),
        ("-rf x.", "rf x"),
        ("e\u0301", "é"),
        ("\udcd6\udcd0", "中"),
    ],
)
def test_names_are_safe(stem: str, name: str) -> None:
    assert safe_name(stem) == name


@pytest.mark.parametrize("character", ["a", "长", "\U00020000"])
def test_long_names_are_cut_to_what_a_file_system_takes(character: str, tmp_path: Path) -> None:
    name = safe_name(character * 300)
    assert set(name) == {character} and len(name) <= 80
    (tmp_path / f"{name}-markdown-100.markdown").touch()


def test_a_copy_is_checked_and_a_failed_one_leaves_nothing(tmp_path: Path) -> None:
    source, place = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"x")
    with pytest.raises(LoadError, match="changed while"):
        copy_in(source, place, "0" * 64)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    copy_in(source, place, digest)
    assert place.read_bytes() == b"x"


def test_a_write_that_fails_leaves_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "\ud800")
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_left_parts_are_discarded(tmp_path: Path) -> None:
    for name in (".tiaowen-12.part", ".tiaowen.lock", "a.part"):
        (tmp_path / name).touch()
    discard_parts(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".tiaowen.lock", "a.part"]
