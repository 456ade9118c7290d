"""Request bodies of the API. Responses are built in present.py, after the public interface."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    WithJsonSchema,
)

from server.describing.fields import SAID, AsOf, Question, Whole, question_schema

__all__ = [
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


ToForget = Annotated[
    StrictStr | Whole,
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": SAID}, {"type": "integer", "minimum": 1}]}
    ),
]


class Limits(BaseModel):
    """The limits that an asker sets."""

    as_of: AsOf = None
    area: str | None = Field(None, description="地区，如 重庆高新区")
    documents: list[str] = Field(default_factory=list, description="限定的文件，id 或文号")
    higher: StrictBool = Field(default=False, description="含该地区的上级（市、国家）")
    in_force: StrictBool = Field(
        default=False, description="不含在判断日已废止、过期、尚未施行的文件"
    )


class AskBody(Limits):
    """A question with its limits, in its conversation."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"question": "三类医疗器械注册证在高新区奖励多少？", "as_of": "2026-11-24"}
        }
    )

    question: Question
    conversation: list[str] = Field(
        default_factory=list, max_length=MOST_BEFORE, description="此前的提问，由早到晚"
    )
    forget: list[ToForget] = Field(
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

    include_usage: StrictBool | None = None


#: Of what users say the text is read, of what others say nothing.
_SAID_BY_USER = {
    "type": "object",
    "properties": {
        "role": {"const": "user"},
        "content": {
            "anyOf": [
                {"type": "string"} | question_schema(),
                {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "properties": {
                            "type": {"const": "text"},
                            "text": {"type": "string"} | question_schema(),
                        },
                        "required": ["type", "text"],
                    },
                },
            ],
            "description": "文字，或由 text 部分组成的列表",
        },
    },
    "required": ["role", "content"],
}
_SAID_BY_OTHERS = {
    "type": "object",
    "properties": {"role": {"enum": ["system", "developer", "assistant", "tool", "function"]}},
    "required": ["role"],
}
Messages = Annotated[
    list[ChatMessage],
    WithJsonSchema(
        {
            "type": "array",
            "items": {"anyOf": [_SAID_BY_USER, _SAID_BY_OTHERS]},
            "contains": _SAID_BY_USER,
            "maxContains": MOST_BEFORE + 1,
            "description": "最后一条用户消息是问题，此前的是对话",
        }
    ),
]
One = Annotated[
    int | None,
    WithJsonSchema({"anyOf": [{"const": 1}, {"type": "null"}], "description": "只能是 1"}),
]


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
    messages: Messages
    stream: StrictBool | None = None
    stream_options: StreamOptions | None = None
    n: One = None


class ErrorDetail(BaseModel):
    """What went wrong, in Chinese and English."""

    code: str
    message: str
    field: str | None = None
    request_id: str | None = Field(
        default=None, description="请求编号，与响应头 X-Request-ID 相同，日志里也有"
    )


class ErrorBody(BaseModel):
    """The body of every 4xx and 5xx answer."""

    error: ErrorDetail
