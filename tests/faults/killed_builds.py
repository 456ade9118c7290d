"""Kill builds at random moments: ``python tests/faults/killed_builds.py FOLDER COUNT``.

Each round changes the corpus, by an edit, an add or a remove, and kills the build that follows. After
each the index opens whole, holds what the corpus was before or is now, and never less than what a build
said was done.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import time
from pathlib import Path

from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.embedder import open_embedder
from indexer.library import add, remove
from server.settings import Settings

TEXT = "某市第{0}号办法\n某府发〔2024〕{0}号\n第一条 为了发展产业，制定本办法。\n第二条 对{0}类企业奖励{1}万元。\n"
DOCUMENTS = 4


def main(folder: Path, count: int) -> None:
    random.seed(count)
    settings = Settings()
    embedder = open_embedder(settings.embedder, settings.models)
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    for number in range(1, DOCUMENTS + 1):
        (corpus / f"d{number}.txt").write_text(TEXT.format(number, 100), "utf-8")
    build(corpus, index, embedder)
    started = time.perf_counter()
    (corpus / "d1.txt").write_text(TEXT.format(1, 101), "utf-8")
    build(corpus, index, embedder)
    took = time.perf_counter() - started
    killed, seen, before = 0, 0, content(index)
    while killed < count:
        change(folder, corpus, killed)
        wanted = {p.name: p.read_text("utf-8") for p in corpus.glob("*.txt")}
        now = {name: amount(text) for name, text in wanted.items()}
        done, ended = attempt(lambda: build(corpus, index, embedder), took)
        killed += ended
        found = content(index)
        assert found == now or (found == before and not done), (found, before, now, done)
        seen += found == now
        before = found
    build(corpus, index, embedder)
    assert content(index) == {p.name: amount(p.read_text("utf-8")) for p in corpus.glob("*.txt")}
    left = [p.name for p in index.iterdir() if p.is_dir() and p.name.startswith("g-")]
    assert len(left) <= 3, left
    print(killed, "killed,", seen, "of them done")


def change(folder: Path, corpus: Path, number: int) -> None:
    """Edit a document, or add one, or remove it again."""
    if number % 3 == 1:
        other = folder / f"n{number}.txt"
        other.write_text(TEXT.format(50 + number, 1), "utf-8")
        add([other], corpus)
    elif number % 3 == 2:
        names = [p.stem for p in corpus.glob("n*.txt")]
        if names:
            remove(names, corpus)
    (corpus / "d1.txt").write_text(TEXT.format(1, random.randrange(10**6)), "utf-8")


def attempt(work, took: float) -> tuple[bool, bool]:
    """Work in a process that is killed at some moment; whether it was done, and killed."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        work()
        os.write(writing, b"!")
        time.sleep(60)
    os.close(writing)
    time.sleep(random.uniform(0, took))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    done = os.read(reading, 1) == b"!"
    os.close(reading)
    return done, os.WIFSIGNALED(status)


def content(index: Path) -> dict[str, str]:
    """The amount that each document of an index grants, of all that is in it."""
    opened = ClauseIndex.open(index)
    texts = {f"{d.id}.txt": list(opened.readings[d.id].outline)[1].text for d in opened.documents}
    assert len(opened.clauses.vectors) == len(opened.passages) == 2 * len(texts)
    return {name: amount(text) for name, text in texts.items()}


def amount(text: str) -> str:
    found = re.search(r"奖励(\d+)万元", text)
    assert found
    return found[1]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
