"""A corpus put back to what a generation was made of: all of it, whenever it is cut off."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.catalogue import CATALOGUE_FILE, digest_of, list_entries
from corpus.errors import AbsentError, StateError
from indexer.build import BuildReport, build
from indexer.clause_index import ClauseIndex
from indexer.index_folder import current_generation, generations
from indexer.library import add, remove
from indexer.loaders import SUFFIXES
from indexer.rollback import finish, roll_back
from indexer.sources import Sources

TEXT = """某区试点办法{n}
某管发〔2025〕{n}号
第一条 为开展试点，制定本办法。
第二条 对试点企业奖励{n}万元。
"""


class Library:
    """A corpus with a catalogue, and its index."""

    def __init__(self, folder: Path, embedder) -> None:
        self.corpus, self.index, self.embedder = folder / "corpus", folder / "index", embedder
        (self.corpus / "documents").mkdir(parents=True)
        first = self.corpus / "documents" / "1.txt"
        first.write_text(TEXT.format(n=1), "utf-8")
        entry = f'id = "one"\nfile = "documents/1.txt"\nsha256 = "{digest_of(first)}"\n'
        (self.corpus / CATALOGUE_FILE).write_text(f"# Trials.\n\n[[document]]\n{entry}", "utf-8")

    def build(self, keep: int = 5) -> BuildReport:
        return build(self.corpus, self.index, self.embedder, keep=keep)

    def add(self, n: int) -> None:
        file = self.index.parent / f"{n}.txt"
        file.write_text(TEXT.format(n=n), "utf-8")
        assert not add([file], self.corpus).failed

    def remove(self, name: str) -> None:
        remove([name], self.corpus, sources=Sources.of(self.index))

    @property
    def state(self) -> dict[str, bytes]:
        files = (p for p in self.corpus.rglob("*") if p.is_file() and p.name[0] != ".")
        return {str(p.relative_to(self.corpus)): p.read_bytes() for p in files}


def kept(library: Library) -> Iterator[Path]:
    """The files that have left the corpus; lists of generations lie beside them."""
    return (p for p in Sources.of(library.index).folder.iterdir() if p.suffix != ".json")


@pytest.fixture
def library(tmp_path: Path, assistant) -> Library:
    return Library(tmp_path, assistant.retriever.embedder)


def test_back_and_forth_byte_for_byte(library: Library) -> None:
    states, names = [], []
    for change in (lambda: None, lambda: library.add(2), lambda: library.remove("one")):
        change()
        library.build()
        states.append(library.state)
        names.append(current_generation(library.index).name)
    for k in (0, 2, 1, 0, 1, 2):
        roll_back(library.corpus, library.index, names[k])
        report = library.build()
        assert library.state == states[k]
        # The generation that was made of it is in use again: nothing is embedded.
        assert current_generation(library.index).name == names[k] and report.embedded == 0
        listed = {entry.id for entry in list_entries(library.corpus, SUFFIXES)}
        assert set(ClauseIndex.open(library.index).readings) == listed
        assert not library.build().changed


def test_as_many_generations_and_files_as_are_wanted(library: Library) -> None:
    library.build()
    for n in (2, 3, 4, 5):
        library.add(n)
        library.remove(str(n)) if n == 3 else None
        library.build(keep=3)
    assert [g.manifest.documents for g in generations(library.index)] == [4, 3, 2]
    library.remove("2")
    assert digest_of(library.index.parent / "2.txt") in {path.name for path in kept(library)}
    for n in (6, 7, 8):
        library.add(n)
        library.build(keep=3)
    # No generation lists them any more.
    assert list(kept(library)) == []
    with pytest.raises(AbsentError):
        roll_back(library.corpus, library.index, "g-gone-0")


@pytest.mark.parametrize("change", ["text", "file", "catalogue"])
def test_what_was_done_by_hand_is_not_lost(library: Library, change: str) -> None:
    library.build()
    first = current_generation(library.index).name
    library.add(2)
    library.build()
    if change == "file":
        library.add(3)
    else:
        catalogue = library.corpus / CATALOGUE_FILE
        more = '\narea = "某区"\n' if change == "text" else "\n# Mine.\n"
        catalogue.write_text(catalogue.read_text("utf-8") + more, "utf-8")
    before = library.state
    with pytest.raises(StateError, match="先重建索引"):
        roll_back(library.corpus, library.index, first)
    assert library.state == before


def test_a_file_that_is_gone_is_named_and_nothing_done(library: Library) -> None:
    library.build()
    library.add(2)
    library.build()
    two = current_generation(library.index).name
    library.remove("2")
    library.build()
    next(kept(library)).write_bytes(b"damaged")
    before = library.state
    with pytest.raises(StateError, match="缺少那时的文件"):
        roll_back(library.corpus, library.index, two)
    assert library.state == before


#: Ends the process, without any clean-up, at the n-th renaming or removing of a file.
KILLED = """
import os, sys
left = int(sys.argv[4])
def hook(name, arguments):
    global left
    if name in ("os.rename", "os.remove"):
        left -= 1
        if left == 0:
            os._exit(9)
from pathlib import Path
from indexer.rollback import roll_back
sys.addaudithook(hook)
roll_back(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
"""


def test_killed_at_any_moment_it_is_whole_or_can_be_finished(library: Library) -> None:
    library.build()
    states = [library.state]
    first = current_generation(library.index).name
    library.add(2)
    library.remove("one")
    library.build()
    states.append(library.state)
    second = current_generation(library.index).name
    seen = set()
    for n in range(1, 12):
        command = [sys.executable, "-c", KILLED, library.corpus, library.index, first, str(n)]
        ended = subprocess.run(command, timeout=60, cwd=Path(__file__).resolve().parents[2])
        assert ended.returncode in (0, 9)
        pending = finish(library.corpus, library.index)
        seen.add(pending)
        assert library.state == states[0 if pending or not ended.returncode else 1]
        library.build()
        if ended.returncode == 0:
            break
        if library.state == states[0]:
            roll_back(library.corpus, library.index, second)
            library.build()
    assert ended.returncode == 0 and seen == {True, False}
