"""How many requests a key or an address may make."""

from __future__ import annotations

import ipaddress
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from limits import RateLimitItem, parse_many
from limits.errors import ConfigurationError
from limits.storage import Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from corpus.errors import InputError

__all__ = ["Limiter", "Room"]

_LOG = logging.getLogger("tiaowen")
#: A Redis that hangs must not hold requests up, in seconds.
_HASTE = {"socket_connect_timeout": 1, "socket_timeout": 1}


@dataclass(frozen=True, slots=True)
class Room:
    """What is left of the limit that is nearest; ``full``: the request is one too many."""

    limit: int
    remaining: int
    seconds: int
    full: bool

    @property
    def headers(self) -> dict[str, str]:
        """The headers that say so."""
        said = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.seconds),
        }
        return said | ({"Retry-After": str(self.seconds)} if self.full else {})


class Limiter:
    """Counts in memory, or in Redis for several servers; without Redis it lets requests pass."""

    def __init__(
        self,
        key: str,
        address: str,
        store: str = "memory://",
        widget: str = "",
        failures: str = "",
    ) -> None:
        self._of_key = _read(key, "limit_key")
        self._of_address = _read(address, "limit_address")
        self._of_widget = _read(widget, "limit_widget")
        self._of_failures = _read(failures, "limit_failures")
        self._strategy = MovingWindowRateLimiter(_storage(store))

    def hit(self, key: str | None, address: str, widget: bool = False) -> Room | None:
        """Count a request of a key, or where there is none of an address; None: not limited.

        A question of a ``widget`` counts for its address too: one visitor shall not use up the key
        that all visitors of a site share.
        """
        items = self._of_key if key else self._of_address
        who = ("key", key) if key else ("address", _network(address))
        try:
            rooms = []
            if widget:
                asks = ("widget", _network(address))
                rooms = [self._room(item, asks) for item in self._of_widget]
            if not any(room.full for room in rooms):
                rooms += [self._room(item, who) for item in items]
        except Exception as error:
            # Whatever the store of the counts throws: answers matter more than counting them.
            _LOG.warning("rate limits are not counted: %s", type(error).__name__)
            return None
        return min(rooms, key=lambda room: (not room.full, room.remaining), default=None)

    def failed(self, address: str) -> None:
        """Count a key from an address that did not open."""
        try:
            for item in self._of_failures:
                self._strategy.hit(item, "failed", _network(address))
        except Exception as error:
            _LOG.warning("wrong keys are not counted: %s", type(error).__name__)

    def barred(self, address: str) -> Room | None:
        """What says that no more keys from an address are looked at; None while they are."""
        who = ("failed", _network(address))
        try:
            full = [i for i in self._of_failures if not self._strategy.test(i, *who)]
            rooms = [self._stated(item, who, full=True) for item in full]
        except Exception as error:
            _LOG.warning("wrong keys are not counted: %s", type(error).__name__)
            return None
        return max(rooms, key=lambda room: room.seconds, default=None)

    def _room(self, item: RateLimitItem, who: Sequence[str]) -> Room:
        return self._stated(item, who, full=not self._strategy.hit(item, *who))

    def _stated(self, item: RateLimitItem, who: Sequence[str], full: bool) -> Room:
        reset, remaining = self._strategy.get_window_stats(item, *who)
        seconds = max(1, math.ceil(reset - time.time()))
        return Room(item.amount, max(0, remaining), seconds, full)


def _read(text: str, field: str) -> list[RateLimitItem]:
    try:
        return parse_many(text) if text.strip() else []
    except ValueError as error:
        name = f"TIAOWEN_{field.upper()}"
        raise InputError(
            f"{name} 应如 1200/minute / must be like 1200/minute: {text[:40]!r}", field=field
        ) from error


def _storage(url: str) -> Storage:
    try:
        storage = storage_from_string(url, **(_HASTE if url.startswith("redis") else {}))
        if not isinstance(storage, Storage):
            raise ConfigurationError("asynchronous")
        return storage
    except (ConfigurationError, ValueError) as error:
        hint = " （pip install 'tiaowen[redis]'）" if url.startswith("redis") else ""
        raise InputError(
            "TIAOWEN_LIMIT_STORE 不可用 / cannot be used; memory:// or redis://host:6379"
            f"{hint}: {type(error).__name__}",
            field="limit_store",
        ) from error


def _network(address: str) -> str:
    """Of IPv6 the network that a customer gets: addresses in it are free to change."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
