"""Where Milvus is, and how it is spoken to: one client, and errors that a user can act on.

pymilvus is imported when an engine is first used, so that the product runs without it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import IndexFolderError

__all__ = ["COLLECTIONS", "Engine", "drop_collections", "name_of"]

#: What lies in the engine for each generation of an index.
COLLECTIONS = ("clauses", "sentences")
#: Seconds to wait for a server that does not answer; a search takes milliseconds.
_CONNECT, _CALL = 5, 10
#: milvus-lite takes the pings of an idle client amiss, and ends the connection.
_QUIET = {"grpc.keepalive_time_ms": 2**31 - 1}
_URI = re.compile(r"(?:https?|tcp)://.+|unix:.+|.+\.db")


@dataclass(frozen=True, slots=True)
class Engine:
    """The address of a Milvus server, or a file ending in .db for milvus-lite; and its token."""

    uri: str
    token: str = field(default="", repr=False)

    def __str__(self) -> str:
        """The address without a password that may stand in it."""
        return re.sub(r"//[^/@]*@", "//", self.uri)

    @property
    def is_file(self) -> bool:
        """Whether milvus-lite keeps everything in one place on this machine."""
        return "://" not in self.uri and not self.uri.startswith("unix:")

    def connect(self) -> Any:
        """Return a client; raise IndexFolderError where that is not possible.

        pymilvus shares one connection among the clients of an address.
        """
        if not _URI.fullmatch(self.uri):
            raise IndexFolderError(
                f"TIAOWEN_MILVUS 应为 http://主机:19530 或以 .db 结尾的路径 / TIAOWEN_MILVUS must be "
                f"http://host:19530 or a path that ends in .db: {self}",
                field="milvus",
            )
        client = _client_class(self.is_file)
        uri = str(Path(self.uri).expanduser()) if self.is_file else self.uri
        hint = "；另一进程正在使用？ / in use by another process?" if self.is_file else ""
        with self.told(hint):
            return client(
                uri=uri,
                token=self.token,
                timeout=_CONNECT,
                grpc_options=_QUIET if self.is_file else {},
            )

    @contextmanager
    def told(self, hint: str = "") -> Iterator[None]:
        """Say in two languages what Milvus says, with its address."""
        import grpc
        from pymilvus.exceptions import MilvusException

        try:
            yield
        except (MilvusException, grpc.RpcError, grpc.FutureTimeoutError) as error:
            told = error.message if isinstance(error, MilvusException) else error
            first = str(told).strip().split("\n")[0][:200]
            raise IndexFolderError(
                f"Milvus 不可用 / Milvus cannot be used: {self}: {first}{hint}", field="milvus"
            ) from error

    def call(self, client: Any, verb: str, *arguments: Any, **options: Any) -> Any:
        """Call one verb of a client, for so long at most; raise IndexFolderError."""
        with self.told():
            return getattr(client, verb)(*arguments, **{"timeout": _CALL} | options)


def name_of(generation: str, kind: str) -> str:
    """Return the name of a collection of a generation: letters, digits and underscores.

    >>> name_of("g-0123456789ab-18c", "clauses")
    'tiaowen_g_0123456789ab_18c_clauses'
    """
    return f"tiaowen_{re.sub(r'[^0-9A-Za-z]', '_', generation)}_{kind}"


def drop_collections(engine: Engine, generation: str) -> None:
    """Drop what a generation has in the engine, all or half of it."""
    client = engine.connect()
    for kind in COLLECTIONS:
        name = name_of(generation, kind)
        if engine.call(client, "has_collection", name):
            engine.call(client, "drop_collection", name)


def _client_class(local: bool) -> Any:
    try:
        from pymilvus import MilvusClient

        if local:
            import milvus_lite  # noqa: F401
    except ImportError as error:
        raise IndexFolderError(
            f"缺少 {error.name}，请运行 / is missing, run: pip install 'tiaowen[milvus]'",
            field="milvus",
        ) from error
    # They log each error that they raise with a traceback, milvus-lite each call that it lacks.
    for name in ("pymilvus", "milvus_lite", *(("grpc._server",) if local else ())):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return MilvusClient
