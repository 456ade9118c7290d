"""Request bodies of the API. Responses are built in present.py, after the public interface."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

__all__ = [
    "GATE_ERRORS",
    "MOST_BEFORE",
    "AskBody",
    "ChatBody",
    "ChatMessage",
    "ErrorBody",
    "ErrorDetail",
    "Limits",
    "StreamOptions",
]

#: How many questions of a conversation may come before one.
MOST_BEFORE = 50


class Limits(BaseModel):
    """The limits that an asker sets."""

    as_of: str | None = Field(None, description="判断日，ISO 8601；默认今天")
    area: str | None = Field(None, description="地区，如 重庆高新区")
    documents: list[str] = Field(default_factory=list, description="限定的文件，id 或文号")
    higher: bool = Field(default=False, description="含该地区的上级（市、国家）")
    in_force: bool = Field(default=False, description="不含在判断日已废止、过期、尚未施行的文件")


class AskBody(Limits):
    """A question with its limits, in its conversation."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"question": "三类医疗器械注册证在高新区奖励多少？", "as_of": "2026-11-24"}
        }
    )

    question: str = Field(description="问题，不超过 2000 字")
    conversation: list[str] = Field(
        default_factory=list, max_length=MOST_BEFORE, description="此前的提问，由早到晚"
    )
    forget: list[StrictStr | StrictInt] = Field(
        default_factory=list,
        max_length=MOST_BEFORE,
        description="不再算数的话：facts 中的 text，或此前提问的序号（从 1 起）",
    )
    chat: str | None = Field(default=None, max_length=64, description="对话的 id：回答存为其中一轮")


class ChatMessage(BaseModel):
    """One message of a chat; only what users say is read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Any = Field(None, description="文字，或由 text 部分组成的列表")


class StreamOptions(BaseModel):
    """What a stream holds besides the answer."""

    include_usage: bool | None = None


class ChatBody(Limits):
    """A chat in the OpenAI wire format; fields that are not listed here change nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "model": "tiaowen",
                "messages": [{"role": "user", "content": "三类医疗器械注册证在高新区奖励多少？"}],
            }
        }
    )

    model: str = Field(description="模型名：tiaowen")
    messages: list[ChatMessage] = Field(description="最后一条用户消息是问题，此前的是对话")
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: int | None = Field(None, description="只能是 1")


class ErrorDetail(BaseModel):
    """What went wrong, in Chinese and English."""

    code: str
    message: str
    field: str | None = None


class ErrorBody(BaseModel):
    """The body of every 4xx and 5xx answer."""

    error: ErrorDetail


#: What any call may get before it is looked at.
GATE_ERRORS: dict[int | str, dict[str, Any]] = {
    401: {
        "model": ErrorBody,
        "description": "需要密钥，或密钥无效 / a key is needed, or is no good",
    },
    403: {"model": ErrorBody, "description": "密钥没有此权限，或来自别的网站 / not allowed"},
    429: {"model": ErrorBody, "description": "请求太多，见 Retry-After（秒）/ too many requests"},
}
