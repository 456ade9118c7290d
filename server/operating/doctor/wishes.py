"""Settings: what contradicts itself, is unsafe, or is misspelt; and the language model."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

import httpx

from corpus.errors import PolicyError
from indexer.default_model import DEFAULT_MODEL_NAME
from server.chat import OpenAIChat
from server.keeping.opening import limiter_of, read_proxies
from server.keeping.origins import is_loopback, read_origins
from server.operating.doctor.line import Line, bad, fine, host_of, note
from server.settings import Settings

__all__ = ["check_llm", "check_settings"]

_PREFIX = "TIAOWEN_"
_PATIENCE = 5.0


def check_settings(settings: Settings, environment: Mapping[str, str]) -> Iterator[Line]:
    """All settings beside each other."""
    lines = [*_misspelt(environment), *_pairs(settings), *_access(settings), *_privacy(settings)]
    yield from lines or [fine("settings", "没有矛盾 / nothing contradicts")]


def _misspelt(environment: Mapping[str, str]) -> Iterator[Line]:
    known = {_PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(environment):
        if name.upper().startswith(_PREFIX) and name.upper() not in known:
            close = difflib.get_close_matches(name.upper(), known, 1)
            advice = (
                f"是否指 / did you mean {close[0]}?" if close else "见 README 的表 / see README"
            )
            yield note("settings", f"没有这个设置 / no such setting: {name[:60]}", advice)


def _pairs(settings: Settings) -> Iterator[Line]:
    for who, url, model, key in (
        ("LLM", settings.llm_url, settings.llm_model, settings.llm_key),
        ("JUDGE", settings.judge_url, settings.judge_model, settings.judge_key),
    ):
        names = f"TIAOWEN_{who}_URL, TIAOWEN_{who}_MODEL"
        if bool(url) != bool(model):
            yield bad("settings", f"只设了一个 / only one is set: {names}", "两个都要 / set both")
        elif key and not url:
            advice = f"请设 / set {names}"
            yield note("settings", f"TIAOWEN_{who}_KEY 没有用处 / is of no use", advice)
        if url and url.startswith("http://") and not _is_near(url):
            message = f"TIAOWEN_{who}_URL 未加密 / is not encrypted: {host_of(url)}"
            yield note("settings", message, "请用 https / use https")
    if settings.milvus_token and not settings.milvus:
        advice = "请设 TIAOWEN_MILVUS / set it"
        yield note("settings", "TIAOWEN_MILVUS_TOKEN 没有用处 / is of no use", advice)
    if settings.embedder != DEFAULT_MODEL_NAME and not settings.adapter:
        advice = "只对默认模型有效 / for the default model only"
        yield note("settings", "TIAOWEN_ADAPTER 没有用处 / is of no use", advice)


def _is_near(url: str) -> bool:
    host = httpx.URL(url).host
    return host == "localhost" or is_loopback(host)


def _access(settings: Settings) -> Iterator[Line]:
    try:
        proxies = read_proxies(settings.proxy)
        origins = [
            *read_origins(settings.origins, "TIAOWEN_ORIGINS"),
            *read_origins(settings.widget_origins, "TIAOWEN_WIDGET_ORIGINS"),
        ]
        limiter_of(settings)
    except PolicyError as error:
        yield bad("settings", error.message, "请改正 / mend it")
        return
    if any(name.endswith("/0") for name in proxies):
        message = "TIAOWEN_PROXY 相信所有人 / believes everybody who says where a request is from"
        yield bad("settings", message, "只写代理的地址 / name the proxy's address only")
    for origin in origins:
        if origin.startswith("http://") and not _is_near(origin):
            message = f"TIAOWEN_ORIGINS, TIAOWEN_WIDGET_ORIGINS 未加密 / is not encrypted: {origin}"
            yield note("settings", message, "请用 https / use https")
    if settings.open and not settings.limit_address.strip():
        message = "对所有人开放且不限次数 / open to everybody, without a limit"
        yield note("settings", message, "请设 TIAOWEN_LIMIT_ADDRESS / set it")


def _privacy(settings: Settings) -> Iterator[Line]:
    if settings.store_questions and not settings.retention_days:
        message = "问题永久保存 / questions are kept for good (TIAOWEN_RETENTION_DAYS=0)"
        yield note("settings", message, "是否符合贵单位规定？ / do your rules allow it?")


def check_llm(settings: Settings) -> Iterator[Line]:
    """Whether the language model's server answers, and knows the model."""
    url, name = settings.llm_url, settings.llm_model
    if not (url and name):
        yield fine("llm", "未设，用条文原话作答 / not set: the clauses' own words")
        return
    try:
        OpenAIChat(url, name, settings.llm_key)
        reply = _models(url, settings)
        listed = {str(each.get("id")) for each in reply.json().get("data", [])} if reply.is_success else set()  # fmt: skip
    except PolicyError as error:
        yield bad("llm", error.message, "请改正 / mend it")
    except httpx.HTTPError as error:
        message = f"{host_of(url)} 连不上 / cannot be reached: {type(error).__name__}"
        yield bad("llm", message, "启动模型服务；在此之前用条文原话作答 / start it")
    except (ValueError, AttributeError, TypeError):
        yield note("llm", f"{host_of(url)} 有应答，未列出模型 / lists no models", "请试问 / try it")
    else:
        yield _judged(url, name, reply.status_code, listed)


def _models(url: str, settings: Settings) -> httpx.Response:
    secret = settings.llm_key.get_secret_value() if settings.llm_key else ""
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    base = httpx.URL(url)
    address = base.copy_with(path=base.path.rstrip("/") + "/models")
    return httpx.get(address, headers=headers, timeout=_PATIENCE)


def _judged(url: str, name: str, status: int, listed: set[str]) -> Line:
    if status in (401, 403):
        return bad("llm", f"{host_of(url)} 拒绝密钥 / refuses the key", "TIAOWEN_LLM_KEY")
    if status != 200:
        return note("llm", f"{host_of(url)}: HTTP {status}", "请试问 / try a question")
    if listed and name not in listed:
        return note("llm", f"{host_of(url)} 没有这个模型 / has no such model: {name[:80]}", "TIAOWEN_LLM_MODEL")  # fmt: skip
    return fine("llm", f"{host_of(url)}: {name[:80]}")
