"""The language of the interface. Answers and documents are Chinese whatever it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LANGUAGES", "SPOKEN", "THEME", "Speaking", "in_language", "translator", "words_of"]

#: The languages, and how ``<html lang>`` writes them.
LANGUAGES = {"zh": "zh-CN", "en": "en"}
#: The language of the request under way.
SPOKEN: ContextVar[str] = ContextVar("spoken", default="zh")
#: The appearance that the reader chose: light, dark, or none for that of the device.
THEME: ContextVar[str] = ContextVar("theme", default="")
_COOKIE, _THEME = "tiaowen_lang", "tiaowen_theme"
_YEAR = 365 * 24 * 3600
_WORDS = Path(__file__).with_name("words.toml")
_CHINESE = re.compile("[\u4e00-\u9fff]")


@lru_cache(maxsize=len(LANGUAGES))
def words_of(language: str) -> dict[str, str]:
    """The table of a language, by the Chinese words; empty for Chinese itself."""
    tables: dict[str, dict[str, str]] = tomllib.loads(_WORDS.read_text("utf-8"))
    return tables.get(language, {})


def translator(language: str) -> Callable[..., str]:
    """Return what says words in a language; each ``{}`` stands for one of the values."""
    words = words_of(language)

    def say(text: str, *values: object) -> str:
        said = words.get(text, text)
        for value in values:
            said = said.replace("{}", str(value), 1)
        return said

    return say


def in_language(message: str, language: str) -> str:
    """The part of a message in both languages that a reader wants; all of it in Chinese.

    >>> in_language("没有这个页面 / not found", "en")
    'not found'
    """
    chinese, parted, english = message.partition(" / ")
    is_both = parted and _CHINESE.search(chinese) and english[:1].isascii()
    return english if language == "en" and is_both else message


class Speaking:
    """Takes the language from ``?lang=``, which a cookie keeps, or from that cookie; and the theme."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        chosen = request.query_params.get("lang", "")
        language = chosen if chosen in LANGUAGES else request.cookies.get(_COOKIE, "")
        SPOKEN.set(language if language in LANGUAGES else "zh")
        theme = request.cookies.get(_THEME, "")
        THEME.set(theme if theme in ("light", "dark") else "")

        async def sent(message: Message) -> None:
            # Nothing is kept in the browser of who reads another site's page.
            keeps = chosen in LANGUAGES and not scope["path"].startswith("/widget")
            if message["type"] == "http.response.start" and keeps:
                value = f"{_COOKIE}={chosen}; Max-Age={_YEAR}; Path=/; SameSite=Lax; HttpOnly"
                headers = [*message["headers"], (b"set-cookie", value.encode())]
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, sent)
