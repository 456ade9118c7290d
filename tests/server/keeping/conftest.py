"""The same contract over SQLite and over PostgreSQL, where its server is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from starlette.testclient import TestClient

from server.app import create_app
from server.assistant import Assistant
from server.keeping.database import Database, open_database
from server.keeping.gate import Access
from server.keeping.keeper import Keeper


def _server_programs() -> Path | None:
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of its own on a socket in a folder, gone after the tests."""
    pytest.importorskip("psycopg", reason="psycopg is missing: pip install 'tiaowen[postgres]'")
    programs = _server_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="tw-pg-", dir="/tmp"))
    become = _unprivileged(folder)
    data = folder / "data"
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    control = [programs / "pg_ctl", "-D", data, "-w"]
    try:
        init = [programs / "initdb", "-D", data, "-U", "tiaowen", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*init, "--locale=C"], check=True, capture_output=True, **become)
        start = [*control, "-l", folder / "log", "-o", options, "start"]
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL, **become)
        yield f"postgresql://tiaowen@/postgres?host={folder}"
        subprocess.run([*control, "-m", "immediate", "stop"], capture_output=True, **become)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """PostgreSQL does not run as root: then its own user, or nobody."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "cwd": folder}


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """An empty database."""
    name = f"t{uuid.uuid4().hex}"
    engine = sqlalchemy.create_engine(
        postgres.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return postgres.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return request.getfixturevalue("postgres_url")
    return f"sqlite:///{tmp_path}/kept/tiaowen.db"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url)
    yield opened
    opened.close()


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    keeper = Keeper(open_database(f"sqlite:///{tmp_path}/kept/tiaowen.db"))
    yield keeper
    keeper.close()


@pytest.fixture
def served(assistant: Assistant, keeper: Keeper) -> Callable[..., TestClient]:
    """A browser at the real application; more of them share what is kept."""

    def _served(
        base_url: str = "http://testserver", address: str = "192.0.2.7", **access: Any
    ) -> TestClient:
        app = create_app(assistant, access=Access(**({"keeper": keeper} | access)))
        return TestClient(app, base_url, False, client=(address, 50000), follow_redirects=False)

    return _served
