"""Bodies of the calls that keep things: chats, shares, feedback."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from server.describing.answers import AnswerReply
from server.describing.fields import Day
from server.keeping.inbox import State

__all__ = [
    "ChatDetail",
    "ChatHead",
    "ChatList",
    "ChatRow",
    "ChatTitle",
    "ChatTurn",
    "DayUsage",
    "DoorUsage",
    "FeedbackBody",
    "FeedbackGiven",
    "FeedbackList",
    "FeedbackRow",
    "RefusedQuestion",
    "ShareLink",
    "Turn",
    "UsageBody",
    "Verdict",
]

Verdict = Literal["right", "wrong_figure", "wrong_article", "outdated", "not_answered"]
_TIME = "2026-11-29T06:04:34.120000Z"


class ChatTitle(BaseModel):
    """The title of a chat."""

    title: str = Field(
        "",
        description="标题，不超过 100 字；空则取第一个问题",
        examples=["三类证"],
        json_schema_extra={"maxLength": 100},
    )


class ChatHead(BaseModel):
    """A chat without its turns."""

    id: str = Field(description="对话的 id", examples=["VxWbCQ2zqcBvHHR5bYhzjw"])
    title: str = Field(examples=["三类医疗器械注册证在高新区奖励多少？"])
    created: str = Field(description="时间，UTC，ISO 8601", examples=[_TIME])
    updated: str = Field(description="最近一次提问的时间，UTC", examples=[_TIME])


class ChatRow(ChatHead):
    """A chat in the history."""

    turns: int = Field(description="提问数", examples=[2])
    shared: bool = Field(description="是否有分享链接")


class ChatList(BaseModel):
    """The history, newest first."""

    chats: list[ChatRow]
    kept: bool = Field(description="false：这里不保存对话")


class Turn(BaseModel):
    """A question with its answer as it was shown."""

    n: int | None = Field(description="第几轮，从 1 起；不属于对话的为 null", examples=[1])
    id: str = Field(description="回答的 id", examples=["0hQy4gN6kYh1mD2cXr8lKw"])
    asked: str = Field(description="提问时间，UTC", examples=[_TIME])
    question: str
    as_of: str | None = Field(description="提问时给的判断日；null 为当天", examples=["2026-11-29"])
    area: str | None = Field(description="提问时给的地区", examples=["重庆高新区"])
    documents: list[str] = Field(description="提问时限定的文件")
    answer: AnswerReply = Field(description="当时显示的回答，与 /api/ask 的返回相同")


class ChatTurn(Turn):
    """A question of a chat, with what was said of its answer."""

    feedback: Verdict | None = Field(description="提问者对这个回答的评价；没有评价为 null")


class ChatDetail(ChatHead):
    """A chat with its turns."""

    shared: bool
    turns: list[ChatTurn]


class ShareLink(BaseModel):
    """Where a chat can be read by whoever has the link."""

    url: str = Field(examples=["/shared/Qm5tPz1hXw3u8rB0yGdVbN2eKfJc7aLs"])


class FeedbackBody(BaseModel):
    """What a user says of an answer."""

    answer: str = Field(max_length=64, description="回答的 id")
    verdict: Verdict = Field(
        description="right 正确，wrong_figure 数字错，wrong_article 条款错，"
        "outdated 已过时，not_answered 没答到"
    )
    note: str | None = Field(None, max_length=2000, description="说明，不超过 2000 字")


class FeedbackGiven(FeedbackBody):
    """Feedback as it is kept; a second one on the same answer replaces it."""

    at: str = Field(description="时间，UTC", examples=[_TIME])


class FeedbackRow(FeedbackGiven):
    """Feedback with the question and what was answered."""

    question: str
    before: list[str] = Field(description="此前的提问")
    as_of: Day | None
    area: str | None
    documents: list[str]
    status: str = Field(description="回答的 status")
    addresses: list[str] = Field(description="回答引用的条款")
    state: State = Field(description="new 未处理，taken 已采纳，dismissed 不采纳")


class FeedbackList(BaseModel):
    """What users said, oldest first."""

    feedback: list[FeedbackRow]


class DayUsage(BaseModel):
    """A day."""

    day: Day
    answers: int
    statuses: dict[str, int]


class DoorUsage(BaseModel):
    """A way in."""

    door: str = Field(examples=["ask"])
    answers: int
    mean_ms: float = Field(description="平均用时，毫秒")


class RefusedQuestion(BaseModel):
    """A question that was refused."""

    question: str
    times: int


class UsageBody(BaseModel):
    """The audit log in sum."""

    since: str = Field(description="从何时起，UTC", examples=[_TIME])
    answers: int = Field(description="回答数")
    statuses: dict[str, int] = Field(description="各状态的回答数", examples=[{"answered": 40}])
    refused: int = Field(description="拒答数")
    days: list[DayUsage] = Field(description="每天（UTC）的回答数和状态")
    doors: list[DoorUsage] = Field(description="各入口的回答数和平均用时（毫秒）")
    refused_questions: list[RefusedQuestion] = Field(description="最常被拒答的问题")
