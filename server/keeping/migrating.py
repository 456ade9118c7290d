"""Brings a database to the schema of this version; two processes may start at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from corpus.errors import StoreError

__all__ = ["is_current", "upgrade"]

#: The lock that upgrades of PostgreSQL take, so that one waits for the other; any number would do.
_LOCK = 0x7469616F

Opened = Callable[[], AbstractContextManager[Connection]]


def upgrade(reading: Opened, writing: Opened) -> None:
    """Upgrade if needed. A schema that this version does not know is an error, and left alone."""
    config = _config()
    head = ScriptDirectory.from_config(config).get_current_head()
    with reading() as connection:
        if _revision(connection, config) == head:
            return
    # SQLite has one writer at a time: the transaction itself is the lock.
    with writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _revision(connection, config) != head:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def is_current(reading: Opened) -> bool:
    """Whether a database has the schema of this version; raise StoreError for one not known."""
    config = _config()
    with reading() as connection:
        return (
            _revision(connection, config) == ScriptDirectory.from_config(config).get_current_head()
        )


def _config() -> Config:
    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _revision(connection: Connection, config: Config) -> str | None:
    """The revision that a database is at; raise StoreError where it is none of ours."""
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    heads = MigrationContext.configure(connection).get_current_heads()
    for revision in heads:
        if revision not in known:
            raise StoreError(
                "数据库由更新的版本写成，请升级程序或另用数据库 / the database was made by a newer "
                f"version; upgrade, or name another in TIAOWEN_DATABASE (schema {revision[:40]!r})",
                field="database",
            )
    return heads[0] if heads else None
