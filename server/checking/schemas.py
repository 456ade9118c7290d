"""The request and the result of a check, as the API describes them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from server.checking.checked import LONGEST
from server.describing.answers import DocumentValidity
from server.describing.fields import AsOf, Day, asked_schema

__all__ = [
    "CheckBody",
    "CheckResult",
    "CheckSummary",
    "CheckedFigure",
    "CheckedQuote",
    "CheckedReference",
    "MeantClause",
    "QuoteDifference",
]

_EXAMPLE = "根据渝高新发〔2024〕31号第五条，三类医疗器械注册证单个品种奖励300万元。"
VerdictName = Literal[
    "ok", "wrong_figure", "wrong_article", "misquoted", "no_such_clause", "not_in_force",
    "not_in_corpus", "unsure",
]  # fmt: skip


class CheckBody(BaseModel):
    """A text whose references are to be checked."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"text": _EXAMPLE, "as_of": "2026-11-29"}}
    )

    text: str = Field(
        description=f"要核对的文字，不超过 {LONGEST} 字；可以是本服务的回答",
        json_schema_extra=asked_schema(LONGEST),
    )
    as_of: AsOf = None


class CheckedFigure(BaseModel):
    """A figure near a reference. Places are characters of the text, from 0, the end left out."""

    start: int
    end: int
    text: str
    verdict: Literal["ok", "wrong", "not_found", "computed"] = Field(
        description="ok 与条文一致（含换算单位）；wrong 不符；not_found 条文里没有；computed 文中算得"
    )
    stated: list[str] = Field(description="条文里同一单位的数字，原样")
    remark: str | None = Field(description="漏掉上限等")


class QuoteDifference(BaseModel):
    """Characters of the passage, and those that the source has in their place."""

    written: str
    source: str


class CheckedQuote(BaseModel):
    """A passage in quotation marks."""

    start: int
    end: int
    text: str
    verdict: Literal["ok", "elsewhere", "differs", "not_found"]
    nearest: str | None = Field(description="条文里最接近的原文")
    differences: list[QuoteDifference]
    address: str | None = Field(description="原文所在的另一条")


class MeantClause(BaseModel):
    """The clause that the words fit better."""

    address: str
    label: str
    clause: str


class CheckedReference(BaseModel):
    """One reference with its verdict."""

    n: int
    start: int
    end: int
    text: str
    kind: Literal["clause", "document", "marker"]
    verdict: VerdictName
    verdict_text: str
    explanation: str
    document: str | None
    title: str | None
    doc_number: str | None
    authority: Literal["normative", "informational"] | None
    address: str | None
    label: str | None
    clause: str | None = Field(description="条款全文，逐字")
    validity: DocumentValidity | None
    url: str | None
    figures: list[CheckedFigure]
    quotes: list[CheckedQuote]
    remarks: list[str]
    meant: MeantClause | None


class CheckSummary(BaseModel):
    """How many references there are, by verdict."""

    references: int
    wrong: int = Field(description="有误的处数；unsure 与 not_in_corpus 不算")
    counts: dict[str, int]
    left_out: int = Field(description="因过多而没有核对的处数")
    text: str


class CheckResult(BaseModel):
    """Every reference of a text, in its order."""

    as_of: Day
    items: list[CheckedReference]
    summary: CheckSummary
