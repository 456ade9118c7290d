"""Documents in and out of a corpus: whole or not at all, whatever happens, whoever else edits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from corpus.catalogue import CATALOGUE_FILE, digest_of, read_catalogue
from corpus.errors import CatalogueError, DocumentError
from indexer.library import Addition, add, remove
from indexer.loaders import SUFFIXES
from indexer.reading_cache import ReadingCache

TEXT = "某市{0}办法\n某府发〔2024〕{1}号\n第一条 为了{0}，制定本办法。\n第二条 对{0}给予奖励。\n"
NOTE = "# A corpus; keep this line.\n"


def write(path: Path, topic: str = "人才", number: int = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(topic, number), "utf-8")
    return path


@pytest.fixture(params=["catalogue", "folder"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A corpus of one document, ``old``, in either of the two ways."""
    folder = tmp_path / "corpus"
    if request.param == "folder":
        write(folder / "old.txt", "住房", 99)
        return folder
    path = write(folder / "documents" / "old.txt", "住房", 99)
    entry = f'[[document]]\nid = "old"\nfile = "documents/old.txt"\nsha256 = "{digest_of(path)}"\n'
    (folder / CATALOGUE_FILE).write_text(NOTE + entry, "utf-8")
    return folder


def ids(corpus: Path) -> list[str]:
    return sorted(entry.id for entry in read_catalogue(corpus, SUFFIXES))


def outcome(addition: Addition) -> tuple[list[str], list[str], list[str]]:
    return (
        [each.entry.id for each in addition.added],
        [each.id for each in addition.present],
        [each.file.name for each in addition.failed],
    )


def test_good_files_are_in_and_bad_ones_are_named(corpus: Path, tmp_path: Path) -> None:
    good = write(tmp_path / "新办法.txt")
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 broken")
    empty = tmp_path / "empty.txt"
    empty.touch()
    addition = add([bad, good, empty, tmp_path / "none.txt"], corpus)
    assert outcome(addition) == (["新办法"], [], ["none.txt", "bad.pdf", "empty.txt"])
    assert all(each.file.name in each.message for each in addition.failed)
    assert ids(corpus) == ["old", "新办法"]
    (new,) = (e for e in read_catalogue(corpus, SUFFIXES) if e.id == "新办法")
    assert new.path.read_bytes() == good.read_bytes() and good.exists()
    reading = addition.added[0].reading
    assert (reading.document.id, reading.document.source.file) == (new.id, new.file)
    assert reading.document.source.sha256 == new.sha256


def test_the_same_content_is_one_document(corpus: Path, tmp_path: Path) -> None:
    first = write(tmp_path / "a.txt")
    second = write(tmp_path / "b.txt")
    assert outcome(add([first, second, first], corpus)) == (["a"], ["a", "a"], [])
    assert outcome(add([second], corpus)) == ([], ["a"], [])
    known = next(e.path for e in read_catalogue(corpus, SUFFIXES) if e.id == "old")
    assert outcome(add([known], corpus)) == ([], ["old"], [])
    assert ids(corpus) == ["a", "old"]


