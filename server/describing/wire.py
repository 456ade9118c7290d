"""The shapes of the OpenAI wire format."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from server.describing.answers import AnswerReply

__all__ = [
    "WireChoice",
    "WireCompletion",
    "WireError",
    "WireErrorDetail",
    "WireMessage",
    "WireModel",
    "WireModels",
    "WireUsage",
]


class WireMessage(BaseModel):
    """What is answered."""

    role: Literal["assistant"]
    content: str = Field(description="Markdown，与 tiaowen.answer 相同")
    refusal: str | None


class WireChoice(BaseModel):
    """The one reply."""

    index: int
    message: WireMessage
    logprobs: None
    finish_reason: Literal["stop"]


class WireUsage(BaseModel):
    """Counted in characters."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class WireCompletion(BaseModel):
    """A chat completion, with the whole answer in ``tiaowen``."""

    id: str
    object: Literal["chat.completion"]
    created: int = Field(description="Unix 时间，秒")
    model: str
    system_fingerprint: str
    choices: list[WireChoice]
    usage: WireUsage
    tiaowen: AnswerReply | None = Field(description="null：不是提问，是程序自己要的标题等")


class WireModel(BaseModel):
    """A model."""

    id: str
    object: Literal["model"]
    created: int = Field(description="Unix 时间，秒")
    owned_by: str


class WireModels(BaseModel):
    """The models: one."""

    object: Literal["list"]
    data: list[WireModel]


class WireErrorDetail(BaseModel):
    """What went wrong, in Chinese and English."""

    message: str
    type: str
    param: str | None
    code: str
    request_id: str | None = None


class WireError(BaseModel):
    """The body of every 4xx and 5xx answer under /v1."""

    error: WireErrorDetail
