"""Kill a server while it works: ``python tests/faults/killed_servers.py FOLDER COUNT``.

Questions go to chats and to batches while it is killed. The kill comes after some answers, within the
time that one takes, and is counted only if a request was under way that never came back. Each answer
that came back with an id, and each batch that was taken, is there when the next server opens the same
folder; batches that were cut off are finished.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from indexer.build import build
from indexer.embedder import open_embedder
from server.app import create_app
from server.assembly import open_assistant, warm
from server.keeping.database import open_database
from server.keeping.gate import Access
from server.keeping.keeper import Keeper
from server.settings import Settings

TEXT = "某市人才办法\n某府发〔2024〕1号\n第一条 为了引进人才，制定本办法。\n第二条 对入选人才给予100万元奖励。\n"
#: More than one, so that not all are answers kept.
QUESTIONS = ("入选人才奖励多少？", "给入选人才的奖励是多少？", "入选人才能拿多少奖励？")
MOST_JOBS = 40
COOKIE = {"Cookie": f"tiaowen_browser={'a' * 32}", "Content-Type": "application/json"}


@dataclass
class Asker:
    """Asks until the server is gone; remembers what was promised and what is under way."""

    port: int
    answers: list[str]
    jobs: set[str]
    done: int = 0
    #: Since when a request is under way, and how long the last one took.
    since: float | None = None
    took: float = 0.1

    def run(self) -> None:
        with suppress(OSError, http.client.HTTPException, ValueError):
            _, chat = self.call("/api/chats", {})
            while True:
                body = {"question": random.choice(QUESTIONS), "chat": chat["id"]}
                status, answer = self.call("/api/ask", body)
                assert status == 200, answer
                if answer["id"]:
                    self.answers.append(answer["id"])
                if not self.jobs or (len(self.jobs) < MOST_JOBS and random.random() < 0.2):
                    body = {"questions": [{"question": one} for one in QUESTIONS]}
                    status, job = self.call("/api/batches", body)
                    if status < 300:
                        self.jobs.add(job["id"])

    def call(self, path: str, body: object):
        """Send a request; while none has come back, ``since`` tells of it."""
        self.since = time.perf_counter()
        found = call(self.port, "POST", path, body)
        self.took = time.perf_counter() - self.since
        self.since, self.done = None, self.done + 1
        return found


def main(folder: Path, count: int) -> None:
    random.seed(count)
    usual = Settings()
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.txt").write_text(TEXT, "utf-8")
    build(folder / "corpus", folder / "index", open_embedder(usual.embedder, usual.models))
    # Nothing of it has threads before a server has begun.
    settings = Settings(index=folder / "index", batch_most=1)
    assistant = open_assistant(settings)
    warm(assistant)
    answers: list[str] = []
    jobs: set[str] = set()
    midway = others = 0
    while midway < count and others < 3 * count + 10:
        child, port = begin(assistant, folder)
        try:
            ready(port)
            read_back(port, answers, jobs)
            asker = Asker(port, answers, jobs)
            work = threading.Thread(target=asker.run, daemon=True)
            work.start()
            moment(asker)
        finally:
            killed = time.perf_counter()
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        work.join(20)
        # A request that began before the kill and has no answer: it was cut off.
        landed = asker.since is not None and asker.since < killed
        midway, others = midway + landed, others + (not landed)
    assert answers and jobs
    finished(assistant, folder, answers, jobs)
    print(f"{midway} killed in the middle: serve {midway}; {others} were not; ", end="")
    print(len(answers), "answers and", len(jobs), "batches kept")


def moment(asker: Asker) -> None:
    """Wait for some answers, then for a moment within the time that the next one takes."""
    wanted, last = random.randint(1, 8), time.perf_counter() + 20
    while asker.done < wanted and time.perf_counter() < last:
        time.sleep(0.001)
    time.sleep(random.uniform(0, asker.took))


def read_back(port: int, answers: list[str], jobs: set[str]) -> None:
    """A sample of the answers that were promised, the last of them, and all batches."""
    for name in (*random.sample(answers, min(5, len(answers))), *answers[-1:]):
        status, found = call(port, "GET", f"/api/answers/{name}")
        assert status == 200 and "100万元" in json.dumps(found, ensure_ascii=False), (status, found)
    for name in jobs:
        assert call(port, "GET", f"/api/batches/{name}")[0] == 200, name


def finished(assistant, folder: Path, answers: list[str], jobs: set[str]) -> None:
    """Every answer that was promised is there, and every batch is answered in the end."""
    child, port = begin(assistant, folder)
    try:
        ready(port)
        for name in answers:
            assert call(port, "GET", f"/api/answers/{name}")[0] == 200, name
        last = time.perf_counter() + 120
        for name in jobs:
            while (told := call(port, "GET", f"/api/batches/{name}")[1])["state"] != "done":
                assert time.perf_counter() < last, told
                time.sleep(0.1)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def begin(assistant, folder: Path) -> tuple[int, int]:
    """A server in a process of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    if (child := os.fork()) == 0:
        keeper = Keeper(open_database(f"sqlite:///{folder}/kept.db"))
        app = create_app(assistant, access=Access(keeper, "all"), batches=folder / "batches")
        uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])
        os._exit(0)
    listener.close()
    return child, port


def call(port: int, method: str, path: str, body: object = None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, None if body is None else json.dumps(body), COOKIE)
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def ready(port: int) -> None:
    for _ in range(400):
        try:
            if call(port, "GET", "/healthz")[0] == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
    raise AssertionError("the server did not start")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
