"""A language model behind the OpenAI wire format: one client for all servers that speak it.

The model is a stranger: its replies are bounded in time and size, and all that can go wrong with
them is one ChatError. What it says is only ever a proposal; ``generative`` checks it.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, Protocol

from pydantic import SecretStr

from corpus.errors import InputError, ModelError

if TYPE_CHECKING:
    # Imported where a model is asked: a server without one does not need it.
    import httpx

__all__ = ["ChatError", "ChatModel", "Failure", "Message", "OpenAIChat"]

#: A reply is a few hundred characters; as a stream of events each may come in an envelope.
_LARGEST_REPLY = 512 * 1024
_MOST_TOKENS = 600
_CONNECT = 10.0

Failure = Literal[
    "connection", "cut_off", "garbage", "http", "length", "refused", "timeout", "too_large"
]
Message = dict[str, str]


class ChatError(ModelError):
    """The model gave no usable reply; ``kind`` says how.

    The message holds nothing that it or the transport said: servers repeat keys in refusals.
    """

    code = "model_failed"

    def __init__(self, kind: Failure, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class ChatModel(Protocol):
    """Replies to messages piece by piece; raises ChatError where the reply does not end well."""

    @property
    def name(self) -> str: ...

    def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]: ...


@dataclass(frozen=True, slots=True)
class OpenAIChat:
    """A model of any OpenAI-compatible server; ``timeout`` bounds one whole reply, in seconds."""

    url: str
    name: str
    key: SecretStr | None = None
    timeout: float = 30.0

    def __post_init__(self) -> None:
        secret = self._secret
        if not (secret.isascii() and secret.isprintable()):
            raise InputError("密钥含非法字符 / TIAOWEN_LLM_KEY is no key", field="llm_key")
        _endpoint(self.url)

    @property
    def _secret(self) -> str:
        return self.key.get_secret_value() if self.key else ""

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """Yield the reply as it comes; closing the iterator ends the request."""
        import httpx

        async with AsyncExitStack() as stack:
            deadline = asyncio.get_running_loop().time() + self.timeout
            try:
                async with asyncio.timeout_at(deadline):
                    response = await self._send(messages, stack)
                reader = _Reader(response)
                # Never a yield within the deadline: it must not fall on who is listening.
                while not reader.ended:
                    async with asyncio.timeout_at(deadline):
                        piece = await reader.read()
                    if piece:
                        yield piece
                if reader.short:
                    raise ChatError("length", "模型回复太长 / the reply is cut at its longest")
            except TimeoutError:
                raise ChatError("timeout", "模型超时 / the model timed out") from None
            except (httpx.HTTPError, OSError, ImportError, UnicodeError) as error:
                said = f"模型连接失败 / no connection to the model ({type(error).__name__})"
                raise ChatError("connection", said) from None

    async def _send(self, messages: Sequence[Message], stack: AsyncExitStack) -> httpx.Response:
        import httpx

        limits = httpx.Timeout(None, connect=min(_CONNECT, self.timeout))
        client = await stack.enter_async_context(httpx.AsyncClient(timeout=limits, verify=_trust()))
        # The size is bounded as sent: a small compressed reply may unpack to any size.
        headers = {"Accept-Encoding": "identity", "Accept": "text/event-stream, application/json"}
        headers |= {"Authorization": f"Bearer {self._secret}"} if self._secret else {}
        body = {
            "model": self.name,
            "messages": list(messages),
            "temperature": 0,
            "seed": 0,
            "max_tokens": _MOST_TOKENS,
            "stream": True,
        }
        request = client.stream("POST", _endpoint(self.url), json=body, headers=headers)
        response = await stack.enter_async_context(request)
        if response.status_code != httpx.codes.OK:
            raise ChatError("http", f"模型返回 / the model answered: HTTP {response.status_code}")
        return response


class _Reader:
    """Takes a reply apart: Server-Sent Events, or one JSON object from servers without them."""

    def __init__(self, response: httpx.Response) -> None:
        self._chunks = response.aiter_raw()
        self._whole = "json" in response.headers.get("content-type", "")
        self._held = b""
        self._size = 0
        self._finished = False
        self.ended = False
        self.short = False

    async def read(self) -> str:
        """Return what the next bytes add to the reply, which may be nothing."""
        chunk = await anext(self._chunks, None)
        if chunk is None:
            return self._close()
        self._size += len(chunk)
        if self._size > _LARGEST_REPLY:
            raise ChatError("too_large", "模型回复过大 / the model's reply is too large")
        self._held += chunk
        if self._whole:
            return ""
        *lines, self._held = self._held.split(b"\n")
        return "".join(map(self._line, lines))

    def _close(self) -> str:
        self.ended = True
        if self._whole:
            return self._content(self._held, "message")
        said = self._line(self._held)
        if not self._finished:
            raise ChatError("cut_off", "模型回复中断 / the model's reply broke off")
        return said

    def _line(self, line: bytes) -> str:
        if not line.startswith(b"data:"):
            return ""
        data = line[5:].strip()
        if data == b"[DONE]":
            self._finished = self.ended = True
            return ""
        return self._content(data, "delta")

    def _content(self, data: bytes, name: str) -> str:
        try:
            choices = json.loads(data)["choices"]
            # Some servers send a last event with nothing but the count of tokens.
            choice: Any = choices[0] if choices or name == "message" else {}
            said = (choice.get(name) or {}).get("content") or ""
            finish = choice.get("finish_reason")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise ChatError("garbage", "看不懂模型的回复 / the reply is no completion") from None
        if not isinstance(said, str):
            raise ChatError("garbage", "看不懂模型的回复 / the reply is no completion")
        self._finished = self._finished or finish is not None
        if finish == "content_filter":
            raise ChatError("refused", "模型拒绝作答 / the model refused")
        self.short = self.short or finish == "length"
        # Half a surrogate pair has no UTF-8 form, and could not be sent on.
        return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _endpoint(url: str) -> httpx.URL:
    """Return where completions are asked for: ``https://host/v1`` → ``…/v1/chat/completions``."""
    import httpx

    try:
        base = httpx.URL(url)
        usable = base.scheme in ("http", "https") and base.host and (base.port or 1) < 65536
    except httpx.InvalidURL:
        usable = False
    if not usable:
        # The address itself may hold a password.
        raise InputError("不是网址 / TIAOWEN_LLM_URL is no http(s) address", field="llm_url")
    return base.copy_with(path=base.path.rstrip("/") + "/chat/completions")


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """The certificates to trust; reading them takes longer than a small request."""
    import httpx

    return httpx.create_ssl_context()
