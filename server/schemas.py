"""Request bodies of the API. Responses are built in present.py, after the public interface."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["AskBody", "ErrorBody", "ErrorDetail"]


class AskBody(BaseModel):
    """A question with the limits its asker sets."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"question": "三类医疗器械注册证在高新区奖励多少？", "as_of": "2026-11-24"}
        }
    )

    question: str = Field(description="问题，不超过 2000 字")
    as_of: str | None = Field(None, description="判断日，ISO 8601；默认今天")
    area: str | None = Field(None, description="地区，如 重庆高新区")
    documents: list[str] = Field(default_factory=list, description="限定的文件，id 或文号")
    higher: bool = Field(default=False, description="含该地区的上级（市、国家）")
    in_force: bool = Field(default=False, description="不含在判断日已废止、过期、尚未施行的文件")
    conversation: list[str] = Field(
        default_factory=list, max_length=50, description="此前的提问，由早到晚"
    )


class ErrorDetail(BaseModel):
    """What went wrong, in Chinese and English."""

    code: str
    message: str
    field: str | None = None


class ErrorBody(BaseModel):
    """The body of every 4xx and 5xx answer."""

    error: ErrorDetail
