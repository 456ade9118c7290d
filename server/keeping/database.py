"""The database behind what is kept: SQLite in one file, or PostgreSQL by its address."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from corpus.errors import InputError, StoreError
from server.keeping.migrating import upgrade

__all__ = ["Database", "connect", "default_url", "open_database"]

#: How long a statement waits for another process, in seconds.
_PATIENCE = 5
_WRITES = "tiaowen_writes"


class Database:
    """Connections for reading and for writing; whatever fails is a StoreError of one line."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        #: How many uses failed; shown among the metrics.
        self.errors = {"read": 0, "write": 0}
        self._lock = Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One look at the data, in which nothing changes between two queries."""
        with self._told("read"), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One change: all of it is kept, or nothing."""
        with self._told("write"), self.engine.connect() as raw:
            connection = raw.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def _told(self, use: str) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            with self._lock:
                self.errors[use] += 1
            raise StoreError(
                f"存储暂时不可用 / the store cannot be used now: {_why(error)}"
            ) from error

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _why(error: SQLAlchemyError) -> str:
    """What the database said, in one line; the statement and its values are left out."""
    cause = getattr(error, "orig", None) or error
    lines = str(cause).strip().splitlines() or [""]
    return f"{type(cause).__name__}: {lines[0][:200]}"


def default_url(home: Path) -> str:
    """The database that is used where none is named."""
    return URL.create("sqlite", database=str(home / "kept" / "tiaowen.db")).render_as_string()


def open_database(url: str) -> Database:
    """Open a database and bring it to the schema of this version."""
    database = connect(url)
    try:
        upgrade(database.reading, database.writing)
    except BaseException:
        database.close()
        raise
    return database


def connect(url: str) -> Database:
    """Open a database with the schema that it has, to look at it."""
    return Database(_engine(url))


def _engine(text: str) -> Engine:
    try:
        url = make_url(text)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError):
        backend = ""
    if backend == "sqlite" and url.database and url.database != ":memory:":
        return _sqlite(url)
    if backend in ("postgresql", "postgres"):
        return _postgres(url)
    raise InputError(
        "TIAOWEN_DATABASE 应为 sqlite:///文件 或 postgresql://… / "
        "must be sqlite:///FILE or postgresql://…",
        field="database",
    )


def _sqlite(url: URL) -> Engine:
    path = Path(str(url.database)).expanduser().absolute()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite gives the files beside it the same mode.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(f"无法使用 / cannot use {path}: {error.strerror or error}") from error
    url = url.set(drivername="sqlite+pysqlite", database=str(path))
    engine = sqlalchemy.create_engine(url, connect_args={"timeout": _PATIENCE})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    # The driver must not begin by itself: it would not do so before CREATE TABLE.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # Who will write says so at once: one that has read first is not made to wait but refused.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(url: URL) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise StoreError(
            "连接 PostgreSQL 需要 psycopg / PostgreSQL needs psycopg: pip install 'tiaowen[postgres]'"
        ) from error
    options = f"-c lock_timeout={_PATIENCE}s -c statement_timeout={6 * _PATIENCE}s"
    return sqlalchemy.create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": _PATIENCE, "options": options},
        pool_pre_ping=True,
        pool_timeout=_PATIENCE,
    )
