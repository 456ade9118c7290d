"""The OpenAI wire format: a chat read as a question, an answer written as a completion."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from corpus.errors import InputError
from indexer.index_folder import Manifest
from server.answer import Answer
from server.openai_chores import asked_in
from server.schemas import MOST_BEFORE, AskBody, ChatBody

__all__ = [
    "DONE",
    "MODEL",
    "Completion",
    "error_json",
    "event",
    "model_json",
    "read_chat",
    "text_in",
]

MODEL = "tiaowen"
DONE = "data: [DONE]\n\n"

Json = dict[str, Any]


def read_chat(body: ChatBody) -> AskBody:
    """Read the last user message as the question, those before it as its conversation.

    What a system message or an assistant says is not read: nothing in it can change an answer.
    """
    if body.n not in (None, 1):
        raise InputError("n 只能是 1 / n must be 1: there is one answer", field="n")
    users = [message.content for message in body.messages if message.role == "user"]
    # What came with an earlier question cannot be read now either, and shall not spoil this one.
    said = [asked_in(text) for content in users[:-1] if (text := text_in(content))]
    said += [asked_in(_text(content)) for content in users[-1:]]
    if not said:
        raise InputError("messages 里没有用户的问题 / there is no user message", field="messages")
    if len(said) > MOST_BEFORE + 1:
        raise InputError(
            f"此前的提问超过 {MOST_BEFORE} 个，请新开对话 / "
            f"more than {MOST_BEFORE} questions before this one, start a new conversation",
            field="messages",
        )
    limits = body.model_dump(include={"as_of", "area", "documents", "higher", "in_force"})
    return AskBody(question=said[-1], conversation=said[:-1], **limits)


def _text(content: object) -> str:
    """The text of a message: a string, or a list of text parts, each a line of its own."""
    parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
    if not isinstance(parts, list):
        raise InputError("消息没有文字 / a message without text", field="messages")
    return "\n".join(_part(part) for part in parts)


def text_in(content: object) -> str:
    """What of a message is text; empty where nothing is."""
    parts = content if isinstance(content, list) else [{"type": "text", "text": content}]
    texts = (p.get("text") for p in parts if isinstance(p, dict) and p.get("type") == "text")
    return "\n".join(text for text in texts if isinstance(text, str) and text.strip())


def _part(part: object) -> str:
    if isinstance(part, dict) and part.get("type") == "text" and isinstance(part.get("text"), str):
        return str(part["text"])
    kind = part.get("type") if isinstance(part, dict) else None
    raise InputError(
        f"只能处理文字，不能处理图片、语音和文件 / only text parts are read, not {str(kind)[:40]!r}",
        field="messages",
    )


@dataclass(frozen=True, slots=True)
class Completion:
    """One reply, whole or in chunks; ``index`` is the fingerprint of what it was answered from."""

    index: str
    asked: AskBody
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, answer: Answer, shown: Json) -> Json:
        """The reply as one object; ``shown`` is the answer as /api/ask returns it."""
        return self.plain(answer.text) | {"tiaowen": shown}

    def plain(self, text: str) -> Json:
        """The reply to what is no question."""
        message = {"role": "assistant", "content": text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        used = {"usage": self.usage(text), "tiaowen": None}
        return self._envelope("chat.completion", [choice]) | used

    def chunk(self, delta: Json, finish: str | None = None, **more: Any) -> str:
        """A chunk of the reply, as a Server-Sent Event."""
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return event(self._envelope("chat.completion.chunk", [choice]) | more)

    def usage_chunk(self, text: str) -> str:
        """The chunk without a choice that says how much was read and written."""
        return event(self._envelope("chat.completion.chunk", []) | {"usage": self.usage(text)})

    def usage(self, text: str) -> Json:
        """Count characters as tokens: without a language model there are no others."""
        read = sum(map(len, (*self.asked.conversation, self.asked.question)))
        return {
            "prompt_tokens": read,
            "completion_tokens": len(text),
            "total_tokens": read + len(text),
        }

    def _envelope(self, kind: str, choices: Sequence[Json]) -> Json:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": MODEL,
            "system_fingerprint": f"fp_{self.index}",
            "choices": list(choices),
        }


def model_json(manifest: Manifest) -> Json:
    """The one model there is, as old as the index."""
    built = int(datetime.fromisoformat(manifest.built).timestamp())
    return {"id": MODEL, "object": "model", "created": built, "owned_by": MODEL}


def error_json(status: int, code: str, message: str, field: str | None) -> Json:
    """An error in the shape that OpenAI's clients read."""
    kind = "invalid_request_error" if status < 500 else "server_error"
    kind = "requests" if status == 429 else kind
    # Questions came as messages.
    param = "messages" if field in ("question", "conversation") else field
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def event(data: Json) -> str:
    """Write a Server-Sent Event."""
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
