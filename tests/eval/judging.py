"""A server that plays a judge from a script, and answers to be judged."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pydantic import SecretStr

from eval.judge import Judge
from eval.outcome import Outcome
from eval.runs import Run

KEY = "sk-秘密".encode().hex()
GOOD = '{"faithfulness": 4, "fluency": 5, "reason": "有依据"}'
JUDGED = {"judged_faithfulness": 4.0, "judged_fluency": 5.0}


def outcome(number: int, **changes: object) -> Outcome:
    base = Outcome(
        "set", f"q{number}", "single_fact", f"第{number}项奖励多少？", "answered", "answered",
        answer="奖励1000万元[1]。", quotes={"办法#art4": "给予1000万元奖励。"},
        cited=("办法#art4",), values={"right": 1.0, "fact_accuracy": 1.0},
    )  # fmt: skip
    return replace(base, **changes)


def run_of(*outcomes: Outcome) -> Run:
    return Run("r", "2026-11-24T00:00:00+00:00", "default", {}, {"code": "x"}, outcomes)


def run_of_size(size: int) -> Run:
    return run_of(*(outcome(n) for n in range(size)))


class Stage(BaseHTTPRequestHandler):
    """A server that answers as its script says."""

    protocol_version = "HTTP/1.1"
    server: Theatre

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.heard.append(said)
            self.server.headers.append(dict(self.headers))
            self.server.paths.append(self.path)
            number = len(self.server.heard)
        try:
            self.server.script(self, number)
        except OSError:
            self.close_connection = True  # the client has hung up, as it should

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def say(self, content: object) -> None:
        choice = {"message": {"role": "assistant", "content": content}}
        self.send(json.dumps({"choices": [choice]}).encode())

    def log_message(self, *_: object) -> None:
        pass


Script = Callable[[Stage, int], None]


class Theatre(ThreadingHTTPServer):
    """Keeps all that it was sent."""

    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), Stage)
        self.script = script
        self.lock = threading.Lock()
        self.heard: list[dict[str, object]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: object) -> None:
        pass


@contextmanager
def playing(script: Script) -> Iterator[Theatre]:
    theatre = Theatre(script)
    thread = threading.Thread(target=theatre.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield theatre
    finally:
        theatre.shutdown()
        thread.join()
        theatre.server_close()


def client(theatre: Theatre, timeout: float = 10.0) -> Judge:
    return Judge(theatre.url, "model", SecretStr(KEY), timeout)