def test_the_same_bad_content_fails_twice(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").touch()
    addition = add([tmp_path / "a.txt", tmp_path / "b.txt"], corpus)
    assert outcome(addition) == ([], [], ["a.txt", "b.txt"])


def test_equal_stems_get_names_of_their_own(corpus: Path, tmp_path: Path) -> None:
    files = [
        write(tmp_path / "1" / "old.txt", number=1),
        write(tmp_path / "2" / "old.md", number=2),
        write(tmp_path / "3" / "OLD.txt", number=3),
        write(tmp_path / "4" / "old.txt", number=4),
        write(tmp_path / "5" / "a#b.txt", number=5),
        write(tmp_path / "6" / "a-b.txt", number=6),
    ]
    names = ["old-txt", "old-md", "OLD-2", "old-3", "a-b", "a-b-txt"]
    assert outcome(add(files, corpus))[0] == names
    assert ids(corpus) == sorted(["old", *names])
    assert outcome(add(files, corpus))[1] == names


def test_a_folder_stands_for_the_supported_files_in_it(corpus: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    write(inbox / "a.txt", number=1)
    write(inbox / "sub" / "b.md", number=2)
    write(inbox / ".hidden.txt", number=3)
    write(inbox / ".git" / "c.txt", number=4)
    (inbox / "d.xyz").write_bytes(b"x")
    empty = tmp_path / "nothing"
    empty.mkdir()
    added, _, failed = outcome(add([inbox, empty], corpus))
    assert (added, failed) == (["a", "b"], ["nothing"])


def test_files_that_the_catalogue_does_not_list_are_not_overwritten(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    other = write(corpus / "documents" / "a.txt", "别的", 7)
    (corpus / CATALOGUE_FILE).write_text(NOTE, "utf-8")
    before = other.read_bytes()
    addition = add([write(tmp_path / "a.txt")], corpus)
    assert outcome(addition)[0] == ["a-txt"] and other.read_bytes() == before
    # The content of an add that was ended before its commit is taken up again.
    assert outcome(add([other], corpus))[0] == ["a"]
    assert sorted(p.name for p in (corpus / "documents").iterdir()) == ["a-txt.txt", "a.txt"]
    assert (corpus / CATALOGUE_FILE).read_text("utf-8").startswith(NOTE)


def test_a_removed_document_is_gone_with_its_file(corpus: Path, tmp_path: Path) -> None:
    add([write(tmp_path / "a.txt"), write(tmp_path / "b.txt", number=2)], corpus)
    remove(["old", "a"], corpus)
    assert ids(corpus) == ["b"]
    left = {p.name for p in corpus.rglob("*") if p.is_file()}
    assert left - {CATALOGUE_FILE, ".tiaowen.lock"} == {"b.txt"}
    if (corpus / CATALOGUE_FILE).is_file():
        assert (corpus / CATALOGUE_FILE).read_text("utf-8").startswith(NOTE)


def test_an_unknown_document_removes_nothing(corpus: Path, tmp_path: Path) -> None:
    add([write(tmp_path / "某市人才办法.txt")], corpus)
    with pytest.raises(DocumentError, match=r"人才办法.*某市人才办法.*'zzz'") as caught:
        remove(["old", "人才办法", "zzz"], corpus)
    assert caught.value.field == "document"
    assert ids(corpus) == ["old", "某市人才办法"]


def test_the_last_document_stays(corpus: Path) -> None:
    with pytest.raises(CatalogueError, match="last document"):
        remove(["old"], corpus)
    assert ids(corpus) == ["old"]


def test_files_elsewhere_or_still_in_use_are_not_deleted(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    outside = write(tmp_path / "outside.txt")
    shared = write(corpus / "shared.txt", number=2)
    names = {"a": "../outside.txt", "b": "shared.txt", "c": "shared.txt"}
    tables = [
        f'[[document]]\nid = "{name}"\nfile = "{file}"\nsha256 = "{digest_of(corpus / file)}"\n'
        for name, file in names.items()
    ]
    (corpus / CATALOGUE_FILE).write_text("\n".join(tables), "utf-8")
    remove(["a", "b"], corpus)
    assert ids(corpus) == ["c"] and outside.exists() and shared.exists()


def test_what_was_read_for_an_add_that_ended_is_not_read_again(corpus: Path, tmp_path) -> None:
    files = [write(tmp_path / f"{number}.txt", number=number) for number in range(3)]
    cache = ReadingCache(tmp_path / "readings")
    told: list[tuple[str, int, int]] = []

    def stop_at_two(*step: object) -> None:
        told.append(step)
        if step[1] == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(files, corpus, cache, stop_at_two)
    assert ids(corpus) == ["old"]
    told.clear()
    add(files, corpus, cache, lambda *step: told.append(step))
    assert told == [("read", 1, 1)]
    assert ids(corpus) == ["0", "1", "2", "old"]


def test_a_missing_or_broken_corpus_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt")
    with pytest.raises(CatalogueError, match="no such corpus"):
        add([file], tmp_path / "none")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / CATALOGUE_FILE).write_text("[[document", "utf-8")
    with pytest.raises(CatalogueError, match="bad catalogue"):
        add([file], broken)
    assert (broken / CATALOGUE_FILE).read_text("utf-8") == "[[document"


def test_an_empty_folder_becomes_a_corpus(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    assert outcome(add([write(tmp_path / "a.txt")], corpus))[0] == ["a"]
    assert ids(corpus) == ["a"]


def run_program(program: str, *arguments: object, **options: object) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        **options,
    )


READ_ONLY = """
import os
from pathlib import Path
from corpus.errors import CatalogueError
from indexer.build import read_corpus
from indexer.library import add, remove
# Readers are imported late: who may not read the corpus may not read these files either.
import indexer.loaders.every
# Nothing is read-only to root.
if os.geteuid() == 0:
    os.seteuid(65534)
for edit in (add, [Path("a.txt")]), (remove, ["old"]):
    try:
        edit[0](edit[1], Path("corpus"))
    except CatalogueError as error:
        print(error.message)
print(len(read_corpus(Path("corpus"))[0]), "read")
"""


def test_a_read_only_corpus_is_refused_before_anything_is_done(corpus: Path, tmp_path) -> None:
    write(tmp_path / "a.txt")
    tmp_path.chmod(0o755)
    folders = [corpus, *(path for path in corpus.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    done = run_program(READ_ONLY, cwd=tmp_path)
    for folder in folders:
        folder.chmod(0o755)
    assert done.stdout.count("cannot be written") == 2, done.stderr
    assert done.stdout.endswith("1 read\n")
    assert not (corpus / ".tiaowen.lock").exists()


KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from corpus.catalogue import read_catalogue
from indexer.library import add, remove
from indexer.loaders import SUFFIXES
corpus, inbox = map(Path, sys.argv[1:])
files = sorted(inbox.iterdir())
random.seed(7)

def killed(edit, most):
    if (child := os.fork()) == 0:
        try:
            edit()
        finally:
            os._exit(0)
    time.sleep(random.uniform(0, most))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)

def whole():
    found = {entry.id: entry.path.read_bytes() for entry in read_catalogue(corpus, SUFFIXES)}
    for file in files:
        assert found.get(file.stem, file.read_bytes()) == file.read_bytes()
    return set(found)

# The first time readers of files are imported, which the children need not do again.
for _ in range(2):
    start = time.perf_counter()
    add(files, corpus)
    took = time.perf_counter() - start
    remove([file.stem for file in files], corpus)
early, inside = 0, set()
for _ in range(20):
    early += killed(lambda: add(files, corpus), took)
    inside.add(len(whole()))
    names = [name for name in whole() if name != "old"]
    if names:
        killed(lambda: remove(names, corpus), took / 4)
        whole()
print(early, "killed", sorted(inside))
add(files, corpus)
assert whole() == {"old", *(file.stem for file in files)}
"""


def test_a_kill_at_any_moment_leaves_each_document_in_or_out(corpus: Path, tmp_path) -> None:
    inbox = tmp_path / "inbox"
    for number in range(12):
        write(inbox / f"n{number}.txt", number=number)
    done = run_program(KILLED, corpus, inbox)
    assert done.returncode == 0, done.stderr
    killed = int(done.stdout.split()[0])
    assert killed >= 5, done.stdout
    # What was left half-written is gone with the next edit.
    assert not list(corpus.rglob("*.part"))
    files = {entry.path.name for entry in read_catalogue(corpus, SUFFIXES)}
    left = {path.name for path in corpus.rglob("*") if path.is_file()}
    assert left - files == {".tiaowen.lock"} | {path.name for path in corpus.glob(CATALOGUE_FILE)}


ADDING = "import sys; from pathlib import Path; from indexer.library import add\n"
ADDING += "report = add([Path(p) for p in sys.argv[2:]], Path(sys.argv[1]))\n"
ADDING += "print(len(report.added), len(report.present), len(report.failed))"


def test_adds_at_once_lose_nothing(corpus: Path, tmp_path: Path) -> None:
    files = [write(tmp_path / f"in/{n}.txt", number=n) for n in range(30)]
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", ADDING, corpus, *files[start : start + 20]],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
        )
        for start in (0, 10, 5)
    ]
    counts = [[*map(int, p.communicate(timeout=60)[0].split())] for p in programs]
    assert sum(added for added, _, _ in counts) == 30
    assert all((sum(count), count[2]) == (20, 0) for count in counts)
    assert ids(corpus) == sorted(["old", *(file.stem for file in files)])
    if (corpus / CATALOGUE_FILE).is_file():
        text = (corpus / CATALOGUE_FILE).read_text("utf-8")
        assert len(tomllib.loads(text)["document"]) == 31 and text.startswith(NOTE)


def test_a_catalogue_of_two_thousand_is_edited_quickly(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    path = write(corpus / "a.txt")
    digest = digest_of(path)
    tables = (
        f'[[document]]\nid = "d{n}" # {n}\nfile = "a.txt"\nsha256 = "{digest}"\n'
        for n in range(2000)
    )
    (corpus / CATALOGUE_FILE).write_text("\n".join(tables), "utf-8")
    add([write(tmp_path / "new.txt", number=2)], corpus)
    remove(["d1000"], corpus)
    text = (corpus / CATALOGUE_FILE).read_text("utf-8")
    assert text.count("[[document]]") == 2000 and "# 999\n" in text and "# 1000\n" not in text
    assert (corpus / "a.txt").exists()
    shutil.rmtree(corpus)
