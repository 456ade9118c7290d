"""Brings a database to the schema of this version; two processes may start at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from corpus.errors import StoreError

if TYPE_CHECKING:
    # Imported where a schema is changed: a start finds the one it wants nearly always.
    from alembic.config import Config

__all__ = ["HEAD", "is_current", "upgrade"]

#: The revision of this version's schema: the last one in ``migrations``.
HEAD = "0003"
#: The lock that upgrades of PostgreSQL take, so that one waits for the other; any number would do.
_LOCK = 0x7469616F

Opened = Callable[[], AbstractContextManager[Connection]]


def upgrade(reading: Opened, writing: Opened) -> None:
    """Upgrade if needed. A schema that this version does not know is an error, and left alone."""
    with reading() as connection:
        if _revision(connection) == HEAD:
            return
    from alembic import command

    config = _config()
    # SQLite has one writer at a time: the transaction itself is the lock.
    with writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _revision(connection) != HEAD:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def is_current(reading: Opened) -> bool:
    """Whether a database has the schema of this version; raise StoreError for one not known."""
    with reading() as connection:
        return _revision(connection) == HEAD


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _revision(connection: Connection) -> str | None:
    """The revision that a database is at; raise StoreError where it is none of ours."""
    heads = _heads(connection)
    if heads == [HEAD]:
        return HEAD
    from alembic.script import ScriptDirectory

    known = {step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions()}
    for revision in heads:
        if revision not in known:
            raise StoreError(
                "数据库由更新的版本写成，请升级程序或另用数据库 / the database was made by a newer "
                f"version; upgrade, or name another in TIAOWEN_DATABASE (schema {revision[:40]!r})",
                field="database",
            )
    return heads[0] if heads else None


def _heads(connection: Connection) -> list[str]:
    """What alembic has written down in a database, if anything."""
    if not inspect(connection).has_table("alembic_version"):
        return []
    return list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
