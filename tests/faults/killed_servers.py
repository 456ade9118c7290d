"""Kill a server at random moments: ``python tests/faults/killed_servers.py FOLDER COUNT``.

Questions go to chats and to batches while it is killed. Each answer that came back with an id, and each
batch that was taken, is there when the next server opens the same folder.
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
COOKIE = {"Cookie": f"tiaowen_browser={'a' * 32}", "Content-Type": "application/json"}


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
    answers: set[str] = set()
    jobs: set[str] = set()
    for _ in range(count):
        child, port = begin(assistant, folder)
        try:
            ready(port)
            for name in (
                *random.sample(sorted(answers), min(5, len(answers))),
                *list(answers)[-1:],
            ):
                status, found = call(port, "GET", f"/api/answers/{name}")
                assert status == 200 and "100万元" in json.dumps(found, ensure_ascii=False), (
                    status,
                    found,
                )
            for name in jobs:
                assert call(port, "GET", f"/api/batches/{name}")[0] == 200, name
            work = threading.Thread(target=ask, args=(port, answers, jobs), daemon=True)
            work.start()
            time.sleep(random.uniform(0.1, 1.5))
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        work.join(20)
    assert answers and jobs
    print(count, "killed,", len(answers), "answers and", len(jobs), "batches kept")


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


def ask(port: int, answers: set[str], jobs: set[str]) -> None:
    """Ask until the server is gone, and remember what it promised."""
    try:
        _, chat = call(port, "POST", "/api/chats", {})
        while True:
            body = {"question": "入选人才奖励多少？", "chat": chat["id"]}
            status, answer = call(port, "POST", "/api/ask", body)
            assert status == 200, answer
            if answer["id"]:
                answers.add(answer["id"])
            if len(jobs) < 20:
                body = {"questions": [{"question": "入选人才奖励多少？"}] * 3}
                status, job = call(port, "POST", "/api/batches", body)
                if status < 300:
                    jobs.add(job["id"])
    except (OSError, http.client.HTTPException, ValueError):
        return


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
