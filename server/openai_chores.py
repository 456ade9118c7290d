"""What chat programs ask a model on their own account: titles, tags, follow-ups, search words.

Such a request is no question on policies. Read are the forms that Open WebUI, LobeChat and Dify send;
titles are the user's own words, the rest is empty, for nothing here makes such things up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from server.keeping.records import title_of

__all__ = ["asked_in", "chore_reply"]

_TASK = re.compile(r"\s*#+ ?Task:")
#: The key of the JSON that a task of Open WebUI wants, and what it gets.
_WANTED = re.compile(r'\{\s*"(title|tags|follow_ups|queries|text|prompt)"\s*:')
_EMPTY: dict[str, object] = {"tags": [], "follow_ups": [], "queries": [], "text": "", "prompt": ""}
_HISTORY = re.compile(r"<chat_history>(.*?)</chat_history>", re.DOTALL)
#: The first thing that a user says in a chat that is written down.
_FIRST = re.compile(
    r"^[^\S\n]*+user:\s*(.+?)(?=^[^\S\n]*+(?:assistant|user|system|tool):|\Z)", re.I | re.M | re.S
)
_WRITTEN_DOWN = re.compile(
    r"\s*+(?:user|assistant|system):.*^[^\S\n]*+(?:user|assistant):", re.I | re.M | re.S
)
_TITLE = re.compile(r"标题|title", re.I)
_DIFY_TITLE = re.compile(r'"Your Output"\s*:.*User Input:\s*(.*)\Z', re.DOTALL)
_DIFY_NEXT = re.compile(r"predict the three most likely questions", re.I)
#: Texts that Open WebUI found, with the question behind them or marked.
_ASKED = re.compile(r"<user_query>(.+?)</user_query>", re.DOTALL)
_ATTACHED = re.compile(r".*</context>\s*(\S.*)\Z", re.DOTALL)
_MERGED = re.compile(
    r'\s*You have been provided with a set of responses.{0,80}user query: "(.+?)"\n', re.S
)


def chore_reply(text: str, systems: Sequence[str]) -> str | None:
    """The reply to a chore; None where a text is a question. ``systems``: the system messages."""
    for system in systems:
        if system.lstrip().startswith("Available Tools:") and '"tool_calls"' in system:
            return json.dumps({"tool_calls": []})
    if _TASK.match(text) and (wanted := _WANTED.search(text)) and (said := _HISTORY.search(text)):
        name = wanted[1]
        return _json({name: _title(said[1]) if name == "title" else _EMPTY[name]})
    if told := _DIFY_TITLE.search(text):
        output = {"Language Type": "", "Your Reasoning": "", "Your Output": title_of(told[1])}
        return _json(output)
    if _DIFY_NEXT.search(text):
        return "[]"
    if _WRITTEN_DOWN.match(text) and any(_TITLE.search(system) for system in systems):
        return _title(text)
    return None


def asked_in(text: str) -> str:
    """The question in what a program wrapped around it; the texts beside it are not ours."""
    if _TASK.match(text) and (found := _ASKED.search(text) or _ATTACHED.match(text)):
        return found[1].strip()
    merged = _MERGED.match(text)
    return merged[1] if merged else text


def _title(chat: str) -> str:
    first = _FIRST.search(chat)
    return title_of(asked_in(first[1]) if first else chat)


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)
