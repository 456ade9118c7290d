"""A server that plays a language model from a script, and is as hostile as one likes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import uvicorn
from pydantic import SecretStr

from server.app import create_app
from server.assistant import Assistant
from server.chat import OpenAIChat

__all__ = ["KEY", "Play", "Stage", "playing", "serving"]

KEY = "sk-" + "秘密".encode().hex()


class Stage(BaseHTTPRequestHandler):
    """One request; the script says how it is answered."""

    protocol_version = "HTTP/1.1"
    server: Play

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.heard.append(said)
        self.server.headers.append(dict(self.headers))
        try:
            self.server.script(self)
        except OSError:
            self.server.hung_up.set()
        self.close_connection = True

    def send(self, body: bytes, status: int = 200, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def whole(self, text: object, finish: str = "stop") -> None:
        """Answer with one JSON object, as servers without streaming do."""
        choice = {"message": {"role": "assistant", "content": text}, "finish_reason": finish}
        self.send(json.dumps({"choices": [choice]}).encode())

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()

    def event(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def delta(self, text: str | None, finish: str | None = None) -> None:
        delta = {"content": text} if text is not None else {}
        self.event(json.dumps({"choices": [{"delta": delta, "finish_reason": finish}]}))

    def say(self, text: str, finish: str = "stop", size: int = 3) -> None:
        """Stream a reply in small pieces, and end it well."""
        self.begin()
        self.delta("")
        for at in range(0, len(text), size):
            self.delta(text[at : at + size])
        self.delta(None, finish)
        self.event("[DONE]")

    def log_message(self, *_: object) -> None:
        pass


Script = Callable[[Stage], None]


class Play(ThreadingHTTPServer):
    """Keeps all that it was sent; ``hung_up`` is set when a client leaves early;
    a script may wait for ``go_on``."""

    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), Stage)
        self.script = script
        self.heard: list[dict[str, object]] = []
        self.headers: list[dict[str, str]] = []
        self.hung_up = threading.Event()
        self.go_on = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: object) -> None:
        pass


@contextmanager
def playing(script: Script) -> Iterator[Play]:
    play = Play(script)
    thread = threading.Thread(target=play.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield play
    finally:
        play.shutdown()
        thread.join()
        play.server_close()


@contextmanager
def serving(assistant: Assistant, play: Play) -> Iterator[str]:
    """The application in a server of its own, with the model of a play."""
    app = create_app(replace(assistant, model=OpenAIChat(play.url, "scripted", SecretStr(KEY))))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
