"""From settings to who may ask and what is kept."""

from __future__ import annotations

import ipaddress
from typing import Literal

from corpus.errors import InputError, ServeError
from server.keeping.database import default_url, open_database
from server.keeping.gate import Access
from server.keeping.keeper import Keeper
from server.keeping.keys import any_key
from server.keeping.limiting import Limiter
from server.keeping.origins import is_loopback, read_origins
from server.settings import Settings

__all__ = ["database_url", "limiter_of", "open_access", "read_proxies"]


def database_url(settings: Settings) -> str:
    """The database of the settings."""
    named = settings.database.get_secret_value() if settings.database else ""
    return named or default_url(settings.home)


def open_access(settings: Settings, host: str) -> Access:
    """Open what is kept, for a server that listens on a host.

    Raise ServeError where it would be open to others, or shut to all.
    """
    proxies = read_proxies(settings.proxy)
    origins = read_origins(settings.origins, "TIAOWEN_ORIGINS")
    widget = read_origins(settings.widget_origins, "TIAOWEN_WIDGET_ORIGINS")
    limiter = limiter_of(settings)
    database = open_database(database_url(settings))
    try:
        # Behind a proxy everybody comes from this machine.
        local = is_loopback(host) and not proxies
        mode: Literal["all", "local", "none"] = "local" if local else "none"
        mode = "all" if settings.open else mode
        if mode == "none" and not any_key(database):
            raise ServeError(
                f"{host} 可从别的机器访问，须先建密钥：tiaowen keys make 名称（或设 TIAOWEN_OPEN=1）"
                " / others can reach this: make a key first, or set TIAOWEN_OPEN=1",
                field="host",
            )
        keeper = Keeper(database, settings.store_questions, settings.retention_days)
    except BaseException:
        database.close()
        raise
    return Access(keeper, mode, limiter, origins, proxies, widget)


def limiter_of(settings: Settings) -> Limiter:
    """The limits of the settings; raise InputError for what is none."""
    return Limiter(
        settings.limit_key,
        settings.limit_address,
        settings.limit_store,
        settings.limit_widget,
        settings.limit_failures,
    )


def read_proxies(text: str) -> tuple[str, ...]:
    """The proxies that a setting names; raise InputError for what is no address."""
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    for name in names:
        try:
            ipaddress.ip_network(name, strict=False)
        except ValueError as error:
            raise InputError(
                "TIAOWEN_PROXY 应为地址或网段 / must be addresses or networks (10.0.0.2, 10.1.0.0/16): "
                f"{name[:60]!r}",
                field="proxy",
            ) from error
    return names
