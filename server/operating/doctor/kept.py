"""The database and the keys, looked at without making or changing anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from corpus.errors import PolicyError
from server.keeping.database import Database, connect
from server.keeping.keys import Key, list_keys
from server.keeping.migrating import is_current
from server.keeping.opening import database_url
from server.keeping.origins import is_loopback
from server.operating.doctor.line import Line, bad, fine, host_of, note
from server.settings import Settings

__all__ = ["check_kept"]

_SOON = timedelta(days=14)


def check_kept(settings: Settings, host: str) -> Iterator[Line]:
    """The database, and the keys in it."""
    url = database_url(settings)
    try:
        parsed = make_url(url)
    except ArgumentError:
        advice = "sqlite:///FILE，postgresql://…"
        yield bad("database", "TIAOWEN_DATABASE 不是地址 / is no address", advice)
        return
    local = parsed.get_backend_name() == "sqlite"
    file = Path(str(parsed.database)).expanduser()
    name = str(file) if local else f"{host_of(url)}/{parsed.database or ''}"
    if local and not file.exists():
        yield fine("database", f"{name}：首次使用时建立 / made when first used")
        yield from _check_keys([], settings, host)
        return
    try:
        database = connect(url)
        try:
            yield from _look(database, name, settings, host)
        finally:
            database.close()
    except PolicyError as error:
        # What the database said may name users, and the address its password.
        secret = parsed.password
        said = error.message.replace(str(secret), "***") if secret else error.message
        yield bad("database", f"{name}：{said}", "请检查 TIAOWEN_DATABASE / check the address")


def _look(database: Database, name: str, settings: Settings, host: str) -> Iterator[Line]:
    if not is_current(database.reading):
        yield note(
            "database",
            f"{name}：结构较旧 / its schema is older",
            "下次启动时升级，请先备份（tiaowen backup）/ upgraded at the next start: back it up first",
        )
        return
    yield fine("database", f"{name}：可用，结构最新 / reachable, schema up to date")
    yield from _check_keys(list_keys(database), settings, host)


def _check_keys(keys: list[Key], settings: Settings, host: str) -> Iterator[Line]:
    opening = [key for key in keys if key.opens]
    outside = not is_loopback(host) or bool(settings.proxy)
    if settings.open:
        yield note(
            "keys",
            "TIAOWEN_OPEN=1：任何人都可以用，不要密钥 / open to everybody, without a key",
            "仅限可信网络 / for trusted networks only",
        )
    elif outside and not opening:
        advice = "tiaowen keys make NAME"
        yield bad("keys", f"{host} 没有可用的密钥 / no key opens; it will not start", advice)
    limit = (date.today() + _SOON).isoformat()
    ending = [key.id for key in opening if key.expires and key.expires <= limit]
    said = f"{len(opening)} 个可用 / keys that open"
    if ending:
        message = f"{said}，即将到期 / about to expire: {'、'.join(ending)}"
        yield note("keys", message, "tiaowen keys make NAME --expires DATE")
    else:
        yield fine("keys", said)
