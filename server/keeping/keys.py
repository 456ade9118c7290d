"""Keys to the server and the sessions of browsers that signed in with one."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, insert, or_, select, update

from corpus.errors import InputError, KeptError
from server.keeping.database import Database
from server.keeping.moments import digest, later, now
from server.keeping.origins import read_origins
from server.keeping.tables import API_KEYS, SESSIONS

__all__ = [
    "PREFIX",
    "SCOPES",
    "SESSION_DAYS",
    "Key",
    "any_key",
    "find_key",
    "key_of_session",
    "list_keys",
    "make_key",
    "note_use",
    "revoke_key",
    "sign_in",
    "sign_out",
]

#: What keys begin with, so that people and scanners know one when they see it.
PREFIX = "tiaowen_"
#: What a key may be for; admin may do everything but be shown to all the world, as widget is.
SCOPES = ("read", "batch", "widget", "admin")
#: How long a browser stays signed in.
SESSION_DAYS = 14
_LONGEST_NAME = 80
#: What a key is compared with whose id nobody has.
_NOBODYS = digest(secrets.token_urlsafe(32))


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret. ``expires`` is the last day on which it opens."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created: str
    expires: str | None
    used: str | None
    revoked: str | None
    #: The sites whose pages a widget with this key may stand on.
    origins: tuple[str, ...] = ()

    @property
    def opens(self) -> bool:
        """Whether it is good today."""
        today = date.today().isoformat()
        return self.revoked is None and (self.expires is None or self.expires >= today)

    def allows(self, scope: str) -> bool:
        """Whether it is for this."""
        return scope in self.scopes or (scope != "widget" and "admin" in self.scopes)


def make_key(
    database: Database,
    name: str,
    scopes: Sequence[str],
    expires: date | None = None,
    origins: Sequence[str] = (),
) -> tuple[Key, str]:
    """Make a key; its text is returned here and can never be read again."""
    name, sites = name.strip(), read_origins(",".join(origins), "--origin")
    _check_widget(scopes, sites)
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InputError(
            f"名称应为 1 到 {_LONGEST_NAME} 个可见字符 / a name has 1 to {_LONGEST_NAME} characters",
            field="name",
        )
    if expires and expires < date.today():
        raise InputError("到期日已过 / that day is past", field="expires")
    id, last = secrets.token_hex(6), expires.isoformat() if expires else None
    text = f"{PREFIX}{id}_{secrets.token_urlsafe(32)}"
    chosen = tuple(scope for scope in SCOPES if scope in scopes)
    key = Key(id, name, chosen, now(), last, None, None, sites)
    values = {"id": id, "name": name, "digest": digest(text), "scopes": " ".join(chosen)}
    with database.writing() as connection:
        connection.execute(
            insert(API_KEYS).values(
                **values, created=key.created, expires=last, origins=" ".join(sites) or None
            )
        )
    return key, text


def _check_widget(scopes: Sequence[str], origins: Sequence[str]) -> None:
    """A key that stands in pages of the world opens nothing else, and only for named sites."""
    if ("widget" in scopes) != bool(origins) or ("widget" in scopes and set(scopes) != {"widget"}):
        raise InputError(
            "widget 密钥写在网页里，人人可见：须用 --origin 写明网站，不能兼有别的权限 / a widget key is "
            "public: it needs --origin and has no other scope",
            field="origin",
        )


def list_keys(database: Database) -> list[Key]:
    """All keys, oldest first."""
    with database.reading() as connection:
        rows = connection.execute(select(API_KEYS).order_by(API_KEYS.c.created))
        return [_key(row) for row in rows]


def any_key(database: Database) -> bool:
    """Whether there is a key that opens."""
    return any(key.opens for key in list_keys(database))


def revoke_key(database: Database, id: str) -> None:
    """Make a key useless, and end the sessions that it opened."""
    with database.writing() as connection:
        mine = API_KEYS.c.id == id
        revoked = func.coalesce(API_KEYS.c.revoked, now())
        if connection.execute(update(API_KEYS).where(mine).values(revoked=revoked)).rowcount == 0:
            raise KeptError(f"没有这个密钥 / no such key: {id[:40]!r}", field="id")
        connection.execute(delete(SESSIONS).where(SESSIONS.c.key == id))


def find_key(database: Database, text: str) -> Key | None:
    """The key of this text, if it opens."""
    id, _, secret = text.removeprefix(PREFIX).partition("_")
    if not text.startswith(PREFIX) or not secret or "\0" in id or not id.isascii():
        return None
    with database.reading() as connection:
        row = connection.execute(select(API_KEYS).where(API_KEYS.c.id == id)).first()
    # How long this takes says nothing of how much of a guess was right, nor whether there is the id.
    same = hmac.compare_digest(row.digest if row else _NOBODYS, digest(text))
    key = _key(row) if row and same else None
    return key if key and key.opens else None


def note_use(database: Database, id: str) -> None:
    """Note that a key was used now."""
    with database.writing() as connection:
        connection.execute(update(API_KEYS).where(API_KEYS.c.id == id).values(used=now()))


def sign_in(database: Database, key: Key) -> str:
    """Open a session and return its secret, for a cookie."""
    secret, ends = secrets.token_urlsafe(32), later(timedelta(days=SESSION_DAYS))
    values = {"digest": digest(secret), "key": key.id, "created": now(), "expires": ends}
    with database.writing() as connection:
        connection.execute(insert(SESSIONS).values(**values))
    return secret


def key_of_session(database: Database, secret: str) -> Key | None:
    """The key that opened a session, if both are still good."""
    joined = select(API_KEYS).join(SESSIONS, SESSIONS.c.key == API_KEYS.c.id)
    good = (SESSIONS.c.digest == digest(secret)) & (SESSIONS.c.expires > now())
    with database.reading() as connection:
        row = connection.execute(joined.where(good)).first()
    key = _key(row) if row else None
    return key if key and key.opens else None


def sign_out(database: Database, secret: str) -> None:
    """End a session, and those whose time is over."""
    done = or_(SESSIONS.c.digest == digest(secret), SESSIONS.c.expires <= now())
    with database.writing() as connection:
        connection.execute(delete(SESSIONS).where(done))


def _key(row: Row[Any]) -> Key:
    scopes = tuple(row.scopes.split())
    origins = tuple((row.origins or "").split())
    return Key(row.id, row.name, scopes, row.created, row.expires, row.used, row.revoked, origins)
