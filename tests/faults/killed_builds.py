"""Kill index, add and remove in the middle: ``python tests/faults/killed_builds.py FOLDER COUNT``.

A command runs in a process that tells each change it makes to files; the kill follows one of them,
drawn from as many as a whole run makes, after a moment that is drawn too. Only kills that came after
the first change and before the end are counted. After each, the corpus holds all or nothing of what
was to be done, the index opens whole and holds what the corpus was before or is now, and never less
than what was said to be done.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.catalogue import CATALOGUE_FILE, digest_of, list_entries
from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.embedder import open_embedder
from indexer.loaders import SUFFIXES
from server.editing import put_in, take_away
from server.settings import Settings

TEXT = "某市第{0}号办法\n某府发〔2024〕{0}号\n第一条 为了发展产业，制定本办法。\n第二条 对{0}类企业奖励{1}万元。\n"
DOCUMENTS = 4
COMMANDS = ("index", "add", "remove")
#: Changes to files, as the interpreter tells them of itself.
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"}
#: Seconds after a change that a kill comes at most: writing and syncing are between two changes.
LONGEST = 0.01


@dataclass
class Home:
    """A corpus, with a catalogue or without, and its index."""

    folder: Path
    embedder: object
    #: How many changes a whole run makes, for each command.
    steps: dict[str, int] = field(default_factory=dict)

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    @property
    def index(self) -> Path:
        return self.folder / "index"

    def build(self) -> None:
        build(self.corpus, self.index, self.embedder)

    def amounts(self) -> dict[str, str]:
        """What each document of the corpus grants."""
        entries = list_entries(self.corpus, SUFFIXES)
        return {entry.id: amount(entry.path.read_text("utf-8")) for entry in entries}


def main(folder: Path, count: int) -> None:
    random.seed(count)
    settings = Settings()
    embedder = open_embedder(settings.embedder, settings.models)
    homes = [begun(folder / name, embedder, name == "listed") for name in ("plain", "listed")]
    midway: Counter[str] = Counter()
    others = 0
    for number in range(20 * count):
        if midway.total() == count:
            break
        command = COMMANDS[number % 3]
        if killed(homes[number // 3 % 2], command, number):
            midway[command] += 1
        else:
            others += 1
    for home in homes:
        home.build()
        assert content(home.index) == home.amounts()
        left = [p.name for p in home.index.iterdir()]
        assert len([name for name in left if name.startswith("g-")]) <= 3, left
        assert not [name for name in left if name.startswith("current.")], left
    told = ", ".join(f"{name} {midway[name]}" for name in COMMANDS)
    print(f"{midway.total()} killed in the middle: {told}; {others} were done or had not begun")


def begun(folder: Path, embedder: object, listed: bool) -> Home:
    """A home with a few documents, and the changes that each command makes counted in a whole run."""
    home = Home(folder, embedder)
    home.corpus.mkdir(parents=True)
    if listed:
        (home.corpus / CATALOGUE_FILE).write_text("", "utf-8")
    for number in range(1, DOCUMENTS + 1):
        place = folder / f"d{number}.txt"
        place.write_text(TEXT.format(number, 100), "utf-8")
        put_in([place], home.corpus, home.index)
    home.build()
    for command in COMMANDS:
        done, steps = attempt(work_of(home, command, 900), None)
        assert done
        home.steps[command] = steps
    return home


def work_of(home: Home, command: str, number: int) -> Callable[[], None]:
    """A change to the corpus and the build that follows, as the command of that name does it."""
    if command == "index":
        edit(home.corpus)
        return home.build
    name = f"n{number}"
    if command == "add":
        other = home.folder / f"{name}.txt"
        other.write_text(TEXT.format(50 + number, number), "utf-8")

        def add() -> None:
            done = put_in([other], home.corpus, home.index)
            assert done.added or done.present, done
            home.build()

        return add
    there = [each for each in home.amounts() if each.startswith("n")]

    def remove() -> None:
        take_away(there[-1:], home.corpus, home.index)
        home.build()

    return remove


def edit(corpus: Path) -> None:
    """Change a document, and its digest where there is a catalogue, as somebody would by hand."""
    entry = next(each for each in list_entries(corpus, SUFFIXES) if each.id == "d1")
    entry.path.write_text(TEXT.format(1, random.randrange(10**6)), "utf-8")
    catalogue = corpus / CATALOGUE_FILE
    if catalogue.is_file():
        text = catalogue.read_text("utf-8").replace(entry.sha256, digest_of(entry.path))
        catalogue.write_text(text, "utf-8")


def killed(home: Home, command: str, number: int) -> bool:
    """Kill a command; whether it was in the middle. What there is then must be whole."""
    if command == "remove" and not any(name.startswith("n") for name in home.amounts()):
        work_of(home, "add", number)()
    before, old = content(home.index), home.amounts()
    work = work_of(home, command, number)
    old = home.amounts() if command == "index" else old
    at = random.randint(1, home.steps[command])
    done, steps = attempt(work, at)
    new, found = home.amounts(), content(home.index)
    changed = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    assert len(changed) <= (command != "index"), (old, new)
    assert not done or command == "index" or changed, "what was said to be done is not"
    assert found == new or (found == before and not done), (found, before, new, done)
    if random.random() < 0.5:
        # Whoever finds a command killed runs it again.
        if command != "remove" or not changed:
            work()
        home.build()
        again = home.amounts()
        assert content(home.index) == again
        assert command == "index" or again != old
    return not done and steps > 0


def attempt(work: Callable[[], None], at: int | None) -> tuple[bool, int]:
    """Work in a process that is killed after so many changes; whether it was done, and its changes."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        sys.addaudithook(lambda event, given: told(event, given, writing))
        try:
            work()
            os.write(writing, b"!")
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writing)
    seen = b""
    while (at is None or len(seen) < at) and (more := os.read(reading, 1)):
        seen += more
    if at is not None:
        time.sleep(random.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 4096):
        seen += more
    os.close(reading)
    return seen.endswith(b"!"), len(seen.removesuffix(b"!"))


def told(event: str, given: tuple[object, ...], writing: int) -> None:
    """Tell of a file that is opened to be written, renamed or removed."""
    opened = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)
    if event in CHANGES or (opened and ".lock" not in str(given[0])):
        os.write(writing, b".")


def content(index: Path) -> dict[str, str]:
    """The amount that each document of an index grants, of all that is in it."""
    opened = ClauseIndex.open(index)
    texts = {d.id: list(opened.readings[d.id].outline)[1].text for d in opened.documents}
    assert len(opened.clauses.vectors) == len(opened.passages) == 2 * len(texts)
    return {name: amount(text) for name, text in texts.items()}


def amount(text: str) -> str:
    found = re.search(r"奖励(\d+)万元", text)
    assert found
    return found[1]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
