"""The shapes of feedback, statistics and the log, for maintainers."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from server.chat_schemas import FeedbackRow, UsageBody, Verdict
from server.describing.answers import AnswerCitation
from server.keeping.inbox import State

__all__ = [
    "Action",
    "ActionList",
    "CitedDocument",
    "FeedbackCount",
    "FeedbackInbox",
    "FeedbackMark",
    "FeedbackMarked",
    "InboxRow",
    "KindUsage",
    "Latency",
    "StatisticsReply",
]

_TIME = "2026-11-29T08:30:00.000000Z"


class InboxRow(FeedbackRow):
    """Feedback with the answer, where it is still kept."""

    #: Always there, null without one.
    note: str | None
    shown: str | None = Field(description="当时的回答；已删除则为 null")
    citations: list[AnswerCitation]


class FeedbackCount(BaseModel):
    """So much feedback of one verdict and state."""

    verdict: Verdict
    state: State
    count: int


class FeedbackInbox(BaseModel):
    """Feedback, the latest first."""

    feedback: list[InboxRow]
    counts: list[FeedbackCount] = Field(description="全部评价的计数，不受筛选影响")


class FeedbackMark(BaseModel):
    """Where feedback stands now."""

    state: State


class FeedbackMarked(FeedbackMark):
    """Feedback that was marked."""

    answer: str


class KindUsage(BaseModel):
    """Questions of a kind."""

    kind: Literal["clause", "follow_up", "sum", "comparison", "unknown"] = Field(
        description="clause 查条款，follow_up 追问，sum 测算，comparison 比较，unknown 早先没有记下"
    )
    answers: int
    statuses: dict[str, int]


class Latency(BaseModel):
    """How long answers took, in milliseconds; null without answers."""

    mean_ms: float | None
    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None


class CitedDocument(BaseModel):
    """How many answers cite a document."""

    document: str
    answers: int


class StatisticsReply(UsageBody):
    """Statistics of the last days."""

    kinds: list[KindUsage]
    latency: Latency
    feedback: list[FeedbackCount]
    cited_documents: list[CitedDocument] = Field(description="被引用最多的文件")


class Action(BaseModel):
    """What a maintainer did."""

    id: str
    at: str = Field(description="UTC", examples=[_TIME])
    key: str = Field(description="密钥编号")
    key_name: str | None = Field(description="密钥名称")
    action: Literal[
        "upload", "discard", "add", "remove", "reindex", "restore", "feedback", "export"
    ]
    target: str
    outcome: Literal["begun", "done", "failed"] = Field(
        description="begun 之后没有结果的，是服务在完成之前停止了"
    )
    detail: str | None
    ended: str | None


class ActionList(BaseModel):
    """Actions, the latest first."""

    actions: list[Action]
