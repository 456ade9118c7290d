"""Chats as the page shows them, and questions that a plain form asks in one."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request

from corpus.errors import StoreError
from server.assistant import Assistant
from server.keeping.caller import caller_of
from server.keeping.chats import list_chats, make_chat, read_chat
from server.keeping.keeper import Keeper
from server.present_answer import answer_json
from server.recording import keeper_of, kept, texts_kept
from server.routes import query_of
from server.schemas import MOST_BEFORE, AskBody

__all__ = ["SHOWN", "Talk", "ask_in", "open_talk", "past_chats"]

_LOG = logging.getLogger("tiaowen")
#: How many earlier chats stand beside a page.
SHOWN = 30

Json = dict[str, Any]


@dataclass(slots=True)
class Talk:
    """What a page shows of chats. ``kept``: whether questions asked on it are kept."""

    kept: bool
    past: list[Json] = field(default_factory=list)
    chat: Json | None = None
    turns: list[Json] = field(default_factory=list)

    @property
    def questions(self) -> list[str]:
        """What was asked so far, as much as a question may bring along."""
        return [turn["question"] for turn in self.turns][-MOST_BEFORE:]


def past_chats(
    request: Request, q: str = "", limit: int = SHOWN, before: str | None = None
) -> list[Json] | None:
    """The asker's chats, the last one first; None where none are kept or the store fails."""
    keeper, owner = keeper_of(request), caller_of(request).owner
    if keeper is None or not keeper.texts:
        return None
    try:
        found = list_chats(keeper.database, owner, q, limit, before) if owner else []
    except StoreError as error:
        _LOG.warning("chats not listed: %s", error.message)
        return None
    # One whose first question failed shows nothing.
    return [chat for chat in found if chat["turns"]]


def open_talk(request: Request, chat: str) -> Talk:
    """Open what a page shows; raise KeptError where it names a chat that is not the asker's."""
    caller, past = caller_of(request), past_chats(request)
    if chat:
        found = read_chat(texts_kept(request).database, caller.owner, chat)
        return Talk(past is not None, past or [], found, found["turns"])
    if past is not None:
        caller.known()
    return Talk(past is not None, past or [])


def ask_in(request: Request, assistant: Assistant, talk: Talk, body: AskBody) -> None:
    """Answer a question of a plain form as the next turn of a chat, a new one if there is none."""
    answer = assistant.ask(query_of(body, assistant), body.conversation)
    keeper = keeper_of(request)
    if keeper and talk.kept and _is_meant(request):
        _begin(request, keeper, talk)
        body = body.model_copy(update={"chat": talk.chat["id"] if talk.chat else None})
    shown = kept(request, body, answer_json(answer), "page")
    limits = {"as_of": body.as_of, "area": body.area, "documents": body.documents}
    turn = {"n": None, "asked": None, "question": body.question, "answer": shown}
    talk.turns.append(turn | limits)


def _is_meant(request: Request) -> bool:
    """Whether somebody asks, and not a browser that looks ahead."""
    return request.method == "GET" and "prefetch" not in request.headers.get("sec-purpose", "")


def _begin(request: Request, keeper: Keeper, talk: Talk) -> None:
    if talk.chat is None:
        try:
            talk.chat = make_chat(keeper.database, caller_of(request).known())
        except StoreError as error:
            # The answer matters more than where it is kept.
            _LOG.warning("no chat begun: %s", error.message)
