"""Keeping answers as they leave the server, whichever door they go through."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from typing import Any

from fastapi import Request

from corpus.errors import KeptError, StoreError
from server.keeping.caller import caller_of
from server.keeping.chats import owned_chat
from server.keeping.keeper import Keeper
from server.keeping.records import Asked
from server.live import assistant_of
from server.schemas import AskBody

__all__ = ["LONGEST_NOTED", "check_chat", "keeper_of", "kept", "noted", "texts_kept"]

_LOG = logging.getLogger("tiaowen")
#: Of a text that was checked the log holds the beginning.
LONGEST_NOTED = 500


def keeper_of(request: Request) -> Keeper | None:
    """What the app keeps answers with, if it keeps any."""
    keeper: Keeper | None = request.app.state.keeper
    return keeper


def texts_kept(request: Request) -> Keeper:
    """The keeper of chats and answers; raise KeptError where none are kept."""
    keeper = keeper_of(request)
    if keeper is None or not keeper.texts:
        raise KeptError("这里不保存提问和回答 / questions and answers are not kept here")
    return keeper


def check_chat(request: Request, body: AskBody) -> None:
    """Raise KeptError where a question is asked in a chat that is not the asker's."""
    keeper = keeper_of(request)
    if body.chat is None or keeper is None or not keeper.texts:
        return
    try:
        owned_chat(keeper.database, caller_of(request).owner, body.chat)
    except StoreError as error:
        # The answer matters more than where it is kept.
        _LOG.warning("chat not looked up: %s", error.message)


def kept(
    request: Request, body: AskBody, shown: dict[str, Any], door: str, store: bool = True
) -> dict[str, Any]:
    """Keep an answer and return it with its id; without ``store`` only note that it was given."""
    keeper = keeper_of(request)
    if keeper is None:
        return shown
    caller = caller_of(request)
    asked = Asked(
        body.question, door, body.as_of, body.area, body.documents, body.conversation,
        caller.owner, caller.key_id, body.chat,
    )  # fmt: skip
    return keeper.keep(asked, shown, store)


def noted(
    request: Request, text: str, door: str, status: str, found: Iterable[str | None], began: float
) -> None:
    """Note in the audit log what came of a text that is no question, with the clauses ``found``."""
    keeper = keeper_of(request)
    if keeper is not None:
        asked = Asked(text[:LONGEST_NOTED], door, key=caller_of(request).key_id)
        took = (time.perf_counter() - began) * 1000
        keeper.note(asked, status, found, assistant_of(request).index.manifest, took)
