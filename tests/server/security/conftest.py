"""One server process over a small hostile library; the tests of this folder attack it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator

import httpx
import pytest
from attacking import SOURCE, Attacked
from serving import started

from indexer.build import build
from indexer.embedder import open_embedder
from server.keeping.database import open_database
from server.keeping.keys import make_key
from server.settings import Settings


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "evil.txt").write_text(SOURCE, "utf-8")
    (folder / "secret.txt").write_text("SECRET-OUTSIDE", "utf-8")
    named = Settings()
    build(folder / "corpus", folder / "index", open_embedder(named.embedder, named.models))
    database = f"sqlite:///{folder}/kept/tiaowen.db"
    kept = open_database(database)
    keys = {name: make_key(kept, name, [name])[1] for name in ("read", "batch", "admin")}
    # Opens nothing before the test of guessed keys: one that did is looked at ever after.
    keys["unused"] = make_key(kept, "unused", ["batch"])[1]
    kept.close()
    settings = {
        "TIAOWEN_CORPUS": str(folder / "corpus"),
        "TIAOWEN_INDEX": str(folder / "index"),
        "TIAOWEN_HOME": str(folder / "home"),
        "TIAOWEN_DATABASE": database,
        "TIAOWEN_LIMIT_FAILURES": "5/minute",
    }
    log = folder / "log"
    with started(log, ends=signal.SIGINT, **settings) as (process, url):
        yield Attacked(url, keys, folder, log, process.pid)
    said = log.read_text("utf-8")
    assert "Traceback" not in said and "SECRET" not in said
    assert not any(key in said for key in keys.values())


@pytest.fixture
def browse(attacked: Attacked) -> Iterator[Callable[..., httpx.Client]]:
    """Browsers and programs at the server, each with its own cookies."""
    opened: list[httpx.Client] = []

    def _browse(key: str | None = None, address: str = "127.0.0.1") -> httpx.Client:
        headers = {"authorization": f"Bearer {attacked.keys[key]}"} if key else {}
        way = httpx.HTTPTransport(local_address=address)
        client = httpx.Client(base_url=attacked.url, headers=headers, timeout=60, transport=way)
        opened.append(client)
        return client

    yield _browse
    for client in opened:
        client.close()
